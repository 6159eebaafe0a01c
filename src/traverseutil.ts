/** The functions of `flax.traverse_util`: `import { traverseUtil } from "flaxen"`. */
import { describe, refuseSurplus, unknownError } from "./base/index.ts";
import { traversals } from "./nnx/index.ts";

/** A name or a number, from a tree's root to a leaf. */
type Path = readonly (string | number)[];

/** The options of `flattenDict`. */
export interface FlattenOptions {
  /** What joins the names of a path. */
  readonly sep?: string | null;
}

/** The options of a function of one tree. */
function checked(options: FlattenOptions, args: IArguments, fn: string): { readonly sep: string | null } {
  if (args.length > 2) refuseSurplus(`traverseUtil.${fn}`, "xs options", args, false);
  const wrong = Object.keys(options).find((name) => name !== "sep");
  if (wrong !== undefined) throw unknownError(`traverseUtil.${fn}`, wrong, ["sep"]);
  const { sep = null } = options;
  if (sep !== null && typeof sep !== "string")
    throw new TypeError(`traverseUtil.${fn}: "sep" expected a text, got ${describe(sep)}`);
  return { sep };
}

/**
 * The leaves of nested objects by path.
 *
 * Source: Flax 0.12.8 `flax/traverse_util.py` (`flatten_dict`).
 * @param options `sep`: an object of joined names instead of pairs, because JavaScript's keys are texts
 * @returns pairs of path and leaf; an object with `sep`
 * @throws TypeError if `xs` is not an object
 * @example
 * traverseUtil.flattenDict({ a: 1, b: { c: 2 } }) // => [[["a"], 1], [["b", "c"], 2]]
 * traverseUtil.flattenDict({ a: 1, b: { c: 2 } }, { sep: "/" }) // => { a: 1, "b/c": 2 }
 */
export function flattenDict(xs: object): [path: Path, leaf: unknown][];
export function flattenDict(xs: object, options: { readonly sep: string }): Record<string, unknown>;
export function flattenDict(
  xs: object,
  options: FlattenOptions = {},
): [path: Path, leaf: unknown][] | Record<string, unknown> {
  const { sep } = checked(options, arguments, "flattenDict");
  if (sep === null) return traversals.flattenMapping(xs) as [Path, unknown][];
  return Object.fromEntries(traversals.flattenMapping(xs, { sep }));
}

/**
 * The nested objects of leaves by path.
 *
 * Source: Flax 0.12.8 `flax/traverse_util.py` (`unflatten_dict`).
 * @param xs pairs of path and leaf, or with `sep` an object of joined names
 * @throws StateError if one path leads to a leaf and further paths begin with it
 * @example
 * traverseUtil.unflattenDict({ "b/c": 2 }, { sep: "/" }) // => { b: { c: 2 } }
 */
export function unflattenDict(
  xs: Iterable<readonly [path: Path | string, leaf: unknown]> | Readonly<Record<string, unknown>>,
  options: FlattenOptions = {},
): Record<string, unknown> {
  const { sep } = checked(options, arguments, "unflattenDict");
  const nested = traversals.unflattenMapping(xs as never, sep === null ? {} : { sep });
  return plain(nested as Record<string, unknown>);
}

/** Levels without a prototype as ordinary objects. */
function plain(level: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(level).map(([name, value]) => [
      name,
      typeof value === "object" && value !== null && Object.getPrototypeOf(value) === null
        ? plain(value as Record<string, unknown>)
        : value,
    ]),
  );
}

/**
 * Nested objects with each leaf replaced by what a function makes of its path and itself.
 *
 * Source: Flax 0.12.8 `flax/traverse_util.py` (`path_aware_map`).
 * @throws TypeError if `xs` is not an object
 * @example
 * traverseUtil.pathAwareMap((path, x) => path.join(".") + x, { a: { b: 1 } }) // => { a: { b: "a.b1" } }
 */
export function pathAwareMap<R>(f: (path: Path, leaf: never) => R, xs: object): Record<string, unknown> {
  if (arguments.length > 2) refuseSurplus("traverseUtil.pathAwareMap", "f xs", arguments);
  return unflattenDict(flattenDict(xs).map(([path, leaf]) => [path, f(path, leaf as never)] as const));
}
