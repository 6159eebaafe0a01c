/** Arithmetic on scalars: of two numbers in double precision, as Python's floats, else in the dtype of the array. */
import { add, divide, multiply, subtract } from "../array/index.ts";
import type { Scalar } from "./base.ts";

export function plus(a: Scalar, b: Scalar): Scalar {
  return typeof a === "number" && typeof b === "number" ? a + b : add(a, b);
}

export function minus(a: Scalar, b: Scalar): Scalar {
  return typeof a === "number" && typeof b === "number" ? a - b : subtract(a, b);
}

export function times(a: Scalar, b: Scalar): Scalar {
  return typeof a === "number" && typeof b === "number" ? a * b : multiply(a, b);
}

export function over(a: Scalar, b: Scalar): Scalar {
  return typeof a === "number" && typeof b === "number" ? a / b : divide(a, b);
}
