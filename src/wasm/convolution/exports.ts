/**
 * What the module of convolutions exports: each function is documented in the file of assembly/convolution/ that has
 * it.
 */
export interface ConvolutionExports {
  convolveF32(
    placesPtr: number,
    runsPtr: number,
    packedPtr: number,
    biasPtr: number,
    yPtr: number,
    places: number,
    runs: number,
    run: number,
    m: number,
    groups: number,
    groupStep: number,
  ): void;
  packGroupsF32(srcPtr: number, dstPtr: number, n: number, k0: number, rows: number, groups: number, m: number): void;
  depthwiseF32(
    linesPtr: number,
    offsetsPtr: number,
    wPtr: number,
    biasPtr: number,
    outPtr: number,
    lines: number,
    places: number,
    step: number,
    offsets: number,
    m: number,
    multiplier: number,
  ): void;
  epilogueF32(ptr: number, rows: number, m: number, stride: number, normPtr: number, limit: number): void;
  poolF32(
    op: number,
    segmentsPtr: number,
    outPtr: number,
    segments: number,
    step: number,
    features: number,
    factor: number,
  ): void;
}
