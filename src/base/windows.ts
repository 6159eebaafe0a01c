/** Where windows lie in an image, in elements: `lines` lines of `places` places each. */
export interface Windows {
  /** Where each line begins, ascending. */
  readonly lines: readonly number[] | Int32Array;
  readonly places: number;
  /** From one place of a line to the next. */
  readonly step: number;
  /** Where each run of contiguous elements that a window sees begins, from its place on, ascending; at least one. */
  readonly runs: readonly number[] | Int32Array;
  /** Elements of a run. */
  readonly run: number;
}
