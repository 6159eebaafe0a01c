import type { NDArray } from "../array/index.ts";
import { brandOf, hasBrand } from "../base/index.ts";
import type { Key } from "../random/index.ts";
import type { RngStream } from "./rngstream.ts";
import type { Variable, VariableValue } from "./variable.ts";

/** Where a value sits in a model: attribute names from the root down. */
export type Path = readonly (string | number)[];

/** What a state holds: a Variable, or a bare array or key (a buffer). */
export type Leaf = Variable<VariableValue> | NDArray | Key;

/**
 * Every leaf of a model with its path, attributes sorted by code point at each level, as Flax sorts them. A Variable
 * or module that is reachable twice appears at its first path only; cycles end there.
 *
 * @throws TypeError if a plain array or object on a module holds modules, Variables or arrays: they would be lost
 */
export function* leavesOf(node: object): Generator<readonly [Path, Leaf]> {
  for (const [path, value] of walk(node, [], new Set([node]))) if (isLeaf(value)) yield [path, value];
}

/** Every random stream of a model once with its path, in the order of `leavesOf`; a stream alone is its own. */
export function* streamsOf(node: object): Generator<readonly [Path, RngStream]> {
  for (const [path, value] of walk(node, [], new Set([node]))) if (hasBrand(value, "RngStream")) yield [path, value as RngStream];
}

/** Whether `value` is something whose attributes are walked. */
export function isNode(value: unknown): value is object {
  const brand = brandOf(value);
  return brand === "Module" || brand === "Rngs" || brand === "RngStream";
}

function isLeaf(value: unknown): value is Leaf {
  const brand = brandOf(value);
  return brand === "Variable" || brand === "NDArray" || brand === "Key";
}

/** `node` and all below it, nodes before their attributes. */
function* walk(node: object, path: Path, seen: Set<unknown>): Generator<readonly [Path, object]> {
  yield [path, node];
  for (const name of Object.keys(node).sort(byCodePoint)) {
    const value = (node as Record<string, unknown>)[name];
    const below = [...path, name];
    if (isNode(value)) {
      if (!seen.has(value)) yield* walk(value, below, seen.add(value));
    } else if (isLeaf(value)) {
      if (brandOf(value) !== "Variable") yield [below, value];
      else if (!seen.has(value)) {
        seen.add(value);
        yield [below, value];
      }
    } else if (hidesData(value, new Set())) {
      throw new TypeError(
        `${node.constructor.name}.${name}: expected a module, a Variable or an array, got ${Array.isArray(value) ? "a plain array" : "a plain object"} that holds some: a model would lose them.\n` +
          `  wrong: this.${name} = [new Layer(rngs), new Layer(rngs)]\n  right: this.${name}0 = new Layer(rngs); this.${name}1 = new Layer(rngs)`,
      );
    }
  }
}

/** Whether a plain array or object has a leaf or a node somewhere inside. */
function hidesData(value: unknown, seen: Set<unknown>): boolean {
  if (typeof value !== "object" || value === null || seen.has(value) || !isPlain(value)) return false;
  seen.add(value);
  return Object.values(value).some((item) => isLeaf(item) || isNode(item) || hidesData(item, seen));
}

function isPlain(value: object): boolean {
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** Python's order of strings: by code point, where JavaScript's own compares UTF-16 units. */
export function byCodePoint(a: string, b: string): number {
  const x = [...a];
  const y = [...b];
  for (let i = 0; i < x.length && i < y.length; i++) {
    const difference = x[i]!.codePointAt(0)! - y[i]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return x.length - y.length;
}
