/** Functions that go along the first axis of trees of arrays. */
import type { Places } from "../base/index.ts";
import { assertFunction, describe, int, inTrees, ShapeError } from "../base/index.ts";
import type { ArrayLike, NDArray } from "../array/index.ts";
import { asarray, concatenate, flip, stack, toAxis } from "../array/index.ts";
import { flatten, leaves, map as treeMap, structure } from "../pytree/index.ts";

/** What `scan` takes by name, beside its options. */
interface ScanNames<C, X, Y> {
  readonly f: (carry: C, x: X) => readonly [C, Y];
  readonly init: C;
  readonly xs?: X | null;
}

/** The options of `scan`. */
export interface LaxScanOptions {
  /** How many steps, where `xs` does not say so. */
  readonly length?: number | null;
  /** From the last to the first. Default false. */
  readonly reverse?: boolean;
  /** How many steps JAX compiles into one: there is nothing to compile here, and no result changes. */
  readonly unroll?: number | boolean;
}

/** How long the first axis of all leaves is. */
function lengthOf(xs: unknown, length: number | null | undefined, fn: string): number {
  const sizes = new Set(leaves(xs).map((leaf) => firstOf(leaf, fn)));
  if (length !== null && length !== undefined) sizes.add(int(length, `lax.${fn}: "length"`));
  if (sizes.size !== 1)
    throw new ShapeError(`lax.${fn}: "xs" expected leaves of one length, got ${[...sizes].join(", ") || "none"}`);
  return [...sizes][0]!;
}

function firstOf(leaf: unknown, fn: string): number {
  const { shape } = asarray(leaf as ArrayLike);
  if (shape.length === 0) throw new ShapeError(`lax.${fn}: "xs" expected at least one axis, got a scalar`);
  return shape[0]!;
}

/** The tree of entries at an index. */
function entry(xs: unknown, i: number): unknown {
  return treeMap((leaf: ArrayLike) => asarray(leaf).slice(i), xs);
}

/** Trees of one structure as one tree of stacked leaves. */
function stacked(results: readonly unknown[]): unknown {
  const [first, ...rest] = results;
  return first === undefined || first === null
    ? first
    : treeMap((...parts: ArrayLike[]) => stack(parts.map((part) => asarray(part))), first, ...rest);
}

/**
 * Goes along the first axis of `xs`: `f(carry, x)` gives the next carry and a result, which are stacked.
 *
 * Source: JAX 0.10.2 `jax/_src/lax/control_flow/loops.py` (`scan`).
 * @param f gives `[carry, y]`, trees
 * @param xs a tree of arrays of one length, or null with `length`
 * @returns the last carry, and the results as a tree of arrays
 * @throws ShapeError for leaves of different lengths; TypeError if `f` is not a function or does not give a pair
 * @example
 * const [total, sums] = lax.scan((sum, x) => [sum.add(x), sum.add(x)], jnp.array(0), jnp.array([1, 2, 3]));
 * sums.tolist() // => [1, 3, 6]
 */
export function scan<C, X, Y>(named: ScanNames<C, X, Y> & LaxScanOptions): [carry: C, ys: Y];
export function scan<C, X, Y>(
  f: (carry: C, x: X) => readonly [C, Y],
  named: Omit<ScanNames<C, X, Y>, "f"> & LaxScanOptions,
): [carry: C, ys: Y];
export function scan<C, X, Y>(
  f: (carry: C, x: X) => readonly [C, Y],
  init: C,
  named: { readonly xs: X | null } & LaxScanOptions,
): [carry: C, ys: Y];
export function scan<C, Y>(
  f: (carry: C, x: null) => readonly [C, Y],
  init: C,
  named: { readonly length: number } & LaxScanOptions,
): [carry: C, ys: Y];
export function scan<C, X, Y>(
  f: (carry: C, x: X) => readonly [C, Y],
  init: C,
  xs?: X | null,
  ...places: Places<[length: number | null, reverse: boolean, unroll: number | boolean], LaxScanOptions>
): [carry: C, ys: Y];
export function scan<C, X, Y>(): [carry: C, ys: Y] {
  return inTrees(scanOf<C, X, Y>, arguments, 2, "lax.scan f init xs | length reverse:b unroll _splitTranspose:0");
}

function scanOf<C, X, Y>(
  f: (carry: C, x: X) => readonly [C, Y],
  init: C,
  xs: X | null = null,
  { length = null, reverse = false }: LaxScanOptions = {},
): [carry: C, ys: Y] {
  assertFunction(f, 'lax.scan: "f"');
  const n = lengthOf(xs, length, "scan");
  const results: Y[] = [];
  let carry = init;
  for (let step = 0; step < n; step++) {
    const i = reverse ? n - 1 - step : step;
    const pair: unknown = f(carry, (xs === null ? null : entry(xs, i)) as X);
    if (!Array.isArray(pair) || pair.length !== 2)
      throw new TypeError(`lax.scan: "f" expected to give [carry, y], got ${describe(pair)}`);
    [carry, results[i]] = pair as [C, Y];
  }
  return [carry, stacked(results) as Y];
}

/** What `map` takes by name. */
interface MapNames<X, Y> {
  readonly f: (x: X) => Y;
  readonly xs: X;
}

