import { kernels } from "../../backend/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, emptyData, encodeElement, floatsOf } from "../arraydata.ts";
import type { DType } from "../dtype.ts";
import { isFloat } from "../dtype.ts";
import { broadcastData } from "../manipulation/strided.ts";
import type { Shape } from "../shape.ts";
import { MULTIPLY } from "./arithmetic.ts";
import { binaryData, BinaryUfunc } from "./binary.ts";
import { boolsAsIntegers } from "./computedtype.ts";
import { integerPower, lowBitsPower } from "./integers.ts";
import { mapped, RECIPROCAL, unaryData } from "./unary.ts";

export const POWER = /* @__PURE__ */ new BinaryUfunc({
  name: "power",
  computeDtype: boolsAsIntegers,
  computeFloats: powerFloats,
  integer: lowBitsPower,
});

function powerFloats(x: ArrayData, y: ArrayData, shape: Shape, dtype: DType): ArrayData {
  const out = emptyData(shape, "float32");
  kernels().powF32(
    floatsOf(broadcastData(x, shape)),
    floatsOf(broadcastData(y, shape)),
    out.storage.data as Float32Array,
  );
  return castData(out, dtype);
}

/**
 * `x` to the whole number `exponent` by squaring, as in `lax.integer_pow`. A negative power is the reciprocal of the
 * positive one.
 *
 * @throws RangeError for integers to a negative power
 */
export function integerPowerData(x: ArrayData, exponent: number): ArrayData {
  const dtype = boolsAsIntegers(x.dtype);
  const base = castData(x, dtype);
  if (!isFloat(dtype)) {
    if (exponent < 0) throw negativeExponentError(exponent);
    return mapped(base, (v) => integerPower(v, exponent));
  }
  const result = exponent === 0 ? mapped(base, () => encodeElement(dtype, 1)) : squared(base, Math.abs(exponent));
  return exponent < 0 ? unaryData(RECIPROCAL, result) : result;
}

function squared(x: ArrayData, exponent: number): ArrayData {
  let result: ArrayData | undefined;
  for (let rest = exponent, base = x; ; base = binaryData(MULTIPLY, base, base)) {
    if (rest % 2 === 1) result = result === undefined ? base : binaryData(MULTIPLY, result, base);
    rest = Math.floor(rest / 2);
    if (rest === 0) return result!;
  }
}

function negativeExponentError(exponent: number): RangeError {
  return new RangeError(
    `power: "b" expected an exponent of at least 0 for integers, got ${exponent}. ` +
      'Cast the base with .astype("float32")',
  );
}
