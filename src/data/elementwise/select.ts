import { kernels } from "../../backend/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, emptyData, floatsOf } from "../arraydata.ts";
import type { TypedArray } from "../dtype.ts";
import { byRepeats } from "../manipulation/repeats.ts";
import { broadcastData } from "../manipulation/strided.ts";
import { broadcastShapes } from "../shape.ts";
import { clipFloats } from "./activations.ts";
import { MAXIMUM, MINIMUM } from "./arithmetic.ts";
import { binaryData } from "./binary.ts";
import type { Operand } from "./promotion.ts";
import { promotedPair } from "./promotion.ts";

/**
 * `x` where `condition` is other than 0, else `y`. All three broadcast, `x` and `y` promote.
 *
 * @throws ShapeError if the shapes do not broadcast
 */
export function whereData(condition: ArrayData, x: Operand, y: Operand): ArrayData {
  const test = castData(condition, "bool");
  const [a, b] = promotedPair(x, y, "where");
  const shape = broadcastShapes(test.shape, broadcastShapes(a.shape, b.shape, "where"), "where");
  const out = emptyData(shape, a.dtype);
  const chosen = broadcastData(test, shape);
  if (a.dtype === "float32") selectFloats(chosen, a, b, out);
  else select(chosen, broadcastData(a, shape), broadcastData(b, shape), out.storage.data);
  return out;
}

function selectFloats(condition: ArrayData, x: ArrayData, y: ArrayData, out: ArrayData): void {
  byRepeats(
    out.shape,
    [condition, x, y],
    out.storage.data as Float32Array,
    (into, [chosen, yes, no], [, xRepeat, yRepeat]) =>
      kernels().selectF32(chosen!.storage.data as Uint8Array, floatsOf(yes!), floatsOf(no!), into, xRepeat, yRepeat),
  );
}

function select(condition: ArrayData, x: ArrayData, y: ArrayData, out: TypedArray): void {
  const [chosen, yes, no] = [condition.storage.data, x.storage.data, y.storage.data];
  for (let i = 0; i < out.length; i++) out[i] = chosen[i] === 0 ? no[i]! : yes[i]!;
}

/** Whether a bound is a number that is not NaN. */
function isBound(bound: Operand | undefined): bound is number {
  return typeof bound === "number" && bound === bound;
}

/**
 * `x` between `min` and `max`: `minimum(max, maximum(min, x))`. Undefined means no bound.
 *
 * @throws ShapeError if the shapes do not broadcast
 */
export function clipData(x: Operand, min: Operand | undefined, max: Operand | undefined): ArrayData {
  if (typeof x !== "number" && x.dtype === "float32" && isBound(min) && isBound(max)) {
    const out = emptyData(x.shape, "float32");
    clipFloats(x.storage.data as Float32Array, min, max, out.storage.data as Float32Array);
    return out;
  }
  const lower = min === undefined ? x : binaryData(MAXIMUM, min, x);
  return max === undefined ? (lower as ArrayData) : binaryData(MINIMUM, max, lower);
}
