/** The numpy functions, with JAX's names and semantics: `import { numpy as jnp } from "flaxen"`. */
export { abs, add, bitwiseAnd, bitwiseOr, bitwiseXor, ceil, clip, divide, floor, floorDivide, matmul, maximum, minimum, mod, multiply, negative, power, reciprocal, remainder, round, sign, square, subtract, trunc } from "./array/index.ts";
export { allclose, arrayEqual, equal, greater, greaterEqual, isclose, isfinite, isinf, isnan, less, lessEqual, logicalAnd, logicalNot, logicalOr, logicalXor, nanToNum, notEqual, where } from "./array/index.ts";
export { arange, array, asarray, astype, diag, eye, full, fullLike, identity, isArray, linspace, meshgrid, NDArray, ones, onesLike, promoteTypes, tri, tril, triu, zeros, zerosLike } from "./array/index.ts";
export { cos, erf, erfInv, exp, exp2, expm1, log, log10, log1p, log2, logistic, sin, sqrt, tan, tanh } from "./array/index.ts";
export { arraySplit, broadcastTo, concatenate, expandDims, flip, hstack, moveaxis, pad, ravel, repeat, reshape, roll, split, squeeze, stack, swapaxes, tile, transpose, unstack, vstack } from "./array/index.ts";
export { argsort, sort, take, takeAlongAxis, topK } from "./array/index.ts";
export type { AnyTypedArray, ArrayLike, At, AxisLike, CloseOptions, DType, EyeOptions, Index, LinspaceOptions, NanToNumOptions, Nested, NestedList, PadMode, PadOptions, PadWidth, Shape, ShapeLike, SliceText, SortOptions, TakeMode, TakeOptions, TypedArray } from "./array/index.ts";
export { dot, einsum, inner, outer, tensordot, vdot } from "./array/index.ts";
export { all, any, argmax, argmin, countNonzero, cumprod, cumsum, linalg, logsumexp, max, mean, min, prod, std, sum, variance as var } from "./array/index.ts";
export type { ArgOptions, Axes, ReduceOptions, VarianceOptions } from "./array/index.ts";
