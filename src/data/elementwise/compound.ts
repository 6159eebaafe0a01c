/** Functions of two floats that are made of several operations. */
import { carryFused } from "../../backend/index.ts";
import { config, flush, fma } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, emptyData, encodeElement, floatsOf, numbersOf } from "../arraydata.ts";
import { isFloat, promote } from "../dtype.ts";
import { broadcastData } from "../manipulation/strided.ts";
import { broadcastShapes } from "../shape.ts";
import { ADD, MAXIMUM, SUBTRACT } from "./arithmetic.ts";
import { binaryData } from "./binary.ts";
import { testData } from "./predicates.ts";
import type { Operand } from "./promotion.ts";
import { promotedPair } from "./promotion.ts";
import { whereData } from "./select.ts";
import { ABS, EXP, LOG1P, NEGATIVE, unaryData } from "./unary.ts";

const { fround, sqrt } = Math;

/** log(e^x + e^y), broadcast: the larger one plus log1p(e^-|x - y|). */
export function logaddexpData(x: ArrayData, y: ArrayData): ArrayData {
  carryFused();
  const difference = binaryData(SUBTRACT, x, y);
  const rest = unaryData(LOG1P, unaryData(EXP, unaryData(NEGATIVE, unaryData(ABS, difference))));
  const isNaN = testData((v) => v !== v, difference);
  return whereData(isNaN, binaryData(ADD, x, y), binaryData(ADD, binaryData(MAXIMUM, x, y), rest));
}

/** The length of the hypotenuse of `x` and `y`, broadcast, computed in float32. */
export function hypotData(x: ArrayData, y: ArrayData): ArrayData {
  const dtype = promote(x.dtype, y.dtype);
  const shape = broadcastShapes(x.shape, y.shape, "hypot");
  const [a, b] = [floatsOf(broadcastData(x, shape)), floatsOf(broadcastData(y, shape))];
  const out = emptyData(shape, "float32");
  const to = out.storage.data;
  const fused = config.profile === "fma";
  for (let i = 0; i < to.length; i++) to[i] = hypotenuse(Math.abs(flush(a[i]!)), Math.abs(flush(b[i]!)), fused);
  return isFloat(dtype) ? castData(out, dtype) : out;
}

function hypotenuse(a: number, b: number, fused: boolean): number {
  if (a === Infinity || b === Infinity) return Infinity;
  const [long, short] = [Math.max(a, b), Math.min(a, b)];
  if (long === 0) return 0;
  const ratio = flush(fround(short / long));
  return flush(fround(long * fround(sqrt(fma(ratio, ratio, 1, fused)))));
}

/** x * y + z, float32, `y` and `z` broadcast to `x`: rounded once if the profile fuses multiply and add, else twice. */
export function multiplyAddData(x: ArrayData, y: ArrayData, z: ArrayData): ArrayData {
  const [b, c] = [floatsOf(broadcastData(y, x.shape)), floatsOf(broadcastData(z, x.shape))];
  const out = emptyData(x.shape, "float32");
  const [from, to] = [floatsOf(x), out.storage.data];
  for (let i = 0; i < to.length; i++) to[i] = fma(from[i]!, b[i]!, c[i]!, config.profile === "fma");
  return out;
}

/** What `iscloseData` counts as close. */
export interface Tolerance {
  readonly rtol: number;
  readonly atol: number;
  readonly equalNan: boolean;
}

/** Where `|x - y| <= atol + rtol * |y|`, or both are the same infinity, broadcast, bool. Computed in float32. */
export function iscloseData({ rtol, atol, equalNan }: Tolerance, x: Operand, y: Operand): ArrayData {
  const [a, b] = promotedPair(x, y, "isclose");
  const shape = broadcastShapes(a.shape, b.shape, "isclose");
  const [left, right] = [floatsOf(broadcastData(a, shape)), floatsOf(broadcastData(b, shape))];
  const [relative, absolute] = [fround(rtol), fround(atol)];
  const out = emptyData(shape, "bool");
  const to = out.storage.data;
  const fused = config.profile === "fma";
  for (let i = 0; i < to.length; i++) {
    const [v, w] = [flush(left[i]!), flush(right[i]!)];
    const near = Number.isFinite(w) && Math.abs(fround(v - w)) <= fma(relative, Math.abs(w), absolute, fused);
    to[i] = v === w || near || (equalNan && v !== v && w !== w) ? 1 : 0;
  }
  return out;
}

/** The numbers that replace NaN and infinities. */
export interface Replacements {
  readonly nan: number;
  readonly posinf: number;
  readonly neginf: number;
}

/** `x`, floats, with numbers in place of NaN and infinities. */
export function nanToNumData(replacements: Replacements, x: ArrayData): ArrayData {
  const nan = encodeElement(x.dtype, replacements.nan);
  const posinf = encodeElement(x.dtype, replacements.posinf);
  const neginf = encodeElement(x.dtype, replacements.neginf);
  const values = numbersOf(x);
  const from = x.storage.data;
  const out = emptyData(x.shape, x.dtype);
  const to = out.storage.data;
  for (let i = 0; i < to.length; i++) {
    const v = values[i]!;
    to[i] = v !== v ? nan : v === Infinity ? posinf : v === -Infinity ? neginf : from[i]!;
  }
  return out;
}
