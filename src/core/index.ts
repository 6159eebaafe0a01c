import type { Kernels } from "../base/index.ts";
import { activateF32 } from "./activate.ts";
import { argReduceF32 } from "./argreduce.ts";
import { binaryF32 } from "./binary.ts";
import { bits, bits32Original, bits64 } from "./bits.ts";
import { cumulateF32 } from "./cumulate.ts";
import { matmulF32 } from "./matmul.ts";
import { matmulBatchF32 } from "./matmulbatch.ts";
import { matmulHalfF32 } from "./matmulhalf.ts";
import { matvecF32 } from "./matvec.ts";
import { normalFromBitsF32 } from "./normal.ts";
import { powF32 } from "./pow.ts";
import { reduceF32 } from "./reduce.ts";
import { reluF32 } from "./relu.ts";
import { selectF32 } from "./select.ts";
import { sumF32 } from "./sum.ts";
import { threefry2x32 } from "./threefry2x32.ts";
import { transposeF32 } from "./transpose.ts";
import { truncatedNormalFromBitsF32 } from "./truncatednormal.ts";
import { unaryF32 } from "./unary.ts";
import { uniformFromBitsF32 } from "./uniform.ts";

export { coreAttention, coreFusedAttention } from "./attention/index.ts";
export { coreConvolution, coreFusedConvolution } from "./convolution/index.ts";
export { coreFusedProducts } from "./fusedproducts.ts";
export { coreFusedGradients } from "./gradients/fused.ts";
export { coreGradients } from "./gradients/index.ts";
export { coreNorms } from "./normkernels.ts";
export { coreFusedRecurrent } from "./recurrent/fused.ts";
export { coreRecurrent } from "./recurrent/index.ts";
export { coreSoftmax } from "./softmaxkernels.ts";

/** Words are drawn this many at a time, so that a draw of floats needs no second array of its size. */
const CHUNK = 1024;
const words = new Uint32Array(CHUNK);

/**
 * Draws `out.length` words from element `start` on, chunk by chunk, and lets `transform` turn each chunk into floats.
 */
function drawInChunks(
  k0: number,
  k1: number,
  start: number,
  out: Float32Array,
  transform: (bits: Uint32Array, out: Float32Array) => void,
): void {
  for (let i = 0; i < out.length; i += CHUNK) {
    const part = out.length <= CHUNK ? out : out.subarray(i, i + CHUNK);
    const drawn = part.length === CHUNK ? words : words.subarray(0, part.length);
    bits(k0, k1, start + i, drawn);
    transform(drawn, part);
  }
}

/** The numeric core in plain TypeScript: the readable truth, and what runs where WebAssembly cannot. */
export const core: Kernels = {
  name: "core",
  threefry2x32,
  bits64,
  bits32: bits,
  bits16: bits,
  bits8: bits,
  bits32Original,
  uniformF32(k0, k1, start, minval, maxval, out, fused) {
    drawInChunks(k0, k1, start, out, (drawn, part) => uniformFromBitsF32(drawn, minval, maxval, part, fused));
  },
  uniformFromBitsF32,
  normalF32(k0, k1, start, out, fused) {
    drawInChunks(k0, k1, start, out, (drawn, part) => normalFromBitsF32(drawn, part, fused));
  },
  normalFromBitsF32,
  truncatedNormalF32(k0, k1, start, minval, maxval, clipMin, clipMax, out, fused) {
    drawInChunks(k0, k1, start, out, (drawn, part) =>
      truncatedNormalFromBitsF32(drawn, minval, maxval, clipMin, clipMax, part, fused),
    );
  },
  truncatedNormalFromBitsF32,
  unaryF32,
  binaryF32,
  selectF32,
  transposeF32,
  reluF32,
  activateF32,
  powF32,
  sumF32,
  reduceF32,
  argReduceF32,
  cumulateF32,
  matvecF32,
  matmulF32,
  matmulBatchF32,
  matmulHalfF32,
};
