import type { CustomVjp, CustomVjpOptions } from "../../autodiff/index.ts";
import { customVjpOf } from "../../autodiff/index.ts";
import { ModelTrees } from "./trees.ts";

export type { CustomVjp, CustomVjpOptions } from "../../autodiff/index.ts";

/**
 * A function that does what `f` does, with a gradient that `defvjp` gives. The cotangent of a module is a State of all
 * its floats, plain nested objects of arrays, or null for zeros.
 *
 * @throws TypeError if `f` is not a function. Differentiating throws a TypeError if `defvjp` was not called, or `bwd`
 * does not give one cotangent for each argument, a ShapeError if one has another shape
 *
 * Source: Flax 0.12.8 `flax/nnx/transforms/autodiff.py` (`custom_vjp`).
 * @example
 * const apply = nnx.customVjp((layer, x) => layer(x));
 * apply.defvjp((layer, x) => [layer(x), x], (x, ct) => [null, jnp.ones(x.shape)]);
 * nnx.grad((x) => apply(model, x).sum(), { argnums: 0 })(jnp.zeros([3])).tolist() // => [1, 1, 1]
 */
export function customVjp<A extends readonly unknown[], R>(
  f: (...args: A) => R,
  options: CustomVjpOptions = {},
): CustomVjp<A, R> {
  return customVjpOf("nnx.customVjp", f, options, () => new ModelTrees());
}
