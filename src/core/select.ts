const { floor } = Math;

export function selectF32(
  condition: Uint8Array,
  x: Float32Array,
  y: Float32Array,
  out: Float32Array,
  xRepeat = 1,
  yRepeat = 1,
): void {
  for (let i = 0; i < out.length; i++)
    out[i] = condition[i] === 0 ? y[floor(i / yRepeat) % y.length]! : x[floor(i / xRepeat) % x.length]!;
}
