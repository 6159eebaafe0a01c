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