/**
 * What a function gives of each entry of the first axis, stacked.
 *
 * Source: JAX 0.10.2 `jax/_src/lax/control_flow/loops.py` (`map`).
 * @param xs a tree of arrays of one length
 * @throws ShapeError for leaves of different lengths; TypeError if `f` is not a function
 * @example
 * lax.map((row) => row.sum(), jnp.array([[1, 2], [3, 4]])).tolist() // => [3, 7]
 */
export function map<X, Y extends readonly unknown[] | []>(named: MapNames<X, Y>): Y;
export function map<X, Y extends readonly unknown[] | []>(f: (x: X) => Y, named: { readonly xs: X }): Y;
export function map<X, Y extends readonly unknown[] | []>(f: (x: X) => Y, xs: X): Y;
export function map<X, Y>(named: MapNames<X, Y>): Y;
export function map<X, Y>(f: (x: X) => Y, named: { readonly xs: X }): Y;
export function map<X, Y>(f: (x: X) => Y, xs: X): Y;
export function map<X, Y>(): Y {
  return inTrees(mapOf<X, Y>, arguments, 2, "lax.map f xs");
}

function mapOf<X, Y>(f: (x: X) => Y, xs: X): Y {
  assertFunction(f, 'lax.map: "f"');
  const n = lengthOf(xs, null, "map");
  return stacked(Array.from({ length: n }, (_, i) => f(entry(xs, i) as X))) as Y;
}

/** The options of `associativeScan`. */
export interface AssociativeScanOptions {
  /** From the last to the first. Default false. */
  readonly reverse?: boolean;
  /** Default 0. */
  readonly axis?: number;
}

/** What `associativeScan` takes by name, beside its options. */
interface AssociativeScanNames<T> {
  readonly fn: (a: T, b: T) => T;
  readonly elems: T;
}

/**
 * What an associative function makes of all entries up to each along an axis, in JAX's order of calls.
 *
 * Source: JAX 0.10.2 `jax/_src/lax/control_flow/loops.py` (`associative_scan`).
 * @param f of two trees of arrays, entry by entry
 * @throws ShapeError for leaves of different lengths; TypeError if `f` is not a function
 * @example
 * lax.associativeScan((a, b) => a.add(b), jnp.array([1, 2, 3, 4])).tolist() // => [1, 3, 6, 10]
 */
export function associativeScan<T>(named: AssociativeScanNames<T> & AssociativeScanOptions): T;
export function associativeScan<T>(f: (a: T, b: T) => T, named: { readonly elems: T } & AssociativeScanOptions): T;
export function associativeScan<T>(
  f: (a: T, b: T) => T,
  elems: T,
  ...places: Places<[reverse: boolean, axis: number], AssociativeScanOptions>
): T;
export function associativeScan<T>(): T {
  return inTrees(associativeScanOf<T>, arguments, 2, "lax.associativeScan fn elems | reverse:b axis");
}

function associativeScanOf<T>(
  f: (a: T, b: T) => T,
  elems: T,
  { reverse = false, axis = 0 }: AssociativeScanOptions = {},
): T {
  assertFunction(f, 'lax.associativeScan: "f"');
  const [found] = flatten(elems);
  const shape = structure(elems);
  const arrays = found.map((leaf) => asarray(leaf as ArrayLike));
  const at = toAxis(axis, arrays[0]?.ndim ?? 0, 'lax.associativeScan: "axis"');
  const sizes = new Set(arrays.map((x) => x.shape[at]));
  if (sizes.size !== 1)
    throw new ShapeError(`lax.associativeScan: "elems" expected leaves of one length, got ${[...sizes].join(", ")}`);
  const colons = Array.from({ length: at }, () => ":" as const);
  const part = (list: readonly NDArray[], slice: `${number}:${number}`): NDArray[] =>
    list.map((x) => x.slice(...colons, slice));
  const both = (a: readonly NDArray[], b: readonly NDArray[]): NDArray[] =>
    leaves(f(shape.unflatten(a) as T, shape.unflatten(b) as T)) as NDArray[];
  const interleave = (even: NDArray, odd: NDArray): NDArray => {
    const [m, n] = [even.shape[at]!, odd.shape[at]!];
    const order = Int32Array.from({ length: m + n }, (_, i) => (i % 2 === 0 ? i / 2 : m + (i - 1) / 2));
    return concatenate([even, odd], at).take(order, { axis: at });
  };
  const go = (list: NDArray[]): NDArray[] => {
    const n = list[0]!.shape[at]!;
    if (n < 2) return list;
    const pairs = both(part(list, `0:${n - 1}:2` as `0:${number}`), part(list, `1:${n}:2` as `1:${number}`));
    const odd = go(pairs);
    const half = odd[0]!.shape[at]!;
    const rest = both(n % 2 === 0 ? part(odd, `0:${half - 1}`) : odd, part(list, `2:${n}:2` as `2:${number}`));
    const first = part(list, "0:1");
    return first.map((x, i) => interleave(concatenate([x, rest[i]!], at), odd[i]!));
  };
  const turned = reverse ? arrays.map((x) => flip(x, at)) : arrays;
  const out = go(turned);
  return shape.unflatten(reverse ? out.map((x) => flip(x, at)) : out) as T;
}
