import { assertOrder, describe } from "../../base/index.ts";

type AnyFunction = (...args: never[]) => unknown;

/**
 * Makes a function that does what `f` does: there is nothing to compile here, so that code written for JAX runs as it
 * is. The options (`staticArgnames`, `donateArgnums`, ...) are accepted and mean nothing. Called with options alone it
 * gives the decorator.
 *
 * @throws TypeError if `f` is no function
 *
 * Source: Flax 0.12.8 `flax/nnx/transforms/compilation.py` (`jit`).
 * @example
 * nnx.jit((model, x) => model(x), { donateArgnums: 0 })(model, jnp.ones([3])).shape // => [4]
 */
export function jit<F extends AnyFunction>(f: F, options?: object): F;
export function jit(options?: object): <F extends AnyFunction>(f: F) => F;
export function jit(first?: unknown): unknown {
  if (typeof first === "function") assertOrder(arguments, 1, AFTER);
  else if (typeof first === "object") assertOrder(arguments, 0, ALONE);
  return passThrough(first);
}

const NAMES =
  "| * inShardings outShardings staticArgnums staticArgnames donateArgnums donateArgnames keepUnused device " +
  "backend inline " +
  "graph graphUpdates";
const AFTER: string = "nnx.jit f " + NAMES;
const ALONE: string = "nnx.jit " + NAMES;

function passThrough(first: unknown): unknown {
  if (typeof first === "function") return (...args: unknown[]) => (first as (...all: unknown[]) => unknown)(...args);
  if (first === undefined || (typeof first === "object" && first !== null))
    return (f: unknown) => passThrough(f ?? null);
  throw new TypeError(`nnx.jit: "f" expected a function, got ${describe(first)}`);
}
