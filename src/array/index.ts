/** What the floors above need of arrays; the public door of the numpy functions is src/numpy.ts. */
export { TO_ARRAY, toDense } from "./convert.ts";
export type { AnyTypedArray, ArrayLike, Nested } from "./convert.ts";
export { abstractDense, castDense, dense, isAbstract, zerosDense } from "./dense.ts";
export type { Dense } from "./dense.ts";
export { isDType, promote } from "./dtype.ts";
export type { DType, TypedArray } from "./dtype.ts";
export { cos, erf, erfInv, exp, expm1, log, log1p, logistic, power, sin, sqrt, tan, tanh } from "./elementary.ts";
export { NDArray } from "./ndarray.ts";
export { add, array, asarray, divide, isArray, matmul, multiply, negative, ones, subtract, zeros } from "./numpy.ts";
export { formatFloat32 } from "./print.ts";
export type { NestedList } from "./print.ts";
export { broadcastIndex, broadcastShapes, formatShape, sameShape, sizeOf, toShape } from "./shape.ts";
export type { Shape, ShapeLike } from "./shape.ts";
