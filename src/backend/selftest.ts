import type { Kernels } from "../base/index.ts";

/**
 * Tests a backend before it is used:
 *
 * - a known answer of threefry (Random123's zeros)
 * - a draw of normals with JAX's values (of key(4384), in which every branch is taken)
 * - a matvec whose columns are cases in which a host's arithmetic can differ
 *
 * @returns the name of the first check that failed, or undefined
 */
export function selfTest(kernels: Kernels): string | undefined {
  const high = Uint32Array.of(0);
  const low = Uint32Array.of(0);
  kernels.threefry2x32(0, 0, high, low);
  if (high[0] !== 0x6b200159 || low[0] !== 0x99ba4efe) return "threefry2x32";

  const { start, size, fnv1a } = NORMALS[kernels.name];
  const normals = new Float32Array(size);
  kernels.normalF32(0, 4384, start, normals, true);
  if (checksum(normals) !== fnv1a) return "normal";

  const y = new Float32Array(6);
  kernels.matvecF32(EDGE_X, EDGE_W, y, false);
  if (!sameBits(y, EDGE_Y)) return "matvec (subnormals, signed zeros, rounding)";
  return undefined;
}

/**
 * 48 normals, four of them in the tails, use all lanes and lists of WebAssembly. The core has one path a branch, for
 * which eight suffice, one of them in a tail. Its code runs uncompiled at start-up: 48 took 0.17 ms more (Node 20,
 * 2026-11).
 */
const NORMALS = {
  core: { start: 20, size: 8, fnv1a: 0x3496bb85 },
  wasm: { start: 0, size: 48, fnv1a: 0x900f9f01 },
} as const;

const PRODUCT = 1 + 2 ** -12;
const EDGE_X = Float32Array.of(1, -1, 0.5, PRODUCT);
// By column: a subnormal that is kept; two sums that are ties to even; a subnormal product; a product rounded before
// its sum (a fused multiply-add would leave 2^-24); a sum of negative zeros, which starts at +0.
const EDGE_W = Float32Array.of(
  2 ** -149,
  1,
  1 + 2 ** -23,
  0,
  -(1 + 2 ** -11),
  -0,
  0,
  -(2 ** -24),
  -(2 ** -24),
  0,
  0,
  0,
  0,
  0,
  0,
  3 * 2 ** -149,
  0,
  -0,
  0,
  0,
  0,
  0,
  PRODUCT,
  -0,
);
const EDGE_Y = [0x00000001, 0x3f800000, 0x3f800002, 0x00000002, 0x00000000, 0x00000000];

/** The 32-bit FNV-1a hash of the words of `values`, a word a step. */
function checksum(values: Float32Array): number {
  let hash = 0x811c9dc5;
  for (const word of new Uint32Array(values.buffer)) hash = Math.imul(hash ^ word, 0x01000193);
  return hash >>> 0;
}

function sameBits(values: Float32Array, words: readonly number[]): boolean {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return words.every((word, i) => bits[i] === word);
}
