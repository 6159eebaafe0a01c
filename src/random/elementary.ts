import { kernels } from "../backend/index.ts";
import type { UnaryName } from "../base/index.ts";
import { fused } from "./draw.ts";

/** The elementary function `op` of each element, in place. */
export function unary(op: UnaryName, x: Float32Array): Float32Array {
  kernels().unaryF32(op, x, x, fused());
  return x;
}

const one = new Float32Array(1);
const two = new Float32Array(1);

/** The elementary function `op` of one float32 value. */
export function unaryOf(op: UnaryName, x: number): number {
  one[0] = x;
  return unary(op, one)[0]!;
}

/** x to the power y of float32 values. */
export function powOf(x: number, y: number): number {
  one[0] = x;
  two[0] = y;
  kernels().powF32(one, two, one);
  return one[0];
}

/** -x of each element, in place. */
export function negate(x: Float32Array): Float32Array {
  for (let i = 0; i < x.length; i++) x[i] = -x[i]!;
  return x;
}
