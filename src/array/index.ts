/** What the floors above need of arrays; the public door of the numpy functions is src/numpy.ts. */
export { TO_ARRAY } from "./convert.ts";
export type { AnyTypedArray, ArrayLike, Nested } from "./convert.ts";
export { dense, zerosDense } from "./dense.ts";
export type { DType, TypedArray } from "./dtype.ts";
export { NDArray } from "./ndarray.ts";
export { add, array, asarray, divide, isArray, matmul, multiply, negative, ones, sqrt, subtract, zeros } from "./numpy.ts";
export { formatFloat32 } from "./print.ts";
export type { NestedList } from "./print.ts";
export { formatShape, sameShape, sizeOf, toShape } from "./shape.ts";
export type { Shape, ShapeLike } from "./shape.ts";
