/** The index `i` modulo `n`, from 0 to n - 1: an axis counted cyclically. */
export function wrapIndex(i: number, n: number): number {
  return ((i % n) + n) % n;
}

/**
 * Index `i` of an axis of size `n` that is extended by its mirror image; its edges appear once (`edge` 0) or twice
 * (`edge` 1).
 */
export function mirrorIndex(i: number, n: number, edge: 0 | 1): number {
  if (n === 1) return 0;
  const period = 2 * (n - 1 + edge);
  const at = wrapIndex(i, period);
  return at < n ? at : period - at - edge;
}
