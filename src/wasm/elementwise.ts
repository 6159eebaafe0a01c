import type { ActivationName, UnaryName } from "../base/index.ts";
import { ACTIVATION, UNARY } from "../base/index.ts";
import { copyIn, copyOut } from "./copy.ts";
import { BLOCK, CHUNK } from "./memory.ts";
import type { Arena } from "./memory.ts";

const { min } = Math;

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
  a: number,
  b: number,
  out: Float32Array,
  fused: boolean,
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
