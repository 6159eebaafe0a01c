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

/**
 * Windows that slide over an array without padding: those that reach over an edge see less. All but `places` and
 * `view` in elements.
 */
export interface PoolWindows {
  /** Neighbouring places whose windows see alike, in the order of the results. */
  readonly segments: readonly PoolSegment[];
  /** From one place of a segment to the next. */
  readonly step: number;
  /** What windows see: where each run of features begins, from the place on, ascending. One may see nothing. */
  readonly views: readonly (readonly number[])[];
  readonly features: number;
}

/** Neighbouring places whose windows see alike. */
export interface PoolSegment {
  /** Where the first place begins. */
  readonly start: number;
  readonly places: number;
  /** Which of the views. */
  readonly view: number;
}
