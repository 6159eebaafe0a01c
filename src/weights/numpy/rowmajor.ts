/**
 * The elements of an array of `shape` whose first axis varies fastest, in the order in which the last one does. They
 * are moved as bytes, so that no engine quietens a NaN.
 *
 * @param size - the bytes of an element
 */
export function toRowMajor(bytes: Uint8Array, shape: readonly number[], size: number): Uint8Array {
  const to = new Uint8Array(bytes.length);
  const strides: number[] = [];
  let stride = size;
  for (const length of shape) {
    strides.push(stride);
    stride *= length;
  }
  const index = shape.map(() => 0);
  let from = 0;
  for (let at = 0; at < to.length; at += size) {
    for (let byte = 0; byte < size; byte++) to[at + byte] = bytes[from + byte]!;
    // The next index, the last axis first.
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return to;
}
