/** The elements of an array [...shape] with its axes in another order. */
export function transposed(values: Float32Array, shape: readonly number[], axes: readonly number[]): Float32Array {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  const out = new Float32Array(values.length);
  let at = 0;
  const copy = (depth: number, from: number): void => {
    const axis = axes[depth];
    if (axis === undefined) {
      out[at++] = values[from]!;
      return;
    }
    for (let i = 0; i < shape[axis]!; i++) copy(depth + 1, from + i * strides[axis]!);
  };
  copy(0, 0);
  return out;
}
