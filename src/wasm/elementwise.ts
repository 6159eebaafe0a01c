import type { ActivationName, UnaryName } from "../base/index.ts";
import { copyIn, copyOut } from "./copy.ts";
import { BLOCK, CHUNK } from "./memory.ts";
import type { Arena } from "./memory.ts";

const { min } = Math;

/** The functions by the numbers that assembly/unary.ts gives them. */
const UNARY: Record<UnaryName, number> = {
  exp: 0,
  expm1: 1,
  log: 2,
  log1p: 3,
  tanh: 4,
  erf: 5,
  erfInv: 6,
  logistic: 7,
  sqrt: 8,
  sin: 9,
  cos: 10,
  tan: 11,
};

/** The activations by the numbers that assembly/activations.ts gives them. */
const ACTIVATION: Record<ActivationName, number> = {
  gelu: 0,
  geluErf: 1,
  silu: 2,
  elu: 3,
  celu: 4,
  softplus: 5,
  leakyRelu: 6,
  relu6: 7,
  hardTanh: 8,
  hardSigmoid: 9,
  hardSilu: 10,
  softSign: 11,
};

/** out[i] = op(x[i]). */
export function mapUnary(
  { exports, chunkPtr, chunkF32 }: Arena,
  op: UnaryName,
  x: Float32Array,
  out: Float32Array,
  fused: boolean,
): void {
  const code = UNARY[op];
  for (let i = 0; i < out.length; i += CHUNK) {
    const n = min(CHUNK, out.length - i);
    copyIn(x, i, n, chunkF32);
    exports.unaryF32(code, fused, chunkPtr, chunkPtr, n);
    copyOut(chunkF32, n, out, i);
  }
}

/** out[i] = x[i], but 0 for what is negative or subnormal. */
export function rectify({ exports, wPtr, w }: Arena, x: Float32Array, out: Float32Array): void {
  for (let i = 0; i < out.length; i += BLOCK) {
    const n = min(BLOCK, out.length - i);
    copyIn(x, i, n, w);
    exports.reluF32(wPtr, n);
    copyOut(w, n, out, i);
  }
}

/** out[i] = op(x[i]), an activation that depends on a and b. */
export function mapActivation(
  { exports, chunkPtr, chunkF32 }: Arena,
  op: ActivationName,
  x: Float32Array,
  out: Float32Array,
  fused: boolean,
  a: number,
  b: number,
): void {
  const code = ACTIVATION[op];
  for (let i = 0; i < out.length; i += CHUNK) {
    const n = min(CHUNK, out.length - i);
    copyIn(x, i, n, chunkF32);
    exports.activateF32(code, fused, chunkPtr, n, a, b);
    copyOut(chunkF32, n, out, i);
  }
}

/** out[i] = x[i] to the power y[i]. */
export function raise(
  { exports, xPtr, yPtr, chunkPtr, x: base, y: exponent, chunkF32 }: Arena,
  x: Float32Array,
  y: Float32Array,
  out: Float32Array,
): void {
  for (let i = 0; i < out.length; i += CHUNK) {
    const n = min(CHUNK, out.length - i);
    copyIn(x, i, n, base);
    copyIn(y, i, n, exponent);
    exports.powF32(xPtr, yPtr, chunkPtr, n);
    copyOut(chunkF32, n, out, i);
  }
}
