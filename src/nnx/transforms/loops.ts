import type { ArrayLike, NDArray } from "../../array/index.ts";
import { asarray } from "../../array/index.ts";
import { assertFunction, describe, int, inTrees, orderedTrees } from "../../base/index.ts";

/** A truth value: JavaScript's, or an array of one element that is 0 or not. */
export type Truth = boolean | ArrayLike;

/** What `foriLoop` takes by name. */
interface ForiLoopNames<T> {
  readonly bodyFun: (i: number, value: T) => T;
  readonly initVal: T;
  /** How many steps JAX compiles into one: there is nothing to compile here, and no result changes. */
  readonly unroll?: number;
}

/** What `whileLoop` takes by name. */
interface WhileLoopNames<T> {
  readonly condFun: (value: T) => Truth;
  readonly bodyFun: (value: T) => T;
  readonly initVal: T;
}

/** A function of the one operand that has a name, if there is any. */
type Branch<A, R> = (operand: A) => R;

/** What `cond` takes by name. */
interface CondNames<A, R> {
  readonly trueFun: Branch<A, R>;
  readonly falseFun: Branch<A, R>;
  readonly operand?: A;
}

/** What `switch` takes by name. */
interface SwitchNames<A, R> {
  readonly branches: readonly Branch<A, R>[];
  readonly operand?: A;
}

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
export function foriLoop<T>(named: ForiLoopNames<T> & { readonly lower: number; readonly upper: number }): T;
export function foriLoop<T>(lower: number, named: ForiLoopNames<T> & { readonly upper: number }): T;
export function foriLoop<T>(lower: number, upper: number, named: ForiLoopNames<T>): T;
export function foriLoop<T>(
  lower: number,
  upper: number,
  body: (i: number, value: T) => T,
  named: Omit<ForiLoopNames<T>, "bodyFun">,
): T;
export function foriLoop<T extends readonly unknown[] | []>(
  lower: number,
  upper: number,
  body: (i: number, value: T) => T,
  init: T,
  options?: { readonly unroll?: number },
): T;
export function foriLoop<T>(
  lower: number,
  upper: number,
  body: (i: number, value: T) => T,
  init: T,
  options?: { readonly unroll?: number },
): T;
export function foriLoop<T>(): T {
  return inTrees(foriLoopOf<T>, arguments, 4, "nnx.foriLoop lower upper bodyFun initVal | * unroll:n");
}

function foriLoopOf<T>(lower: number, upper: number, body: (i: number, value: T) => T, init: T): T {
  assertFunction(body, 'nnx.foriLoop: "body"');
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
export function whileLoop<T>(named: WhileLoopNames<T>): T;
export function whileLoop<T>(condition: (value: T) => Truth, named: Omit<WhileLoopNames<T>, "condFun">): T;
export function whileLoop<T>(condition: (value: T) => Truth, body: (value: T) => T, named: { readonly initVal: T }): T;
export function whileLoop<T extends readonly unknown[] | []>(
  condition: (value: T) => Truth,
  body: (value: T) => T,
  init: T,
): T;
export function whileLoop<T>(condition: (value: T) => Truth, body: (value: T) => T, init: T): T;
export function whileLoop<T>(): T {
  return inTrees(whileLoopOf<T>, arguments, 3, "nnx.whileLoop condFun bodyFun initVal");
}

function whileLoopOf<T>(condition: (value: T) => Truth, body: (value: T) => T, init: T): T {
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
): R;
export function cond<A, R>(pred: Truth, trueFn: Branch<A, R>, falseFn: Branch<A, R>, named: { readonly operand: A }): R;
export function cond<A, R>(pred: Truth, named: CondNames<A, R>): R;
export function cond<A, R>(named: CondNames<A, R> & { readonly pred: Truth }): R;
export function cond<R>(): R {
  const [pred, trueFn, falseFn, ...operands] = orderedBranches(arguments, 3, "nnx.cond pred trueFun falseFun operand");
  assertFunction(trueFn, 'nnx.cond: "trueFn"');
  assertFunction(falseFn, 'nnx.cond: "falseFn"');
  const chosen = isTrue(pred, 'nnx.cond: "pred"') ? trueFn : falseFn;
  return (chosen as (...all: unknown[]) => R)(...operands);
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
): R;
export function switchFn<A, R>(index: ArrayLike, branches: readonly Branch<A, R>[], named: { readonly operand: A }): R;
export function switchFn<A, R>(index: ArrayLike, named: SwitchNames<A, R>): R;
export function switchFn<A, R>(named: SwitchNames<A, R> & { readonly index: ArrayLike }): R;
export function switchFn<R>(): R {
  const [index, branches, ...operands] = orderedBranches(arguments, 2, "nnx.switch index branches operand");
  if (!Array.isArray(branches) || branches.length === 0)
    throw new TypeError(`nnx.switch: "branches" expected at least one function, got ${describe(branches)}`);
  const wrong = branches.findIndex((branch) => typeof branch !== "function");
  if (wrong >= 0) assertFunction(branches[wrong], `nnx.switch: "branches[${wrong}]"`);
  const i = int(typeof index === "number" ? index : asarray(index as ArrayLike).item(), 'nnx.switch: "index"');
  return (branches as readonly ((...all: unknown[]) => R)[])[Math.min(Math.max(i, 0), branches.length - 1)]!(
    ...operands,
  );
}

/** The arguments in order of a function of branches, which have any number of operands, or one by name. */
function orderedBranches(args: IArguments, required: number, signature: string): unknown[] {
  return args.length > required + 1 ? Array.from(args) : orderedTrees(args, required, signature);
}
