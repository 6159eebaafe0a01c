const { floor } = Math;

export function transposeF32(
  x: Float32Array,
  out: Float32Array,
  shape: readonly number[],
  axes: readonly number[],
): void {
  // As integers, which keep the bits of a NaN.
  const from = new Int32Array(x.buffer, x.byteOffset, x.length);
  const to = new Int32Array(out.buffer, out.byteOffset, out.length);
  const index: number[] = [];
  for (let at = 0; at < to.length; at++) {
    let rest = at;
    for (const axis of axes.toReversed()) {
      index[axis] = rest % shape[axis]!;
      rest = floor(rest / shape[axis]!);
    }
    to[at] = from[shape.reduce((place, n, axis) => place * n + index[axis]!, 0)]!;
  }
}
