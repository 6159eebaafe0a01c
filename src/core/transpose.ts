export function transposeF32(
  x: Float32Array,
  out: Float32Array,
  shape: readonly number[],
  axes: readonly number[],
): void {
  // As integers, which keep the bits of a NaN.
  const from = new Int32Array(x.buffer, x.byteOffset, x.length);
  const to = new Int32Array(out.buffer, out.byteOffset, out.length);
  const sizes = axes.map((axis) => shape[axis]!);
  const strides = axes.map((axis) => shape.slice(axis + 1).reduce((product, n) => product * n, 1));
  const index = sizes.map(() => 0);
  const last = axes.length - 1;
  const [n, stride] = [sizes[last] ?? 1, strides[last] ?? 0];
  for (let at = 0, start = 0; at < to.length; at += n) {
    for (let i = 0; i < n; i++) to[at + i] = from[start + i * stride]!;
    for (let axis = last - 1; axis >= 0; axis--) {
      start += strides[axis]!;
      if (++index[axis]! < sizes[axis]!) break;
      index[axis] = 0;
      start -= strides[axis]! * sizes[axis]!;
    }
  }
}
