/** Division of two arrays. Subnormals count as zeros of their sign, going in and coming out. */
import type { FloatLoop } from "../../base/index.ts";
import { flush } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData } from "../arraydata.ts";
import type { DType } from "../dtype.ts";
import { fromHalf, toHalf } from "../half.ts";
import type { Shape } from "../shape.ts";
import { sameShape } from "../shape.ts";
import { BinaryUfunc, floatsViaKernel, floatsViaLoop } from "./binary.ts";
import { boolsAsIntegers, floatsOnly } from "./computedtype.ts";
import { floorQuotient, unsignedQuotient } from "./integers.ts";
import { RECIPROCAL, unaryData } from "./unary.ts";

const { fround } = Math;

export const DIVIDE = /* @__PURE__ */ new BinaryUfunc({
  name: "divide",
  computeDtype: floatsOnly,
  kernel: "divide",
  computeFloats: divideFloats,
});

/** A divisor that is broadcast divides as in XLA: `x` times its reciprocal, rounded twice. */
function divideFloats(x: ArrayData, y: ArrayData, shape: Shape, dtype: DType): ArrayData {
  if (sameShape(y.shape, shape)) return floatsViaKernel("divide", x, y, shape, dtype);
  // XLA rewrites division of float32 and float16. A bfloat16 is float32 by then.
  if (dtype === "bfloat16")
    return castData(divideFloats(castData(x, "float32"), castData(y, "float32"), shape, "float32"), dtype);
  return floatsViaKernel("multiply", x, castData(unaryData(RECIPROCAL, y), dtype), shape, dtype);
}

export const FLOOR_DIVIDE = /* @__PURE__ */ new BinaryUfunc({
  name: "floorDivide",
  computeDtype: boolsAsIntegers,
  computeFloats: floorDivideFloats,
  integer: floorQuotient,
  unsigned: unsignedQuotient,
});

function floorDivideFloats(x: ArrayData, y: ArrayData, shape: Shape, dtype: DType): ArrayData {
  const loop = sameShape(y.shape, shape)
    ? floorDivideLoop
    : floorDivideByReciprocal(dtype === "float16" ? roundToFloat16 : fround);
  return floatsViaLoop(loop, x, y, shape, dtype);
}

function roundToFloat16(x: number): number {
  return fromHalf("float16", toHalf("float16", x));
}

const floorDivideLoop: FloatLoop<Float32Array> = (x, i, di, y, j, dj, out, at, n) => {
  for (const end = at + n; at < end; at++, i += di, j += dj)
    out[at] = floatFloorQuotient(flush(x[i]!), flush(y[j]!), NaN);
};

/** `floorDivide` by a divisor that is broadcast: times its reciprocal, which `round` rounds. */
function floorDivideByReciprocal(round: (x: number) => number): FloatLoop<Float32Array> {
  return (x, i, di, y, j, dj, out, at, n) => {
    for (const end = at + n; at < end; at++, i += di, j += dj) {
      const b = flush(y[j]!);
      out[at] = floatFloorQuotient(flush(x[i]!), b, flush(round(1 / b)));
    }
  };
}

/**
 * The quotient of `a` less its remainder, rounded to a whole number: halves away from zero, as `lax.round` has them.
 * Where `reciprocal` is not NaN, it is multiplied by that.
 */
function floatFloorQuotient(a: number, b: number, reciprocal: number): number {
  const rest = flush(a % b);
  const exact = b === 0 ? a : flush(fround(a - rest));
  let quotient = flush(fround(reciprocal === reciprocal ? exact * reciprocal : exact / b));
  // Math.sign of NaN is NaN, which differs from every sign.
  if (rest !== 0 && Math.sign(b) !== Math.sign(rest)) quotient = flush(fround(quotient - 1));
  const whole = Math.trunc(quotient);
  return Math.abs(quotient - whole) >= 0.5 ? whole + Math.sign(quotient) : whole;
}
