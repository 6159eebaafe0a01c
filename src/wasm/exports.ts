import type { WasmMemory } from "./webassembly.ts";

/**
 * What the module exports: each function is documented in the file of assembly/ that has its name.
 *
 * Pointers are byte addresses, sizes are in elements, strides in bytes where assembly/ does not say otherwise. The
 * order is that of the contract: operation, inputs, output, sizes, `fused`.
 */
export interface KernelExports {
  readonly memory: WasmMemory;
  heapBase(): number;
  fnv1a(ptr: number, n: number): number;

  threefry2x32(k0: number, k1: number, x0Ptr: number, x1Ptr: number, n: number): void;
  bits64(k0: number, k1: number, high: number, low: number, outPtr: number, n: number): void;
  bits32(k0: number, k1: number, high: number, low: number, outPtr: number, n: number): void;
  bits16(k0: number, k1: number, high: number, low: number, outPtr: number, n: number): void;
  bits8(k0: number, k1: number, high: number, low: number, outPtr: number, n: number): void;
  bits32Original(k0: number, k1: number, first: number, second: number, y0Ptr: number, y1Ptr: number, n: number): void;
  uniformF32(
    k0: number,
    k1: number,
    high: number,
    low: number,
    minval: number,
    maxval: number,
    outPtr: number,
    n: number,
    fused: boolean,
  ): void;
  uniformFromBitsF32(bitsPtr: number, minval: number, maxval: number, outPtr: number, n: number, fused: boolean): void;
  normalF32(k0: number, k1: number, high: number, low: number, outPtr: number, n: number, fused: boolean): void;
  normalFromBitsF32(bitsPtr: number, outPtr: number, n: number, fused: boolean): void;
  truncatedNormalF32(
    k0: number,
    k1: number,
    high: number,
    low: number,
    minval: number,
    maxval: number,
    clipMin: number,
    clipMax: number,
    outPtr: number,
    n: number,
    fused: boolean,
  ): void;
  truncatedNormalFromBitsF32(
    bitsPtr: number,
    minval: number,
    maxval: number,
    clipMin: number,
    clipMax: number,
    outPtr: number,
    n: number,
    fused: boolean,
  ): void;

  unaryF32(op: number, xPtr: number, outPtr: number, n: number, fused: boolean): void;
  binaryF32(op: number, xPtr: number, yPtr: number, outPtr: number, n: number, period: number): void;
  maskBytes(maskPtr: number, outPtr: number, n: number): void;
  selectF32(conditionPtr: number, xPtr: number, yPtr: number, outPtr: number, n: number): void;
  transposeF32(
    fromPtr: number,
    axesPtr: number,
    toPtr: number,
    axes: number,
    rows: number,
    cols: number,
    fromRow: number,
    toRow: number,
    toCol: number,
  ): void;
  repeatF32(fromPtr: number, outPtr: number, n: number, repeat: number, skip: number): void;
  reluF32(ptr: number, n: number): void;
  activateF32(op: number, ptr: number, a: number, b: number, n: number, fused: boolean): void;
  powF32(xPtr: number, yPtr: number, outPtr: number, n: number): void;

  setScratch(ptr: number): void;
  sumRowsF32(xPtr: number, outPtr: number, rows: number, n: number): void;
  sumPartF32(xPtr: number, outPtr: number, n: number, blocks: number): void;
  addGroupsF32(
    xPtr: number,
    partsPtr: number,
    first: number,
    rows: number,
    groups: number,
    size: number,
    stride: number,
  ): void;
  addPartsF32(xPtr: number, partsPtr: number, first: number, rows: number, cols: number, parts: number): void;
  combinePartsF32(partsPtr: number, outPtr: number, cols: number, size: number): void;
  reduceRowsF32(op: number, xPtr: number, outPtr: number, rows: number, n: number): void;
  reduceColumnsF32(op: number, xPtr: number, outPtr: number, rows: number, cols: number): void;
  argReduceRowsF32(op: number, xPtr: number, outPtr: number, rows: number, n: number): void;
  argReduceColumnsF32(
    op: number,
    xPtr: number,
    bestPtr: number,
    outPtr: number,
    first: number,
    rows: number,
    cols: number,
  ): void;
  cumulateRowsF32(op: number, xPtr: number, carryPtr: number, rows: number, n: number): void;
  cumulateColumnsF32(op: number, xPtr: number, carryPtr: number, rows: number, cols: number): void;
  softmaxF32(xPtr: number, outPtr: number, rows: number, n: number, log: boolean, fused: boolean): void;
  shiftedExpF32(ptr: number, max: number, n: number, fused: boolean): void;
  scaleF32(ptr: number, factor: number, n: number): void;
  shiftColumnsF32(xPtr: number, outPtr: number, topsPtr: number, rows: number, cols: number, finite: boolean): void;
  normalizeColumnsF32(ptr: number, sumsPtr: number, rows: number, cols: number, log: boolean): void;
  shiftRowsF32(xPtr: number, topsPtr: number, rows: number, n: number): void;
  normalizeF32(
    xPtr: number,
    scalePtr: number,
    biasPtr: number,
    outPtr: number,
    rows: number,
    n: number,
    first: number,
    period: number,
    epsilon: number,
    centered: boolean,
  ): void;
  factorsF32(ptr: number, scalePtr: number, n: number, epsilon: number): void;
  standardizeF32(
    xPtr: number,
    meanPtr: number,
    factorPtr: number,
    biasPtr: number,
    outPtr: number,
    rows: number,
    cols: number,
    size: number,
  ): void;

