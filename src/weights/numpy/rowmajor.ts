/**
 * The elements of an array of `shape` whose first axis varies fastest, in the order in which the last one does. They
 * are moved as words, so that no engine quietens a NaN.
 *
 * @param size - the bytes of an element: 1, 2, 4 or 8
 */
export function toRowMajor(bytes: Uint8Array, shape: readonly number[], size: number): Uint8Array {
  const Words = size === 1 ? Uint8Array : size === 2 ? Uint16Array : Uint32Array;
  const perElement = size / Words.BYTES_PER_ELEMENT;
  const aligned = bytes.byteOffset % Words.BYTES_PER_ELEMENT === 0 ? bytes : new Uint8Array(bytes);
  const from = new Words(aligned.buffer as ArrayBuffer, aligned.byteOffset, bytes.length / Words.BYTES_PER_ELEMENT);
  const to = new Words(from.length);
  let stride = perElement;
  const strides = shape.map((length) => {
    const own = stride;
    stride *= length;
    return own;
  });
  const last = shape.length - 1;
  const index = shape.map(() => 0);
  let start = 0;
  for (let at = 0; at < to.length;) {
    for (let i = 0; i < shape[last]!; i++)
      for (let word = 0; word < perElement; word++) to[at++] = from[start + i * strides[last]! + word]!;
    // The next index of the axes before the last.
    for (let axis = last - 1; axis >= 0; axis--) {
      start += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      start -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return new Uint8Array(to.buffer);
}
