import { assertFunction, assertOrder, describe } from "../../base/index.ts";
import type { Axes } from "./axes.ts";
import { axesOf, Carry } from "./axes.ts";
import { commonLength, isTuple, operand } from "./operand.ts";
import { together } from "./vmap.ts";

/** What `scan` goes along, and in which direction. */
export interface ScanOptions {
  /**
   * `nnx.Carry` for what goes from step to step; for the others an axis, null or an `nnx.StateAxes`. Default: the
   * carry, then axis 0 for all.
   */
  readonly inAxes?: Axes;
  /** The same for the results. Default: the carry, then axis 0. */
  readonly outAxes?: Axes;
  /** How many steps there are, where no argument says so. */
  readonly length?: number;
  /** From the last index to the first. */
  readonly reverse?: boolean;
}

/**
 * A function that calls `f` for every index of its arguments' axes, one after another, and hands what is marked
 * `nnx.Carry` from one call to the next; the other results are stacked. With a stack of layers (`nnx.vmap`) among the
 * arguments this is a forward pass through all of them.
 *
 * @throws TypeError if the results do not have the carry where `outAxes` says; ShapeError, RangeError as `nnx.vmap`
 *
 * Source: Flax 0.12.8 `flax/nnx/transforms/iteration.py` (`scan`).
 * @example
 * const square = (key) => new ModuleBasics(3, 3, new nnx.Rngs(key));
 * const layers = nnx.vmap(square)(random.split(random.key(0), 5));
 * const forward = nnx.scan((x, layer) => layer(x), { inAxes: [nnx.Carry, 0], outAxes: nnx.Carry });
 * forward(jnp.ones([3]), layers).shape // => [3]
 */
export function scan<A extends readonly unknown[], R extends readonly unknown[] | []>(
  f: (...args: A) => R,
  options?: ScanOptions,
): (...args: A) => R;
export function scan<A extends readonly unknown[], R>(f: (...args: A) => R, options?: ScanOptions): (...args: A) => R;
export function scan<A extends readonly unknown[], R>(
  f: (...args: A) => R,
  { inAxes, outAxes = [Carry, 0], length: given, reverse = false }: ScanOptions = {},
): (...args: A) => R {
  assertOrder(arguments, 1, "nnx.scan f | * length reverse:b unroll:n inAxes outAxes");
  assertFunction(f, 'nnx.scan: "f"');
  return (...args) => {
    const axes = axesOf(inAxes ?? [Carry, ...args.slice(1).map(() => 0)], args.length, 'nnx.scan: "inAxes"');
    const carryIn = axes.indexOf(Carry);
    const carryOut = Array.isArray(outAxes) ? outAxes.indexOf(Carry) : outAxes === Carry ? 0 : -1;
    if (carryIn >= 0 !== carryOut >= 0)
      throw new TypeError(`nnx.scan: "inAxes" and "outAxes" expected nnx.Carry in both or in neither, got it in one`);
    const operands = args.map((arg, i) =>
      i === carryIn ? operand(undefined, null, "nnx.scan") : operand(arg, axes[i]!, `nnx.scan: argument ${i}`),
    );
    const length = commonLength(operands, given, "scan");
    let carry = args[carryIn];
    const results: unknown[] = [];
    for (let step = 0; step < length; step++) {
      const i = reverse ? length - 1 - step : step;
      const result = f(...(operands.map((one, at) => (at === carryIn ? carry : one.at(i))) as unknown as A));
      for (const one of operands) one.after(i);
      if (carryOut >= 0) carry = carryOf(result, outAxes, carryOut);
      results[i] = result;
    }
    for (const one of operands) one.finish();
    if (outAxes === Carry) return carry as R;
    const stacked = together(
      results,
      Array.isArray(outAxes) ? outAxes.map((axis) => (axis === Carry ? null : axis)) : outAxes,
      "scan",
    );
    return (
      carryOut < 0 ? stacked : (stacked as readonly unknown[]).map((item, i) => (i === carryOut ? carry : item))
    ) as R;
  };
}

function carryOf(result: unknown, outAxes: Axes, at: number): unknown {
  if (!Array.isArray(outAxes)) return result;
  if (!isTuple(result) || result.length !== outAxes.length)
    throw new TypeError(
      `nnx.scan: "f" expected to return a plain array of ${outAxes.length}, as "outAxes" says, got ${describe(result)}`,
    );
  return result[at];
}
