import type { ArrayData } from "../arraydata.ts";
import { castData, scalarData } from "../arraydata.ts";
import { isFloat, isHalf } from "../dtype.ts";
import { MULTIPLY } from "./arithmetic.ts";
import { binaryData } from "./binary.ts";
import { DIVIDE } from "./division.ts";
import { ROUND, unaryData } from "./unary.ts";

/**
 * `x` rounded to a number of decimals: scaled by a power of ten, rounded half to even, scaled back, as in JAX. Integers
 * stay as they are.
 *
 * @throws TypeError for bools; RangeError for integers and a negative number of decimals
 */
export function roundData(x: ArrayData, decimals: number): ArrayData {
  if (x.dtype === "bool") throw new TypeError('round: "x" expected numbers, got bool. Cast it with .astype("int32")');
  if (!isFloat(x.dtype) && decimals < 0)
    throw new RangeError(`round: "decimals" expected at least 0 for integers, got ${decimals}`);
  if (decimals === 0 || !isFloat(x.dtype)) return unaryData(ROUND, x);
  const wide = isHalf(x.dtype) ? castData(x, "float32") : x;
  const factor = scalarData("float32", Number(`1e${decimals}`));
  return castData(binaryData(DIVIDE, unaryData(ROUND, binaryData(MULTIPLY, wide, factor)), factor), x.dtype);
}
