import { describe, refuseSurplus } from "../../base/index.ts";
import type { Filter } from "../graph/filter.ts";
import { toPredicate } from "../graph/filter.ts";
import type { Leaf } from "../graph/leaf.ts";
import type { Path } from "../tree/path.ts";

/**
 * Marks what goes from one step of `nnx.scan` to the next.
 *
 * @example
 * const add = (sum, x) => [sum.add(x), sum];
 * const scan = nnx.scan(add, { inAxes: [nnx.Carry, 0], outAxes: [nnx.Carry, 0] });
 * const [last, all] = scan(jnp.zeros([]), jnp.array([1, 2, 3]));
 * [last.item(), all.tolist()] // => [6, [0, 1, 3]]
 */
export const Carry: unique symbol = Symbol.for("flaxen.carry") as never;

/**
 * Along which axis something is taken apart and put together; null: the same for all; `nnx.Carry`: from step to step.
 */
export type Axis = number | null | typeof Carry;

/**
 * Axes for the leaves of a module by filter; the first that matches a leaf decides.
 *
 * Source: Flax 0.12.8 `flax/nnx/transforms/iteration.py` (`StateAxes`).
 * @example
 * new nnx.StateAxes([[nnx.Param, 0], [nnx.Rest, null]]).axisOf(["kernel"], new nnx.Param(1)) // => 0
 */
export class StateAxes {
  readonly #rules: readonly (readonly [ReturnType<typeof toPredicate>, Axis])[];

  /** @param axes pairs of filter and axis, a Map of them, or an object from tags to axes */
  constructor(axes: Iterable<readonly [Filter, Axis]> | Readonly<Record<string, Axis>>) {
    if (arguments.length > 1) refuseSurplus("nnx.StateAxes", "axes", arguments, false);
    if (typeof axes !== "object" || axes === null)
      throw new TypeError(`nnx.StateAxes: "axes" expected pairs of a filter and an axis, got ${describe(axes)}`);
    const pairs =
      Symbol.iterator in axes
        ? [...(axes as Iterable<readonly [Filter, Axis]>)]
        : Object.entries(axes as Record<string, Axis>);
    this.#rules = pairs.map((pair) => {
      if (!Array.isArray(pair))
        throw new TypeError(`nnx.StateAxes: "axes" expected pairs of a filter and an axis, got ${describe(pair)}`);
      const [filter, axis] = pair as readonly [Filter, Axis];
      return [toPredicate(filter), axis];
    });
  }

  /**
   * The axis of a leaf.
   *
   * @throws RangeError if no filter matches
   */
  axisOf(path: Path, leaf: Leaf): Axis {
    const rule = this.#rules.find(([matches]) => matches(path, leaf));
    if (rule) return rule[1];
    throw new RangeError(
      `nnx.StateAxes: "axes" expected a filter that matches ${path.join("/")}, got none. End with [nnx.Rest, null]`,
    );
  }
}

/** Axes for the arguments or results of a transformed function. */
export type Axes = Axis | StateAxes | readonly (Axis | StateAxes)[];

/** @throws TypeError if `axis` is not an axis */
export function checkAxis(axis: unknown, name: string): Axis | StateAxes {
  if (typeof axis === "number" || axis === null || axis === Carry || axis instanceof StateAxes)
    return axis as Axis | StateAxes;
  throw new TypeError(`${name} expected a number, null, nnx.Carry or an nnx.StateAxes, got ${describe(axis)}`);
}

/** The axes of `n` arguments: one for all, or a list of them. */
export function axesOf(axes: Axes, n: number, name: string): (Axis | StateAxes)[] {
  if (!Array.isArray(axes)) return Array.from({ length: n }, () => checkAxis(axes, name));
  if (axes.length !== n) throw new RangeError(`${name} expected one axis an argument, ${n}, got ${axes.length}`);
  return axes.map((axis, i) => checkAxis(axis, `${name}[${i}]`));
}
