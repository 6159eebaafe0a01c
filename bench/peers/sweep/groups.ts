/** The groups of the sweep, in the order of the table. Each runs in a process of its own. */
export const GROUPS = [
  "depthwise",
  "convolution",
  "convtranspose",
  "pooling",
  "reductions",
  "softmax",
  "elementwise",
  "products",
  "movement",
  "norms",
  "recurrent",
  "attention",
] as const;

/** A row as it was measured. Times are medians, in nanoseconds. */
export interface Result {
  readonly name: string;
  readonly tolerance: number;
  readonly reason?: string;
  readonly flaxen: number;
  readonly peer: { readonly name: string; readonly time: number };
  /**
   * The peer's time divided by flaxen's in the same round, so that a slow spell slows both: the median of the rounds,
   * and the quartiles.
   */
  readonly ratio: number;
  readonly spread: readonly [low: number, high: number];
  /** The least time of all peers divided by flaxen's least, which other work on the machine disturbs less. */
  readonly byLeast: number;
}

/** A row whose peers could not be raced. */
export interface Failure {
  readonly name: string;
  readonly error: string;
}
