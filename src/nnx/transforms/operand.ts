import { formatShape } from "../../array/index.ts";
import { describe, hasBrand, ShapeError } from "../../base/index.ts";
import type { Entry, Leaf } from "../graph/leaf.ts";
import { flatten, unflatten } from "../graph/graphdef.ts";
import { isNode } from "../graph/node.ts";
import { sameBits } from "../states/checkfits.ts";
import { State } from "../states/state.ts";
import type { Path } from "../tree/path.ts";
import { formatPath, pathKey } from "../tree/path.ts";
import { StateError } from "../tree/stateerror.ts";
import type { Variable, VariableValue } from "../variables/variable.ts";
import type { Axis } from "./axes.ts";
import { Carry, StateAxes } from "./axes.ts";
import { arrayLike, axisOf, isContainer, isVariable, stack, take } from "./slices.ts";

/** An argument of a transformed function, as each step gets it. */
export interface Operand {
  /** The lengths of the axes along which it is taken apart. */
  readonly lengths: readonly number[];
  /** The argument of step `i`. */
  at(i: number): unknown;
  /** Called after each step, in their order. */
  after(i: number): void;
  /**
   * Called after all: what the steps changed in a module's Variables becomes a change of the argument's.
   *
   * @param parallel whether the steps stand for one program, which can write one value only to what is passed whole
   */
  finish(parallel?: boolean): void;
}

const nothing = (): void => {};

/** @param name how errors name the argument */
export function operand(value: unknown, axis: Axis | StateAxes, name: string): Operand {
  if (isNode(value)) return nodeOperand(value, axis, name);
  if (hasBrand(value, "State")) return stateOperand(value as State, axis, name);
  if (isVariable(value)) return leafOperand([[[], value]], axis, name, (leaves) => leaves.get(pathKey([]))!);
  if (axis === null || axis === Carry || axis instanceof StateAxes)
    return { lengths: [], at: () => value, after: nothing, finish: nothing };
  const array = arrayLike(value);
  if (array !== undefined) {
    if (array.shape.length === 0)
      throw new ShapeError(
        `${name} expected an array with an axis ${axis}, got a scalar. An axis of null passes it to every step`,
      );
    const along = axisOf(array.shape, axis, `${name}: "axis"`);
    return { lengths: [array.shape[along]!], at: (i) => take(array, along, i), after: nothing, finish: nothing };
  }
  if (!isContainer(value)) {
    if (value === undefined || value === null || typeof value === "string" || typeof value === "function")
      return { lengths: [], at: () => value, after: nothing, finish: nothing };
    throw new TypeError(
      `${name} expected an array, a key, a module or a plain container of these, got ${describe(value)}`,
    );
  }
  const entries = Object.entries(value).map(([key, item]) => [key, operand(item, axis, `${name}.${key}`)] as const);
  return {
    lengths: entries.flatMap(([, item]) => item.lengths),
    at: (i) =>
      Array.isArray(value)
        ? entries.map(([, item]) => item.at(i))
        : Object.fromEntries(entries.map(([key, item]) => [key, item.at(i)])),
    after: (i) => entries.forEach(([, item]) => item.after(i)),
    finish: (parallel) => entries.forEach(([, item]) => item.finish(parallel)),
  };
}

function nodeOperand(node: object, axis: Axis | StateAxes, name: string): Operand {
  const { graphdef, entries } = flatten(node);
  return leafOperand(entries, axis, name, (leaves) => unflatten(graphdef.root, leaves));
}

function stateOperand(state: State, axis: Axis | StateAxes, name: string): Operand {
  const entries = [...state];
  return leafOperand(
    entries,
    axis,
    name,
    (leaves) => new State(entries.map(([path]) => [path, leaves.get(pathKey(path))!])),
  );
}

/** A module, or a Variable alone: each step gets one with Variables of its own. */
function leafOperand(
  entries: readonly (readonly [Path, Leaf])[],
  axis: Axis | StateAxes,
  name: string,
  build: (leaves: ReadonlyMap<string, Leaf>) => unknown,
): Operand {
  const parts = entries.map(([path, leaf]) => {
    const whole = isVariable(leaf) ? leaf.getRawValue() : leaf;
    const given = axis instanceof StateAxes ? axis.axisOf(path, leaf) : axis;
    const along =
      typeof given === "number"
        ? axisOf(whole.shape, given, `${name}: the axis of ${formatPath(path)}, of shape ${formatShape(whole.shape)},`)
        : given;
    return { path, leaf, whole, along, results: [] as VariableValue[], changed: false, latest: whole };
  });
  let step: Map<string, Leaf> | undefined;
  let given: VariableValue[] = [];
  return {
    lengths: parts.flatMap(({ along, whole }) => (typeof along === "number" ? [whole.shape[along]!] : [])),
    at(i) {
      given = parts.map(({ whole, along, latest }) =>
        typeof along === "number" ? take(whole, along, i) : along === Carry ? latest : whole,
      );
      step = new Map(
        parts.map(({ path, leaf }, p) => [
          pathKey(path),
          isVariable(leaf) ? leaf.replace(given[p] as never) : given[p]!,
        ]),
      );
      return build(step);
    },
    after(i) {
      parts.forEach((part, p) => {
        const leaf = step!.get(pathKey(part.path))!;
        const value = isVariable(leaf) ? leaf.getRawValue() : leaf;
        if (value !== given[p]) part.changed = true;
        part.results[i] = value;
        part.latest = value;
      });
    },
    finish(parallel = false) {
      for (const { path, along, results, changed } of parts)
        if (parallel && changed && along === null && results.some((value) => !sameBits(value, results[0]!)))
          throw sharedWriteError(path, name);
      for (const { path, leaf, along, results, latest, changed } of parts) {
        if (changed && isVariable(leaf))
          leaf.setRawValue(
            (typeof along === "number" ? stack(results, along, `${name}: ${formatPath(path)}`) : latest) as never,
          );
      }
    },
  };
}

