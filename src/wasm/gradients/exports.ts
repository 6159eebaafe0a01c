/** What the module of gradients exports: each function is documented in the file of assembly/gradients/ that has it. */
export interface GradientExports {
  packColumnsF32(xPtr: number, xStride: number, toPtr: number, rows: number, cols: number): void;
  accumulateF32(sumPtr: number, partPtr: number, n: number): void;
  packTransposedF32(wPtr: number, row: number, toPtr: number, n: number, cols: number): void;
  packWindowsF32(rowsPtr: number, offsetsPtr: number, toPtr: number, rows: number, cols: number): void;
  extremesBackF32(
    op: number,
    linesPtr: number,
    offsetsPtr: number,
    xPtr: number,
    ctPtr: number,
    outPtr: number,
    lines: number,
    places: number,
    step: number,
    offsets: number,
    features: number,
  ): void;
  poolSumBackF32(segmentsPtr: number, ctPtr: number, segments: number, step: number, features: number): void;
  reluBackF32(ctPtr: number, xPtr: number, outPtr: number, n: number): void;
  geluInnerF32(xPtr: number, outPtr: number, n: number): void;
  geluBackF32(ctPtr: number, xPtr: number, tPtr: number, n: number): void;
  productsF32(xPtr: number, yPtr: number, outPtr: number, n: number): void;
  softmaxBackF32(ctPtr: number, yPtr: number, sumPtr: number, rows: number, n: number): void;
  isBoundedF32(ptr: number, stride: number, rows: number, width: number): number;
  attentionScoresF32(
    queryPtr: number,
    queryStride: number,
    packedPtr: number,
    biasPtr: number,
    maskPtr: number,
    outPtr: number,
    row: number,
    rows: number,
    keys: number,
    width: number,
    scale: number,
    masked: number,
  ): void;
  cotangentsOfWeightsF32(
    ctPtr: number,
    ctStride: number,
    packedPtr: number,
    weightsPtr: number,
    outPtr: number,
    lastsPtr: number,
    row: number,
    rows: number,
    keys: number,
    width: number,
    bounded: boolean,
  ): void;
  maskScoresF32(xPtr: number, maskPtr: number, row: number, rows: number, keys: number, scale: number): void;
  addOuterF32(
    xPtr: number,
    row: number,
    yPtr: number,
    yStride: number,
    sumPtr: number,
    lastsPtr: number,
    rows: number,
    keys: number,
    width: number,
  ): void;
  timesRowsF32(
    xPtr: number,
    row: number,
    yPtr: number,
    yStride: number,
    outPtr: number,
    outStride: number,
    lastsPtr: number,
    scratchPtr: number,
    rows: number,
    width: number,
  ): void;
  copyColumnsF32(fromPtr: number, toPtr: number, stride: number, rows: number, width: number): void;
  batchNormTermsF32(ctPtr: number, xPtr: number, meanPtr: number, rows: number, n: number): void;
  batchNormBackF32(
    ctPtr: number,
    xPtr: number,
    factorPtr: number,
    slopePtr: number,
    shiftPtr: number,
    rows: number,
    n: number,
  ): void;
  crossEntropyBackF32(ePtr: number, sumPtr: number, ctPtr: number, labelPtr: number, rows: number, n: number): void;
  layerNormTermsF32(
    ctPtr: number,
    xPtr: number,
    scalePtr: number,
    meanPtr: number,
    rootPtr: number,
    rows: number,
    n: number,
  ): void;
  layerNormBackF32(
    ctPtr: number,
    xPtr: number,
    scalePtr: number,
    rootPtr: number,
    slopePtr: number,
    shiftPtr: number,
    rows: number,
    n: number,
  ): void;
  cellBackF32(op: number, ptr: number, stride: number, n: number): void;
  sgdF32(pPtr: number, gPtr: number, n: number, rate: number): void;
  momentumF32(
    pPtr: number,
    gPtr: number,
    tPtr: number,
    n: number,
    rate: number,
    decay: number,
    nesterov: boolean,
  ): void;
  adamF32(
    pPtr: number,
    gPtr: number,
    mPtr: number,
    vPtr: number,
    n: number,
    rate: number,
    b1: number,
    rest1: number,
    c1: number,
    b2: number,
    rest2: number,
    c2: number,
    eps: number,
    epsRoot: number,
    weightDecay: number,
  ): void;
}
