/** The sizes of one call of `attentionF32`: integers of at least 0. `heads` is a multiple of `kvHeads`. */
export interface AttentionSizes {
  readonly batch: number;
  /** Query rows of each batch element. */
  readonly queries: number;
  /** How many keys, and values, are attended to: the first ones of `capacity`. */
  readonly keys: number;
  /** Rows of `key` and `value` from one batch element to the next. */
  readonly capacity: number;
  readonly heads: number;
  /** Query head i reads key and value head floor(i / (heads / kvHeads)). */
  readonly kvHeads: number;
  /** The width of a query's and a key's head. */
  readonly width: number;
  /** The width of a value's head. */
  readonly valueWidth: number;
}

/** An operand of the shape of the scores: [queries, keys] row-major, shared or not by batch elements and heads. */
export interface Overlay<Data> {
  readonly data: Data;
  /** From one batch element to the next; 0 where all share one. */
  readonly batchStride: number;
  /** From one head to the next; 0 where all share one. */
  readonly headStride: number;
}

/** The arrays that `attentionBackF32` writes. */
export interface AttentionCotangents {
  /** [batch, queries, heads, width]. */
  readonly query: Float32Array;
  /** [batch, capacity, kvHeads, width]. */
  readonly key: Float32Array;
  /** [batch, capacity, kvHeads, valueWidth]. */
  readonly value: Float32Array;
  /** Those of the scores after the scale and the bias, where they are wanted: [batch, heads, queries, keys]. */
  readonly scores?: Float32Array | undefined;
}

/**
 * The history of an array that changes by whole rows, the same of every batch element, or never. It tells a backend
 * that keeps a copy what is new. Giving it for keys or values promises that they are not written to otherwise.
 */
export interface RowWrites {
  /** How often a row was written. */
  readonly count: number;
  /** The row that was written last. */
  readonly last: number;
}

/** How `attentionF32` turns scores into weights. */
export interface AttentionOptions {
  /** What scores are multiplied by, float32. */
  readonly scale: number;
  /** Added to the scaled scores. */
  readonly bias?: Overlay<Float32Array> | undefined;
  /** Where it is 0, a score is replaced by `masked`, float32. */
  readonly mask?: Overlay<Uint8Array> | undefined;
  readonly masked: number;
  /** What the weights are multiplied by before the values: dropout's 0 and 1 / keep. */
  readonly multiplier?: Overlay<Float32Array> | undefined;
  /** Receives the weights before the multiplier: [batch, heads, queries, keys]. */
  readonly weights?: Float32Array | undefined;
  /** Given if the keys are written a row at a time. */
  readonly keyWrites?: RowWrites | undefined;
  /** Given if the values are written a row at a time. */
  readonly valueWrites?: RowWrites | undefined;
}
