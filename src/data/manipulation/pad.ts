import type { ArrayData } from "../arraydata.ts";
import { encodeElement, zerosData } from "../arraydata.ts";
import { copyRow, rawPair } from "./copying.ts";
import { eachRow, stridesOf, walkOf } from "./strided.ts";

/** How many elements to add before and after each axis, and their value. */
export interface Padding {
  readonly widths: readonly (readonly [before: number, after: number])[];
  readonly value: number;
}

/** `x` surrounded by `value`. */
export function padData({ widths, value }: Padding, x: ArrayData): ArrayData {
  const shape = x.shape.map((n, axis) => widths[axis]![0] + n + widths[axis]![1]);
  const out = zerosData(shape, x.dtype);
  const word = encodeElement(x.dtype, value);
  if (!Object.is(word, 0)) out.storage.data.fill(word);
  const strides = stridesOf(shape);
  const offset = widths.reduce((sum, [before], axis) => sum + before * strides[axis]!, 0);
  const walk = walkOf(x.shape, stridesOf(x.shape), strides);
  const [from, to] = rawPair(x, out, walk.inner);
  eachRow(walk, from.length, (at, _, start) => {
    if (walk.dy === 1) copyRow(from, at, 1, to, offset + start, walk.inner);
    else for (let i = 0, j = offset + start; i < walk.inner; i++, j += walk.dy) to[j] = from[at + i]!;
  });
  return out;
}
