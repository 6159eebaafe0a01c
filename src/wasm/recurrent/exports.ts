/**
 * What the module of recurrent cells exports: each function is documented in the file of assembly/recurrent/ that has
 * it.
 */
export interface RecurrentExports {
  cellF32(
    op: number,
    xPtr: number,
    hPtr: number,
    statePtr: number,
    outPtr: number,
    hiddenPtr: number,
    rows: number,
    n: number,
    fused: boolean,
  ): void;
  stepsF32(
    op: number,
    xPtr: number,
    packedPtr: number,
    biasPtr: number,
    hiddenPtr: number,
    statePtr: number,
    outPtr: number,
    sumsPtr: number,
    steps: number,
    products: number,
    n: number,
    fused: boolean,
  ): void;
}
