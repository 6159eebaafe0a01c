import type { ArrayLike, NDArray } from "../../array/index.ts";
import { asarray } from "../../array/index.ts";
import { assertFunction, assertOrder, describe, int, refuseSurplus } from "../../base/index.ts";

/** A truth value: JavaScript's, or an array of one element that is 0 or not. */
export type Truth = boolean | ArrayLike;

function isTrue(x: unknown, name: string): boolean {
  if (typeof x === "boolean") return x;
  const array: NDArray = asarray(x as ArrayLike);
  if (array.size !== 1)
    throw new TypeError(`${name} expected a boolean or an array of one element, got ${describe(x)}`);
  return array.item() !== 0;
}

/**
 * `body(i, value)` for i from `lower` up to and without `upper`, each with the value the one before returned.
 *
 * Source: JAX 0.10.2 `jax/_src/lax/control_flow/loops.py`, Flax 0.12.8 `flax/nnx/transforms/iteration.py`
 * (`fori_loop`).
 * @example
 * nnx.foriLoop(0, 4, (i, sum) => sum + i, 0) // => 6
 */
export function foriLoop<T extends readonly unknown[] | []>(
  lower: number,
  upper: number,
  body: (i: number, value: T) => T,
  init: T,
): T;
export function foriLoop<T>(lower: number, upper: number, body: (i: number, value: T) => T, init: T): T;
export function foriLoop<T>(lower: number, upper: number, body: (i: number, value: T) => T, init: T): T {
  assertOrder(arguments, 4, "nnx.foriLoop lower upper bodyFun initVal * unroll:n");
  const end = int(upper, 'nnx.foriLoop: "upper"');
  let value = init;
  for (let i = int(lower, 'nnx.foriLoop: "lower"'); i < end; i++) value = body(i, value);
  return value;
}

/**
 * `body(value)` again and again while `condition(value)` is true.
 *
 * Source: Flax 0.12.8 `flax/nnx/transforms/iteration.py` (`while_loop`).
 * @example
 * nnx.whileLoop((x) => x < 100, (x) => x * 2, 1) // => 128
 */
export function whileLoop<T extends readonly unknown[] | []>(
  condition: (value: T) => Truth,
  body: (value: T) => T,
  init: T,
): T;
export function whileLoop<T>(condition: (value: T) => Truth, body: (value: T) => T, init: T): T;
export function whileLoop<T>(condition: (value: T) => Truth, body: (value: T) => T, init: T): T {
  if (arguments.length > 3) refuseSurplus("nnx.whileLoop", "condFun bodyFun initVal", arguments, false);
  assertFunction(condition, 'nnx.whileLoop: "condition"');
  assertFunction(body, 'nnx.whileLoop: "body"');
  let value = init;
  while (isTrue(condition(value), 'nnx.whileLoop: "condition"')) value = body(value);
  return value;
}

/**
 * What one of two functions makes of the operands.
 *
 * Source: Flax 0.12.8 `flax/nnx/transforms/general.py`, `transforms/transforms.py` (`cond`).
 * @example
 * nnx.cond(jnp.array(true), (x) => x + 1, (x) => x - 1, 5) // => 6
 */
export function cond<A extends readonly unknown[], R>(
  pred: Truth,
  trueFn: (...operands: A) => R,
  falseFn: (...operands: A) => R,
  ...operands: A
): R {
  for (const [name, f] of [
    ["trueFn", trueFn],
    ["falseFn", falseFn],
  ] as const)
    assertFunction(f, `nnx.cond: "${name}"`);
  return isTrue(pred, 'nnx.cond: "pred"') ? trueFn(...operands) : falseFn(...operands);
}

/**
 * What the function of an index makes of the operands; an index outside the list means the nearest.
 *
 * Source: Flax 0.12.8 `flax/nnx/transforms/transforms.py` (`switch`).
 * @example
 * nnx.switch(7, [(x) => x, (x) => -x], 5) // => -5
 */
export function switchFn<A extends readonly unknown[], R>(
  index: ArrayLike,
  branches: readonly ((...operands: A) => R)[],
  ...operands: A
): R {
  if (!Array.isArray(branches) || branches.length === 0)
    throw new TypeError(`nnx.switch: "branches" expected at least one function, got ${describe(branches)}`);
  const i = int(typeof index === "number" ? index : asarray(index).item(), 'nnx.switch: "index"');
  return (branches as readonly ((...all: A) => R)[])[Math.min(Math.max(i, 0), branches.length - 1)]!(...operands);
}
