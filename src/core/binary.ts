import type { BinaryOperation } from "../base/index.ts";
import { FLOAT_ROWS } from "../base/index.ts";

export function binaryF32(op: BinaryOperation, x: Float32Array, y: Float32Array, out: Float32Array): void {
  const row = FLOAT_ROWS[op];
  const period = y.length;
  if (period === 1) row(x, 0, 1, y, 0, 0, out, 0, out.length);
  else for (let at = 0; at < out.length; at += period) row(x, at, 1, y, 0, 1, out, at, period);
}
