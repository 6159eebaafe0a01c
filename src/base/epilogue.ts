/** What is done in place to each row [m] of a product's results, in this order, before they leave its kernel. */
export interface Epilogue {
  readonly norm?: EpilogueNorm | undefined;
  /** As by `reluF32`, or `activateF32` of relu6. */
  readonly activation?: "relu" | "relu6" | undefined;
}

/** Normalisation by statistics that are given, as by `standardizeF32`: [m] float32 each. */
export interface EpilogueNorm {
  readonly mean: Float32Array;
  readonly variance: Float32Array;
  readonly scale?: Float32Array | undefined;
  readonly bias?: Float32Array | undefined;
  readonly epsilon: number;
}
