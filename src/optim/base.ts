import type { NDArray } from "../array/index.ts";
import { describe } from "../base/index.ts";
import type { Tree } from "./tree/node.ts";

/** A number, or an array of one element. */
export type Scalar = number | NDArray;

/** A value for each step: gets how many steps were done before, a whole number. */
export type Schedule = (count: number) => Scalar;

/** A value that is fixed, or changes with the steps. */
export type ScalarOrSchedule = Scalar | Schedule;

/** What some transformations ask for at an update besides gradients and parameters, by name. */
export type ExtraArgs = Readonly<Record<string, unknown>>;

/**
 * A transformation of gradients into updates: two pure functions. Optimizers are such transformations, and so are
 * their parts. What it keeps from step to step is its state, a tree.
 *
 * Source: optax 0.2.8 `optax/_src/base.py` (`GradientTransformation`).
 */
export interface GradientTransformation<S = unknown> {
  /** The state before the first step, for parameters of this structure. */
  init(params: Tree): S;
  /**
   * The updates to add to the parameters, and the next state. Nothing that it gets is changed.
   *
   * @param updates the gradients, or what a transformation before made of them
   * @param params the parameters, where the transformation needs them
   */
  update<T>(updates: T, state: S, params?: Tree, extra?: ExtraArgs): [updates: T, state: S];
}

/**
 * Under this symbol a transformation may have a method that makes a whole step, parameters and all, in one pass. A
 * registered one, so that two copies of the package know it.
 */
export const STEP: unique symbol = Symbol.for("flaxen.step") as never;

/** What a step gives: the updates, the transformation's next state and the parameters after it. */
export interface Stepped {
  /** They are computed when they are read. */
  readonly updates: Tree;
  readonly state: unknown;
  readonly params: Tree;
}

/** The type of a transformation's state. */
export type StateOf<T> = T extends GradientTransformation<infer S> ? S : never;

/** A transformation of two functions on trees of any type. */
export function transformation<S>(
  init: (params: Tree) => S,
  update: (updates: Tree, state: S, params: Tree, extra: ExtraArgs) => [Tree, S],
): GradientTransformation<S> {
  return {
    init,
    update: (updates, state, params, extra = {}) => update(updates, state, params ?? undefined, extra) as never,
  };
}

/** @throws TypeError if a transformation that needs the parameters did not get them */
export function requireParams(fn: string, params: Tree): void {
  if (params !== undefined) return;
  throw new TypeError(
    `optax.${fn}: "params" expected the parameters, got none.\n  wrong: tx.update(grads, state)\n  right: ` +
      "tx.update(grads, state, params)",
  );
}

/**
 * What an update asks for by name.
 *
 * @throws TypeError if it is not there
 */
export function requireExtra(fn: string, name: string, extra: ExtraArgs): unknown {
  if (extra[name] !== undefined) return extra[name];
  throw new TypeError(
    `optax.${fn}: "${name}" expected a value at every update, got ${describe(extra[name])}.\n  right: ` +
      `tx.update(grads, state, params, { ${name} })`,
  );
}