function sharedWriteError(path: Path, name: string): RangeError {
  return new RangeError(
    `${name} expected no step to write what others do not to a module that is passed whole, got different values of ` +
      `${formatPath(path)}. Give it an axis, or leave it as it is: { useRunningAverage: true }`,
  );
}

/**
 * The results of all steps as one: arrays stacked along an axis, modules and States with their leaves
 * stacked; with null the last.
 *
 * @throws ShapeError if shapes differ between steps; StateError `GraphMismatch` if the structures of modules do
 */
export function collect(results: readonly unknown[], axis: Axis | StateAxes, name: string): unknown {
  const first = results[0];
  if (axis === null) return results.at(-1);
  if (isNode(first)) return collectNodes(results as readonly object[], axis, name);
  if (hasBrand(first, "State")) return collectStates(results as readonly State[], axis, name);
  if (isVariable(first))
    return first.replace(
      collect(
        results.map((v) => (v as Variable<VariableValue>).getRawValue()),
        axis,
        name,
      ) as never,
    );
  const arrays = results.map(arrayLike);
  if (arrays[0] !== undefined) {
    if (typeof axis !== "number" || arrays.some((x) => x === undefined))
      throw new TypeError(`${name} expected arrays from every step and an axis that is a number`);
    return stack(arrays as VariableValue[], axis, name);
  }
  if (isContainer(first)) {
    const entries = Object.keys(first).map(
      (key) =>
        [
          key,
          collect(
            results.map((result) => (result as Record<string, unknown>)[key]),
            axis,
            `${name}.${key}`,
          ),
        ] as const,
    );
    return Array.isArray(first) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
  }
  return first;
}

/** States of the same paths as one, which gradients are. */
function collectStates(states: readonly State[], axis: Axis | StateAxes, name: string): State {
  const [first, ...others] = states.map((state) => [...state]) as [Entry[], ...Entry[][]];
  const paths = first.map(([path]) => pathKey(path)).join();
  if (others.some((entries) => entries.map(([path]) => pathKey(path)).join() !== paths))
    throw new StateError("GraphMismatch", `${name} expected States of the same paths from every step, got others`);
  return new State(
    first.map(([path, leaf], p): Entry => {
      const along = axis instanceof StateAxes ? axis.axisOf(path, leaf) : axis;
      const all = [leaf, ...others.map((entries) => entries[p]![1])];
      return [path, collect(all, along, `${name}: ${formatPath(path)}`) as Leaf];
    }),
  );
}

function collectNodes(nodes: readonly object[], axis: Axis | StateAxes, name: string): object {
  const flat = nodes.map((node) => flatten(node));
  const { graphdef, entries } = flat[0]!;
  if (flat.some((other) => !other.graphdef.equals(graphdef)))
    throw new StateError(
      "GraphMismatch",
      `${name} expected modules of one structure from every step, got different ones`,
    );
  const leaves = entries.map(([path, leaf], p) => {
    const along = axis instanceof StateAxes ? axis.axisOf(path, leaf) : axis;
    return [
      pathKey(path),
      collect(
        flat.map((other) => other.entries[p]![1]),
        along,
        `${name}: ${formatPath(path)}`,
      ) as Leaf,
    ] as const;
  });
  return unflatten(graphdef.root, new Map(leaves));
}

/**
 * The one length of the axes of all operands.
 *
 * @throws ShapeError if they differ; RangeError if there is none
 */
export function commonLength(operands: readonly Operand[], given: number | undefined, fn: string): number {
  const lengths = new Set([...operands.flatMap(({ lengths: own }) => own), ...(given === undefined ? [] : [given])]);
  if (lengths.size > 1)
    throw new ShapeError(`nnx.${fn}: expected axes of one length, got ${[...lengths].join(" and ")}`);
  const [length] = lengths;
  if (length === undefined || length === 0) throw noStepsError(length, fn);
  return length;
}

function noStepsError(length: number | undefined, fn: string): RangeError {
  const option = fn === "scan" ? "length" : "axisSize";
  const got =
    length === 0 ? "axes of length 0" : `no argument with an axis. { ${option}: n } says how many steps there are`;
  return new RangeError(`nnx.${fn}: expected at least one step, got ${got}`);
}

/** Whether a result is a list with an axis for each item. */
export function isTuple(x: unknown): x is readonly unknown[] {
  return Array.isArray(x);
}
