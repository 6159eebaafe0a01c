import type { ArrayData } from "./arraydata.ts";

/**
 * What an operation takes: raw arrays, JavaScript numbers, which are weak, or undefined for an input that is left out.
 */
export type Input = ArrayData | number | undefined;

/**
 * An operation: its name and what it computes on raw data. Everything else that is known of it, such as its gradient,
 * is in a table keyed by this record.
 */
export interface Operation<P = undefined, I extends readonly Input[] = readonly Input[]> {
  readonly name: string;
  /** The result for `inputs`. It is fresh or shared with an input, and never changed afterwards. */
  readonly forward: (parameters: P, ...inputs: I) => ArrayData;
}
