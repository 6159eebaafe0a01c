/** The numpy functions, with JAX's names and semantics: `import { numpy as jnp } from "flaxen"`. */
export { abs, add, ceil, clip, divide, floor, floorDivide, matmul, maximum, minimum, mod, multiply, negative, power, reciprocal, remainder, round, sign, square, subtract, trunc } from "./array/index.ts";
export { bitwiseAnd, bitwiseNot, bitwiseOr, bitwiseXor, copysign, degrees, hypot, leftShift, logaddexp, radians, rightShift, select, signbit } from "./array/index.ts";
export { allclose, arrayEqual, equal, greater, greaterEqual, isclose, isfinite, isinf, isnan, less, lessEqual, logicalAnd, logicalNot, logicalOr, logicalXor, nanToNum, notEqual, where } from "./array/index.ts";
export { arange, array, asarray, astype, diag, eye, full, fullLike, identity, isArray, linspace, meshgrid, NDArray, oneHot, ones, onesLike, promoteTypes, tri, tril, triu, zeros, zerosLike } from "./array/index.ts";
export { e, eulerGamma, finfo, iinfo, inf, nan, ndim, newaxis, pi, resultType, shape, size } from "./array/index.ts";
export { cos, erf, erfInv, exp, exp2, expm1, log, log10, log1p, log2, logistic, sin, sqrt, tan, tanh } from "./array/index.ts";
export { arraySplit, broadcastTo, concatenate, expandDims, flip, hstack, moveaxis, pad, ravel, repeat, reshape, roll, split, squeeze, stack, swapaxes, tile, transpose, unstack, vstack } from "./array/index.ts";
export { append, atleast1d, atleast2d, atleast3d, broadcastAllShapes as broadcastShapes, broadcastArrays, columnStack, dsplit, dstack, fliplr, flipud, hsplit, matrixTranspose, rot90, vsplit } from "./array/index.ts";
export { argwhere, flatnonzero, isin, nonzero, searchsorted, trilIndices, triuIndices, unique } from "./array/index.ts";
export { argsort, sort, take, takeAlongAxis, topK } from "./array/index.ts";
export type { AnyTypedArray, ArrayLike, At, AxisLike, CloseOptions, DType, EyeOptions, Index, LinspaceOptions, NanToNumOptions, Nested, NestedList, PadMode, PadOptions, PadWidth, Shape, ShapeLike, SliceText, SortOptions, TakeMode, TakeOptions, TypedArray } from "./array/index.ts";
export { diagonal, dot, einsum, inner, kron, matvec, outer, tensordot, trace, vdot, vecdot, vecmat } from "./array/index.ts";
export { average, diff, nanmax, nanmean, nanmin, nanprod, nansum, ptp } from "./array/index.ts";
export { all, any, argmax, argmin, countNonzero, cumprod, cumsum, linalg, logsumexp, max, mean, min, prod, std, sum, variance as var } from "./array/index.ts";
export type { ArgOptions, AverageOptions, Axes, DiagonalOptions, DiffOptions, FloatInfo, IntegerInfo, ReduceOptions, UniqueOptions, VarianceOptions } from "./array/index.ts";

// The other names that JAX has for some of these.
export { abs as absolute, array as copy, bitwiseNot as bitwiseInvert, bitwiseNot as invert, concatenate as concat, degrees as rad2deg, divide as trueDivide, leftShift as bitwiseLeftShift, max as amax, min as amin, power as pow, radians as deg2rad, rightShift as bitwiseRightShift, round as around, transpose as permuteDims, zeros as empty, zerosLike as emptyLike } from "./array/index.ts";
