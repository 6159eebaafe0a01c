/** No array has more chunks. */
export const MAX_CHUNKS = 2 ** 20;

/** Calls `visit` with all indices below `counts`, the last axis fastest. */
export function eachIndex(counts: readonly number[], visit: (index: readonly number[]) => void): void {
  for (const index of indices(counts)) visit(index);
}

/** All indices below `counts`, the last axis fastest; one list, which changes. */
export function* indices(counts: readonly number[]): Generator<readonly number[]> {
  if (counts.includes(0)) return;
  const index = counts.map(() => 0);
  for (;;) {
    yield index;
    let axis = counts.length - 1;
    while (axis >= 0 && ++index[axis]! === counts[axis]) index[axis--] = 0;
    if (axis < 0) return;
  }
}
