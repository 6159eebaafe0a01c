/** The numpy functions, with JAX's names and semantics: `import { numpy as jnp } from "flaxen"`. */
export { add, array, asarray, cos, divide, dot, einsum, erf, erfInv, exp, expm1, inner, isArray, log, log1p, logistic, matmul, multiply, NDArray, negative, ones, outer, power, sin, sqrt, subtract, tan, tanh, tensordot, vdot, zeros } from "./array/index.ts";
export { all, any, argmax, argmin, countNonzero, cumprod, cumsum, linalg, logsumexp, max, mean, min, prod, std, sum, variance as var } from "./array/index.ts";
export type { ArgOptions, Axes, ReduceOptions, VarianceOptions } from "./array/index.ts";
export type { AnyTypedArray, ArrayLike, DType, Nested, NestedList, Shape, ShapeLike, TypedArray } from "./array/index.ts";
