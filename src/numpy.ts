/** The numpy functions, with JAX's names and semantics: `import { numpy as jnp } from "flaxen"`. */
export { add, array, asarray, divide, isArray, matmul, multiply, negative, NDArray, ones, sqrt, subtract, zeros } from "./array/index.ts";
export type { AnyTypedArray, ArrayLike, DType, Nested, NestedList, Shape, ShapeLike, TypedArray } from "./array/index.ts";
