import { assertFunction } from "../base/index.ts";
import { assertOptions } from "./options.ts";
import type { Linearized } from "./linearize.ts";
import { linearize, matching } from "./linearize.ts";
import { share } from "./gradient.ts";
import type { Trees } from "./primal.ts";
import { nests } from "./primal.ts";
import type { Givens, Gradient } from "./types.ts";

/** Gradients, one an argument, for a cotangent of the form of the result. */
export type VjpFn<A extends readonly unknown[]> = (ct: unknown) => { -readonly [K in keyof A]: Gradient<A[K]> };

/**
 * The value of `f` at some arguments, and a function that gives the gradients towards all of them for a cotangent of
 * the value. It may be called again and again; a cotangent has the form of the value, null for an integer. Options come
 * last: with `{ hasAux: true }` `f` returns `[out, aux]`, and the result is `[out, vjpFn, aux]`.
 *
 * @throws TypeError if `f` does not give arrays or nests of arrays
 *
 * Source: JAX 0.10.2 `jax/_src/api.py` (`vjp`).
 * @example
 * const [out, vjpFn] = vjp((x, y) => x.mul(y), jnp.array([1, 2]), jnp.array([3, 4]));
 * [out.tolist(), ...vjpFn([1, 10]).map((g) => g.tolist())] // => [[3, 8], [3, 40], [1, 20]]
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
  return vjpOf("vjp", f, primals, nests);
}

/** What `vjp` gives, for a family of arguments. */
export function vjpOf(fn: string, f: (...args: never[]) => unknown, given: readonly unknown[], trees: Trees): unknown {
  assertFunction(f, `${fn}: "f"`);
  const [args, hasAux] = splitOptions(given, fn);
  const linear = linearize({ fn, f, hasAux, allowInt: true }, args, trees);
  const vjpFn = (...cts: readonly unknown[]): unknown => gradientsOf(linear, cts, fn);
  return hasAux ? [linear.out, vjpFn, linear.aux] : [linear.out, vjpFn];
}

function gradientsOf({ flat, primals, pullback }: Linearized, cts: readonly unknown[], fn: string): unknown[] {
  if (cts.length !== 1)
    throw new TypeError(`${fn}: vjpFn expected one cotangent of the form of the result, got ${cts.length}`);
  const gradients = pullback(matching(cts[0], flat, `${fn}: the cotangent`));
  return share(primals, gradients).map((part, i) => primals[i]!.build(part));
}

/** Arguments, and options where the last of them is nothing but options. */
function splitOptions(given: readonly unknown[], fn: string): [args: readonly unknown[], hasAux: boolean] {
  const last = given.at(-1);
  if (typeof last !== "object" || last === null || typeof (last as { hasAux?: unknown }).hasAux !== "boolean")
    return [given, false];
  assertOptions(last, ["hasAux"], fn);
  return [given.slice(0, -1), (last as { hasAux: boolean }).hasAux];
}
