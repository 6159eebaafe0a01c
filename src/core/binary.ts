import type { BinaryOperation, Comparison, ExactUnary, FloatLoop } from "../base/index.ts";
import { FLOAT_LOOPS } from "./floatloops.ts";

const { floor, min } = Math;

/** For how many of `total` elements an operand of `length` elements, each `run` times, is passed with one step. */
function evenFor(length: number, run: number, total: number): number {
  return length === 1 ? total : run === 1 ? length : run;
}

function stepOf(length: number, run: number): number {
  return length === 1 || run > 1 ? 0 : 1;
}

export function binaryF32(
  op: BinaryOperation | Comparison | ExactUnary,
  x: Float32Array,
  y: Float32Array,
  out: Float32Array | Uint8Array,
  xRun = 1,
  yRun = 1,
): void {
  const loop = FLOAT_LOOPS[op] as FloatLoop<Float32Array | Uint8Array>;
  const total = out.length;
  const n = min(total, evenFor(x.length, xRun, total), evenFor(y.length, yRun, total));
  const dx = stepOf(x.length, xRun);
  const dy = stepOf(y.length, yRun);
  loop(x, 0, dx, y, 0, dy, out, 0, n);
  for (let at = n; at < total; at += n)
    loop(x, floor(at / xRun) % x.length, dx, y, floor(at / yRun) % y.length, dy, out, at, n);
}

export function selectF32(
  condition: Uint8Array,
  x: Float32Array,
  y: Float32Array,
  out: Float32Array,
  xRun = 1,
  yRun = 1,
): void {
  for (let i = 0; i < out.length; i++)
    out[i] = condition[i] === 0 ? y[floor(i / yRun) % y.length]! : x[floor(i / xRun) % x.length]!;
}
