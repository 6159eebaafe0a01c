/** What Python gathers under `jax`: `import { jax } from "flaxen"`, then `jax.nn.relu(x)`, `jax.tree.map(f, tree)`. */
import type { ArrayLike, NDArray } from "./array/index.ts";
import { asarray } from "./array/index.ts";

export * from "./absent/jax.ts";
export { NDArray as Array } from "./array/index.ts";
export {
  checkpoint,
  checkpoint as remat,
  customVjp,
  grad,
  hessian,
  jacfwd,
  jacrev,
  jvp,
  valueAndGrad,
  vjp,
} from "./autodiff/index.ts";
export { evalShape, jit, vmap } from "./nnx/index.ts";
export { ShapeDtypeStruct } from "./shapedtypestruct.ts";
export * as image from "./image/index.ts";
export * as lax from "./lax/index.ts";
export * as nn from "./nn/index.ts";
export * as numpy from "./numpy.ts";
export * as ops from "./ops.ts";
export * as random from "./random/index.ts";
export * as tree from "./tree.ts";
export * as treeUtil from "./treeutil.ts";

/**
 * What it is given: calls are done when they return.
 *
 * Source: JAX 0.10.2 `jax/_src/api.py` (`block_until_ready`).
 * @example
 * jax.blockUntilReady(5) // => 5
 */
export function blockUntilReady<T>(x: T): T {
  return x;
}

/**
 * Nothing: calls are done when they return, and so are their effects.
 *
 * Source: JAX 0.10.2 `jax/_src/api.py` (`effects_barrier`).
 * @example
 * jax.effectsBarrier() // => undefined
 */
export function effectsBarrier(): void {}

/**
 * The slices of `x` along an axis.
 *
 * @throws RangeError if there is no such axis
 * @example
 * jax.unstack([[1, 2], [3, 4]]).map((row) => row.tolist()) // => [[1, 2], [3, 4]]
 */
export function unstack(x: ArrayLike, axis = 0): NDArray[] {
  return asarray(x).unstack(axis);
}
