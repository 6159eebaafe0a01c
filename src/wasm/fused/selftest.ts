import { ACTIVATION, UNARY } from "../../base/index.ts";
import type { FusedExports } from "../exports.ts";
import type { Arena } from "../memory.ts";
import { FUSED_ACTIVATIONS, FUSED_UNARY } from "./operations.ts";

/** Numbers that reach every branch of every function. The first ones are a row of softmax, which ends in a vector. */
export const SELF_TEST_INPUTS: Float32Array = Float32Array.of(
  0,
  -0,
  0.0003461441,
  -0.0002,
  0.09,
  -0.3,
  0.45,
  -0.7,
  1.1,
  -1.6,
  2.7,
  -3.9,
  6.5,
  -9.3,
  25,
  -40,
  85.5,
  -87.5,
  1e-39,
);

/** How many of them are the row. */
export const SELF_TEST_ROW = 11;

/** The checksum of all functions of the inputs, in the order of `selfTestFused`: what the core gives. */
export const SELF_TEST_CHECKSUM = 0x8eaa8df2;

/** The 32-bit FNV-1a hash `hash`, continued with the words of `values`, a word a step. */
export function hashWords(hash: number, values: Float32Array): number {
  for (const word of new Uint32Array(values.buffer, values.byteOffset, values.length))
    hash = Math.imul(hash ^ word, 0x01000193);
  return hash;
}

/** Whether each function has the bits it should. It works in the regions of chunks. */
export function selfTestFused(arena: Arena, exports: FusedExports): boolean {
  const { chunkPtr, secondPtr } = arena;
  const n = SELF_TEST_INPUTS.length;
  const x = arena.chunkF32.subarray(0, n);
  const out = new Float32Array(arena.exports.memory.buffer, secondPtr, n);
  let hash = 0x811c9dc5;
  x.set(SELF_TEST_INPUTS);
  for (const name of FUSED_UNARY) {
    exports.unaryF32(UNARY[name], chunkPtr, secondPtr, n);
    hash = hashWords(hash, out);
  }
  for (const name of FUSED_ACTIVATIONS) {
    out.set(SELF_TEST_INPUTS);
    exports.activateF32(ACTIVATION[name], secondPtr, 1, 1, n);
    hash = hashWords(hash, out);
  }
  for (const log of [false, true]) {
    exports.softmaxF32(chunkPtr, secondPtr, 1, SELF_TEST_ROW, log);
    hash = hashWords(hash, out.subarray(0, SELF_TEST_ROW));
  }
  for (const log of [false, true]) {
    x.set(SELF_TEST_INPUTS);
    exports.softmaxColumnsF32(chunkPtr, SELF_TEST_ROW, 1, log);
    hash = hashWords(hash, x.subarray(0, SELF_TEST_ROW));
  }
  return hash >>> 0 === SELF_TEST_CHECKSUM;
}
