/** What the module of attention exports: each function is documented in the file of assembly/attention/ that has it. */
export interface AttentionExports {
  packKeysF32(keyPtr: number, packedPtr: number, stride: number, keys: number, width: number): void;
  attentionF32(
    queryPtr: number,
    queryStride: number,
    packedPtr: number,
    valuePtr: number,
    valueStride: number,
    biasPtr: number,
    maskPtr: number,
    multiplierPtr: number,
    outPtr: number,
    outStride: number,
    weightsPtr: number,
    rowsPtr: number,
    queries: number,
    keys: number,
    width: number,
    valueWidth: number,
    scale: number,
    masked: number,
    fused: boolean,
  ): void;
}
