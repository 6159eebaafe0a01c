export function reluBackF32(ct: Float32Array, x: Float32Array, out: Float32Array): void {
  for (let i = 0; i < out.length; i++) out[i] = x[i]! >= 2 ** -126 ? ct[i]! : 0;
}
