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
  /** How the image is made of the array that is given. Without it the array is the image. */
  readonly padding?: Padding | undefined;
}

/** An image of lines: each has the same pieces of an array, from one of its lines, and `value` everywhere else. */
export interface Padding {
  /** Elements of a line of the image. The lines of windows begin where one of these does. */
  readonly pitch: number;
  /** Where in the array the pieces of each line begin to count; -1 for a line without pieces. */
  readonly lines: readonly number[];
  readonly pieces: readonly Piece[];
  readonly value: number;
}

/** `n` elements from index `from` of a line on, that go to index `to` on. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly n: number;
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
