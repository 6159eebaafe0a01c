import type { JvpNames, JvpOptions } from "../../autodiff/index.ts";
import { jvpOf, vjpOf } from "../../autodiff/index.ts";
import { inTrees } from "../../base/index.ts";
import type { Givens, Gradient } from "./gradtypes.ts";
import { ModelTrees } from "./trees.ts";

/** Gradients, one an argument, for a cotangent of the form of the result. */
export type VjpFn<A extends readonly unknown[]> = (ct: unknown) => { -readonly [K in keyof A]: Gradient<A[K]> };

/**
 * The value of `f` at some arguments, and a function that gives the gradients towards all of them for a cotangent of
 * the value. It may be called again and again. The gradient of a module is a State of all its floats, statistics too.
 * Options come last: with `{ hasAux: true }` `f` returns `[out, aux]`, and the result is `[out, vjpFn, aux]`.
 *
 * What `f` writes to Variables stays; after an error all are as before.
 *
 * @throws TypeError if `f` does not give arrays or nests of arrays
 *
 * Source: Flax 0.12.8 `flax/nnx/transforms/autodiff.py` (`vjp`).
 * @example
 * const layer = new nnx.Linear(2, 3, { rngs: new nnx.Rngs(0) });
 * const [out, vjpFn] = nnx.vjp((layer, x) => layer(x), layer, jnp.ones([2]));
 * const [grads, xGrad] = vjpFn(jnp.ones([3]));
 * [grads.get("bias").get().tolist(), xGrad.shape] // => [[1, 1, 1], [2]]
 */
export function vjp<A extends readonly unknown[], R, X>(
  f: (...args: A) => readonly [out: R, aux: X],
  ...primals: readonly [...Givens<A>, { readonly hasAux: true }]
): [out: R, vjpFn: VjpFn<A>, aux: X];
export function vjp<A extends readonly unknown[], R>(
  f: (...args: A) => R,
  ...primals: Givens<A>
): [out: R, vjpFn: VjpFn<A>];
export function vjp(f: (...args: never[]) => unknown, ...primals: readonly unknown[]): unknown {
  return vjpOf("nnx.vjp", f, primals, new ModelTrees());
}

/**
 * The value of `f` at `primals`, and its derivative in the direction `tangents`: `[out, tangentOut]`, and
 * `[out, tangentOut, aux]` with `hasAux`. The tangent of a module is a State of all its floats, or plain nested objects
 * of arrays.
 *
 * @throws TypeError if the forms differ; ShapeError if shapes do
 *
 * Source: Flax 0.12.8 `flax/nnx/transforms/autodiff.py` (`jvp`).
 * @example
 * const tangent = { kernel: jnp.ones([3, 4]) };
 * const [, out] = nnx.jvp((model, x) => model(x), [model, jnp.ones([3])], [tangent, jnp.zeros([3])]);
 * out.tolist() // => [3, 3, 3, 3]
 */
export function jvp<A extends readonly unknown[], R, X>(
  f: (...args: A) => readonly [out: R, aux: X],
  primals: Givens<A>,
  tangents: readonly unknown[],
  options: { readonly hasAux: true },
): [out: R, tangentOut: R, aux: X];
export function jvp<A extends readonly unknown[], R>(
  f: (...args: A) => R,
  primals: Givens<A>,
  tangents: readonly unknown[],
  options?: JvpOptions,
): [out: R, tangentOut: R];
export function jvp<A extends readonly unknown[], R, X>(
  f: (...args: A) => readonly [out: R, aux: X],
  named: JvpNames<A> & { readonly hasAux: true },
): [out: R, tangentOut: R, aux: X];
export function jvp<A extends readonly unknown[], R>(
  f: (...args: A) => R,
  named: JvpNames<A> & JvpOptions,
): [out: R, tangentOut: R];
export function jvp(): unknown {
  return inTrees(jvpBy, arguments, 3, "nnx.jvp f primals tangents | * hasAux");
}

function jvpBy(
  f: (...args: never[]) => unknown,
  primals: readonly unknown[],
  tangents: readonly unknown[],
  options: JvpOptions = {},
): unknown {
  return jvpOf("nnx.jvp", f, primals, tangents, options, new ModelTrees());
}
