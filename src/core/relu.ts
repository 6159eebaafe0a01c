/** The smallest normal float32. */
const NORMAL = 2 ** -126;

export function reluF32(x: Float32Array, out: Float32Array): void {
  for (let i = 0; i < x.length; i++) {
    const value = x[i]!;
    out[i] = value >= NORMAL ? value : value === value ? 0 : value;
  }
}
