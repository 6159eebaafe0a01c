import type { BinaryOperation, Comparison, ExactUnary, FloatLoop } from "../base/index.ts";
import { FLOAT_LOOPS } from "./floatloops.ts";

const { floor, min } = Math;

/** How many of `total` results one loop can compute before the index into an operand jumps. */
function evenFor(length: number, repeat: number, total: number): number {
  return length === 1 ? total : repeat === 1 ? length : repeat;
}

/** How far the index into an operand goes from one result of a loop to the next. */
function stepOf(length: number, repeat: number): number {
  return length === 1 || repeat > 1 ? 0 : 1;
}

export function binaryF32(
  op: BinaryOperation | Comparison | ExactUnary,
  x: Float32Array,
  y: Float32Array,
  out: Float32Array | Uint8Array,
  xRepeat = 1,
  yRepeat = 1,
): void {
  const loop = FLOAT_LOOPS[op] as FloatLoop<Float32Array | Uint8Array>;
  const total = out.length;
  const n = min(total, evenFor(x.length, xRepeat, total), evenFor(y.length, yRepeat, total));
  const dx = stepOf(x.length, xRepeat);
  const dy = stepOf(y.length, yRepeat);
  loop(x, 0, dx, y, 0, dy, out, 0, n);
  for (let at = n; at < total; at += n)
    loop(x, floor(at / xRepeat) % x.length, dx, y, floor(at / yRepeat) % y.length, dy, out, at, n);
}

export function selectF32(
  condition: Uint8Array,
  x: Float32Array,
  y: Float32Array,
  out: Float32Array,
  xRepeat = 1,
  yRepeat = 1,
): void {
  for (let i = 0; i < out.length; i++)
    out[i] = condition[i] === 0 ? y[floor(i / yRepeat) % y.length]! : x[floor(i / xRepeat) % x.length]!;
}
