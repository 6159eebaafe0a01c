import { assertFunction, assertOrder } from "../../base/index.ts";
import type { Axes } from "./axes.ts";
import { axesOf, Carry, checkAxis } from "./axes.ts";
import { asStep } from "../variables/ownership.ts";
import { collect, commonLength, isTuple, operand } from "./operand.ts";

/** Along which axes `vmap` takes arguments apart and puts results together. */
export interface VmapOptions {
  /**
   * One axis for all arguments, or a list of one an argument: a number, null to pass it whole, an `nnx.StateAxes`.
   * Default 0.
   */
  readonly inAxes?: Axes;
  /** The same for the result, or for each item of a plain array of results. Default 0; null keeps the last. */
  readonly outAxes?: Axes;
  /** How many steps there are, where no argument says so. */
  readonly axisSize?: number;
}

/**
 * A function that calls `f` once for every index of the arguments' axes, one after another, and stacks the results:
 * a loop, not a parallel program, with JAX's results. Modules are taken apart too, each step with Variables of its own;
 * what the steps write into these is stacked and written back. A module that is passed whole (null) starts every step
 * as it was; what the steps write to it must be the same, and is kept.
 *
 * A function that returns a module gives one whose leaves have a leading axis: a stack of layers.
 *
 * @throws ShapeError if axes have different lengths, or results different shapes; RangeError if there is no step, or if
 * steps write different values to a module that is passed whole, as a BatchNorm in training does; TypeError if a step
 * writes to a Variable that `f` captured
 *
 * Source: Flax 0.12.8 `flax/nnx/transforms/iteration.py` (`vmap`).
 * @example
 * const rngs = new nnx.Rngs(0);
 * const stack = nnx.vmap((key) => new ModuleBasics(3, 4, new nnx.Rngs(key)))(random.split(rngs.params(), 5));
 * stack.kernel.shape // => [5, 3, 4]
 * nnx.vmap((layer, x) => layer(x), { inAxes: [0, null] })(stack, jnp.ones([3])).shape // => [5, 4]
 */
export function vmap<A extends readonly unknown[], R extends readonly unknown[] | []>(
  f: (...args: A) => R,
  options?: VmapOptions,
): (...args: A) => R;
export function vmap<A extends readonly unknown[], R>(f: (...args: A) => R, options?: VmapOptions): (...args: A) => R;
export function vmap<A extends readonly unknown[], R>(
  f: (...args: A) => R,
  { inAxes = 0, outAxes = 0, axisSize }: VmapOptions = {},
): (...args: A) => R {
  assertOrder(arguments, 1, "nnx.vmap f | * inAxes outAxes axisSize axisName:0 spmdAxisName:0");
  assertFunction(f, 'nnx.vmap: "f"');
  return (...args) => {
    const axes = axesOf(inAxes, args.length, 'nnx.vmap: "inAxes"');
    if (axes.includes(Carry))
      throw new TypeError(
        'nnx.vmap: "inAxes" expected numbers, null or StateAxes, got nnx.Carry, which is for nnx.scan',
      );
    const operands = args.map((arg, i) => operand(arg, axes[i]!, `nnx.vmap: argument ${i}`));
    const length = commonLength(operands, axisSize, "vmap");
    const results: R[] = [];
    for (let i = 0; i < length; i++) {
      results.push(asStep(() => f(...(operands.map((one) => one.at(i)) as unknown as A))));
      for (const one of operands) one.after(i);
    }
    for (const one of operands) one.finish(true);
    return together(results, outAxes, "vmap") as R;
  };
}

/** The results of all steps by `outAxes`. */
export function together(results: readonly unknown[], outAxes: Axes, fn: string): unknown {
  const name = `nnx.${fn}: the result`;
  if (!Array.isArray(outAxes)) return collect(results, checkAxis(outAxes, `nnx.${fn}: "outAxes"`), name);
  const [first] = results;
  if (!isTuple(first))
    throw new TypeError(
      `nnx.${fn}: "outAxes" expected one axis for a result that is no plain array, got ${outAxes.length}`,
    );
  return axesOf(outAxes, first.length, `nnx.${fn}: "outAxes"`).map((axis, i) =>
    collect(
      results.map((result) => (result as readonly unknown[])[i]),
      axis,
      `${name}[${i}]`,
    ),
  );
}
