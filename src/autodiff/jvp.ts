import { assertFunction, describe, inTrees } from "../base/index.ts";
import { linearize, matching } from "./linearize.ts";
import { assertOptions } from "./options.ts";
import type { Trees } from "./primal.ts";
import { nests } from "./primal.ts";
import type { Givens } from "./types.ts";

/** What `jvp` takes besides function, primals and tangents. */
export interface JvpOptions {
  /** Whether `f` returns `[out, aux]`. */
  readonly hasAux?: boolean;
}

/** What `jvp` takes by name, beside its options. */
export interface JvpNames<A extends readonly unknown[]> {
  readonly primals: Givens<A>;
  readonly tangents: readonly unknown[];
}

/**
 * The value of `f` at `primals`, and its derivative in the direction `tangents`: `[out, tangentOut]`, and
 * `[out, tangentOut, aux]` with `hasAux`. Tangents have the form of the arguments, null for an integer.
 *
 * The derivative is the transpose of the backward pass, so that it costs about two of them.
 *
 * @throws TypeError if the forms differ; ShapeError if shapes do
 *
 * Source: JAX 0.10.2 `jax/_src/api.py` (`jvp`).
 * @example
 * jvp((x) => x.mul(x), [jnp.array([1, 2])], [jnp.array([1, 10])]).map(String) // => ["[1. 4.]", "[ 2. 40.]"]
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
  return inTrees(jvpBy, arguments, 3, "jvp f primals tangents | * hasAux");
}

function jvpBy(
  f: (...args: never[]) => unknown,
  primals: readonly unknown[],
  tangents: readonly unknown[],
  options: JvpOptions = {},
): unknown {
  return jvpOf("jvp", f, primals, tangents, options, nests);
}

/** What `jvp` gives, for a family of arguments. */
export function jvpOf(
  fn: string,
  f: (...args: never[]) => unknown,
  args: readonly unknown[],
  tangents: readonly unknown[],
  options: JvpOptions,
  trees: Trees,
): unknown {
  assertFunction(f, `${fn}: "f"`);
  assertOptions(options, ["hasAux"], fn);
  const { hasAux = false } = options;
  for (const [name, list] of Object.entries({ primals: args, tangents }))
    if (!Array.isArray(list))
      throw new TypeError(`${fn}: "${name}" expected a list of arguments, got ${describe(list)}`);
  if (args.length !== tangents.length)
    throw new RangeError(`${fn}: "tangents" expected one for each of ${args.length} primals, got ${tangents.length}`);
  const { out, aux, primals, flat, pushforward } = linearize({ fn, f, hasAux, allowInt: true }, args, trees);
  const given = primals.flatMap((primal, i) => matching(tangents[i], primal, `${fn}: tangent ${i}`));
  const tangentOut = flat.build(pushforward()(given));
  return hasAux ? [out, tangentOut, aux] : [out, tangentOut];
}
