import type { ArrayData } from "../arraydata.ts";
import type { TypedArray } from "../dtype.ts";
import type { Shape } from "../shape.ts";
import { stretch } from "./strided.ts";

/** From so many elements a block is worth a call: then it takes 3.3 ns an element where stretching an operand takes 5, of 4096 0.8 where that takes 2.7 (Node 20, 2026-11). */
const BLOCK = 256;

/**
 * How often in a row each element of an array of shape `own` comes that is stretched to `shape`, where they come in the
 * same order again and again, as they do when one block of axes is not stretched; else 0.
 */
export function runOf(own: Shape, shape: Shape): number {
  const lead = shape.length - own.length;
  let axis = own.length - 1;
  let run = 1;
  for (; axis >= 0 && own[axis] === 1; axis--) run *= shape[lead + axis]!;
  if (axis < 0) return 1;
  while (axis >= 0 && own[axis] === shape[lead + axis]) axis--;
  while (axis >= 0 && own[axis] === 1) axis--;
  return axis < 0 ? run : 0;
}

/**
 * Calls `fill` with `out`, the elements of a result of `shape`, with the operands and their runs: the element of an operand
 * for element i of the result is that at floor(i / run), modulo their number. Where operands do not come so, with a part of
 * it for every index of its first axes, if these are large.
 */
export function withRuns<Out extends TypedArray>(
  shape: Shape,
  operands: readonly ArrayData[],
  out: Out,
  fill: (out: Out, operands: readonly ArrayData[], runs: readonly number[]) => void,
): void {
  const runs: number[] = [];
  for (const x of operands) runs.push(runOf(x.shape, shape));
  if (!runs.includes(0)) return fill(out, operands, runs);
  const block = out.length / shape[0]!;
  if (block >= BLOCK)
    for (let i = 0; i < shape[0]!; i++)
      withRuns(
        shape.slice(1),
        operands.map((x) => partOf(x, i, shape)),
        out.subarray(i * block, (i + 1) * block) as Out,
        fill,
      );
  else
    withRuns(
      shape,
      operands.map((x, i) => (runs[i] === 0 ? stretch(x, shape) : x)),
      out,
      fill,
    );
}

/** What of `x` meets index `i` of the first axis of `shape`. */
function partOf(x: ArrayData, i: number, shape: Shape): ArrayData {
  const [count, ...inner] = x.shape;
  if (x.shape.length < shape.length) return x;
  const { data } = x.storage;
  const n = data.length / count!;
  const start = count === 1 ? 0 : i * n;
  return { shape: inner, dtype: x.dtype, storage: { data: data.subarray(start, start + n), exposed: true } };
}
