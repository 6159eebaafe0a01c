/** An index of one axis. */

/** An option of one place along an axis. */
export interface KeptOptions {
  /** Whether the result keeps the axis, with size 1. Default true. */
  readonly keepdims?: boolean;
}

/** An index of `axis` alone. */
export function along<I>(axis: number, index: I): (":" | I)[] {
  return [...Array.from({ length: axis }, () => ":" as const), index];
}
