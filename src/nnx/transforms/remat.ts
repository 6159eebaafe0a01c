import type { NDArray } from "../../array/index.ts";
import { isArray, isFloat } from "../../array/index.ts";
import type { Flat, Outcome } from "../../autodiff/index.ts";
import { currentTape, recomputed } from "../../autodiff/index.ts";
import { assertFunction, assertOrder, describe } from "../../base/index.ts";
import { holdRecords } from "../modules/capture.ts";
import type { VariableValue } from "../variables/variable.ts";
import type { Slot } from "./slots.ts";
import { ModelTrees, modulesOf, storesOf } from "./trees.ts";
import type { AnyFunction, ListFunction } from "./functiontypes.ts";

/**
 * A function that does what `f` does, and whose backward pass runs `f` again instead of keeping the arrays that it
 * computes: time for memory. It runs on the values that modules among the arguments had the first time, the counts of
 * their Rngs too, so that the gradients have the same bits.
 *
 * All that `f` computes is computed again: options such as `policy` and `preventCse`, which choose in Flax what is
 * kept, are accepted and change no value. Called with options alone it gives the decorator.
 *
 * @throws TypeError if `f` is not a function
 *
 * Source: Flax 0.12.8 `flax/nnx/transforms/autodiff.py` (`remat`).
 * @example
 * const forward = nnx.remat((layer, x) => layer(x));
 * nnx.grad((layer, x) => forward(layer, x).sum())(model, jnp.ones([3])).get("kernel").shape // => [3, 4]
 */
export function remat<F extends ListFunction>(f: F, options?: object): F;
export function remat<F extends AnyFunction>(f: F, options?: object): F;
export function remat(options?: object): <F extends AnyFunction>(f: F) => F;
export function remat(first?: unknown): unknown {
  const names = "| * preventCse staticArgnums policy graph graphUpdates";
  if (typeof first === "function") assertOrder(arguments, 1, `nnx.remat f ${names}`);
  else if (typeof first === "object") assertOrder(arguments, 0, `nnx.remat ${names}`);
  if (typeof first !== "function") {
    if (first !== undefined && (typeof first !== "object" || first === null))
      throw new TypeError(`nnx.remat: "f" expected a function, got ${describe(first)}`);
    return (f: unknown) => {
      assertFunction(f, 'nnx.remat: "f"');
      return remat(f as AnyFunction);
    };
  }
  const f = first as (...args: unknown[]) => unknown;
  return (...args: unknown[]) => (currentTape() === undefined ? f(...args) : rematerialized(f, args));
}

/**
 * Calls `f` as a pure function of all arrays that the arguments hold, which gives all that it returns or stores. It
 * runs again on the values that are there now.
 */
function rematerialized(f: (...args: unknown[]) => unknown, args: readonly unknown[]): unknown {
  const trees = new ModelTrees();
  const slots = storesOf(args);
  const given = trees.flattenAround(args, "nnx.remat: the arguments");
  const passed = given.leaves.length;
  const values: unknown[] = [...given.leaves.map(([, x]) => x), ...slots.map((slot) => slot.get())];
  const active = values.flatMap((x, place) => (isFloatArray(x) ? [place] : []));
  const withRecords = holdRecords(modulesOf(args));
  let isFirst = true;
  const run = (inputs: readonly NDArray[]): Outcome<Effects> => {
    const all = [...values];
    inputs.forEach((x, i) => (all[active[i]!] = x));
    const put = all.slice(passed);
    // Places that the first run has made are there when it runs again.
    const before = storesOf(args).map((slot) => [slot, slot.get()] as const);
    slots.forEach((slot, i) => fill(slot, put[i] as VariableValue));
    try {
      const call = (): unknown => f(...(given.build(all) as unknown[]));
      const out = trees.flatten(isFirst ? call() : withRecords(call), 'nnx.remat: the result of "f"');
      const stored = slots.flatMap((slot, i) => (slot.get() === put[i] ? [] : [[slot, slot.get()] as const]));
      const floats = stored.flatMap(([, value]) => (isFloatArray(value) ? [value] : []));
      return { arrays: [...out.leaves.map(([, x]) => x), ...floats], rest: { out, stored } };
    } finally {
      isFirst = false;
      for (const [slot, value] of before) fill(slot, value);
    }
  };
  const inputs = active.map((place) => values[place] as NDArray);
  const { arrays, rest } = recomputed(inputs, run);
  let next = rest.out.leaves.length;
  for (const [slot, value] of rest.stored) slot.set(isFloatArray(value) ? arrays[next++]! : value);
  return rest.out.build(arrays);
}

/** What a call returned, and what it stored where. */
interface Effects {
  readonly out: Flat;
  readonly stored: readonly (readonly [Slot, VariableValue])[];
}

function isFloatArray(x: unknown): x is NDArray {
  return isArray(x) && isFloat(x.dtype);
}

function fill(slot: Slot, value: VariableValue): void {
  if (slot.get() !== value) slot.set(value);
}
