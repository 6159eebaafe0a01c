/** The place of an axis of `n` that place `i`, outside it or inside, comes to going round and round. */
export function wrapPlace(i: number, n: number): number {
  return ((i % n) + n) % n;
}

/** The same in the axis and its mirror image by turns; the elements at the edges once (`edge` 0) or twice (`edge` 1). */
export function mirrorPlace(i: number, n: number, edge: 0 | 1): number {
  if (n === 1) return 0;
  const period = 2 * (n - 1 + edge);
  const at = wrapPlace(i, period);
  return at < n ? at : period - at - edge;
}