  timesColumnF32(xPtr: number, wPtr: number, outPtr: number, rows: number, n: number): void;
  outerF32(xPtr: number, wPtr: number, outPtr: number, rows: number, m: number): void;
  matmulBatchF32(xPtr: number, wPtr: number, outPtr: number, count: number, rows: number, n: number, m: number): void;
  matvecF32(xPtr: number, wPtr: number, yPtr: number, n: number, m: number): void;
  matvecPanelsF32(xPtr: number, packedPtr: number, yPtr: number, n: number, m: number): void;
  packPanelsF32(srcPtr: number, dstPtr: number, n: number, k0: number, rows: number, c0: number, cols: number): void;
  packRowsF32(xPtr: number, toPtr: number, rows: number, n: number): void;
  matmulPanelsF32(
    xPtr: number,
    xStride: number,
    packedPtr: number,
    yPtr: number,
    yStride: number,
    rows: number,
    n: number,
    m: number,
  ): void;
  packHalfF32(srcPtr: number, dstPtr: number, n: number, k0: number, rows: number, c0: number, cols: number): void;
  matvecHalfF32(xPtr: number, packedPtr: number, yPtr: number, n: number, m: number): void;
  widenHalfF32(packedPtr: number, toPtr: number, n: number, m: number, c0: number, cols: number): void;
}

/** What the module of attention exports: each function is documented in the file of assembly/attention/ that has it. */
export interface AttentionExports {
  packKeysF32(keyPtr: number, packedPtr: number, stride: number, keys: number, width: number): void;
  packValuesF32(valuePtr: number, packedPtr: number, stride: number, panel: number, keys: number, width: number): void;
  scoresF32(
    queryPtr: number,
    queryStride: number,
    packedPtr: number,
    maskPtr: number,
    rowsPtr: number,
    queries: number,
    keys: number,
    width: number,
  ): void;
  overlayF32(rowsPtr: number, biasPtr: number, maskPtr: number, queries: number, keys: number, masked: number): void;
  weightsF32(rowsPtr: number, queries: number, row: number, fused: boolean): void;
  outputsF32(
    rowsPtr: number,
    valuePtr: number,
    valueStride: number,
    panel: number,
    multiplierPtr: number,
    outPtr: number,
    outStride: number,
    scratchPtr: number,
    queries: number,
    keys: number,
    width: number,
    sparse: boolean,
  ): void;
}

/** The kernels of matrix products. */
export type ProductExports = Pick<
  KernelExports,
  | "matmulBatchF32"
  | "matmulPanelsF32"
  | "matvecF32"
  | "matvecHalfF32"
  | "matvecPanelsF32"
  | "outerF32"
  | "timesColumnF32"
>;

/**
 * What the module of fused multiply-adds exports: each function is documented in the file of assembly/fused/ that has
 * it. Where the first module has a function of that name, this one has its bits in the profile `fma`.
 */
export interface FusedExports {
  fuses(): number;
  unaryF32(op: number, xPtr: number, outPtr: number, n: number): void;
  activateF32(op: number, ptr: number, a: number, b: number, n: number): void;
  softmaxF32(xPtr: number, outPtr: number, rows: number, n: number, log: boolean): void;
  softmaxColumnsF32(ptr: number, rows: number, cols: number, log: boolean): void;
  shiftedExpF32(ptr: number, max: number, n: number): void;
  weightsF32(rowsPtr: number, rows: number, n: number): void;
}
