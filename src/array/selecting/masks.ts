/** Elements chosen or replaced by masks and places. What writes gives a new array, and says so by `inplace: false`. */
import type { Given } from "../../base/index.ts";
import { assertList, describe, inOrder, refuseSurplus, ShapeError } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import { formatShape, indicesOf, toAxis } from "../../data/index.ts";
import { arange } from "../creation/ranges.ts";
import { clip, mod } from "../elementwise/arithmetic.ts";
import { where } from "../elementwise/comparison.ts";
import { resize } from "./resize.ts";
import { stack } from "../manipulation/joining.ts";
import { broadcastTo } from "../manipulation/shapes.ts";
import { broadcastArrays } from "../manipulation/views.ts";
import { asNDArray, NDArray } from "../ndarray.ts";
import { castTo } from "../scalar.ts";
import { takeAlongAxis } from "../indexing/selection.ts";
import { diagIndices } from "./grids.ts";
import { flatnonzero } from "../indexing/nonzero.ts";

/**
 * The entries of `x` along an axis where `condition` is true.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`compress`).
 * @param condition [n] bools; entries beyond its end are left out
 * @param axis `null` (default) flattens first
 * @throws ShapeError for a condition with another number of axes, or one that is true beyond the end
 * @example
 * compress([false, true], [[1, 2], [3, 4]], 0).tolist() // => [[3, 4]]
 */
export function compress(
  condition: ArrayLike,
  ...places: Given<[x: ArrayLike], "a", [axis: number | null], { readonly axis?: number | null }>
): NDArray;
export function compress(): NDArray {
  return inOrder(compressOf, arguments, 3, "compress condition a axis * out:0");
}

function compressOf(condition: ArrayLike, x: ArrayLike, axis: number | null = null): NDArray {
  const mask = asNDArray(condition, 'compress: "condition"').astype("bool");
  if (mask.ndim !== 1)
    throw new ShapeError(`compress: "condition" expected one axis, got shape ${formatShape(mask.shape)}`);
  const given = asNDArray(x, 'compress: "x"');
  const from = axis === null ? given.flatten() : given;
  const along = toAxis(axis ?? 0, from.ndim, 'compress: "axis"');
  const places = flatnonzero(mask);
  const n = from.shape[along]!;
  if (places.data.some((place) => place >= n))
    throw new ShapeError(`compress: "condition" expected true among the first ${n} only, got one beyond`);
  return from.take(places, { axis: along });
}

/**
 * The elements of the flattened `x` where the flattened `condition` is true.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`extract`).
 * @throws ShapeError as `compress`
 * @example
 * extract([[true, false], [false, true]], [[1, 2], [3, 4]]).tolist() // => [1, 4]
 */
export function extract(condition: ArrayLike, x: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("extract", "condition arr", arguments);
  return compress(asNDArray(condition, 'extract: "condition"').flatten(), x);
}

/**
 * Elementwise, the element of the array among `choices` that `places` names, all broadcast.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`choose`).
 * @param options `mode`: what a place that there is not is: `"raise"` (default) an error, `"clip"` the nearest,
 * `"wrap"` counted cyclically
 * @throws RangeError for a place that there is not; TypeError for places that are not integers or another mode
 * @example
 * choose([2n, 0n], [[1, 2], [3, 4], [5, 6]]).tolist() // => [5, 2]
 */
export function choose(
  a: ArrayLike,
  ...places: Given<
    [choices: readonly ArrayLike[]],
    "choices",
    [out: null, mode: "raise" | "clip" | "wrap"],
    { readonly mode?: "raise" | "clip" | "wrap" }
  >
): NDArray;
export function choose(): NDArray {
  return inOrder(chooseOf, arguments, 2, "choose a choices | out:0 mode");
}

function chooseOf(
  places: ArrayLike,
  choices: readonly ArrayLike[],
  { mode = "raise" }: { readonly mode?: "raise" | "clip" | "wrap" } = {},
): NDArray {
  assertList(choices, 'choose: "choices"');
  const given = new NDArray(indicesOf(places, 'choose: "a"'));
  const n = choices.length;
  if (mode !== "raise" && mode !== "clip" && mode !== "wrap")
    throw new TypeError(`choose: "mode" expected "raise", "clip" or "wrap", got ${describe(mode)}`);
  if (mode === "raise" && given.data.some((place) => place < 0 || place >= n))
    throw new RangeError(`choose: "a" expected 0 to ${n - 1}, got others. Use { mode: "clip" } or "wrap"`);
  const inside = mode === "clip" ? clip(given, 0, n - 1) : mode === "wrap" ? mod(given, n) : given;
  const [chosen, ...all] = broadcastArrays(inside, ...choices);
  return takeAlongAxis(stack(all), chosen!.reshape([1, ...chosen!.shape]), 0).squeeze(0);
}

/** The option without which Python writes into the array. */
export interface InplaceOptions {
  /** Arrays are immutable: `false`, so that nobody waits for a change of `x`. */
  readonly inplace: false;
}

function checkInplace(options: Partial<InplaceOptions> | undefined, fn: string): void {
  if (options?.inplace !== false)
    throw new TypeError(
      `${fn}: "inplace" expected false, got ${describe(options?.inplace)}. Arrays are immutable: ` +
        `write y = ${fn}(x, ..., { inplace: false })`,
    );
}

/**
 * `x` with the elements where `mask` is true replaced by `values`, one after the other, from the start again where
 * there are too few.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/indexing.py` (`place`).
 * @throws TypeError without `inplace: false`; ShapeError if the sizes differ, or there are no values
 * @example
 * place([1, 2, 3], [true, false, true], [8, 9], { inplace: false }).tolist() // => [8, 2, 9]
 */
export function place(
  x: ArrayLike,
  ...places: Given<[mask: ArrayLike, values: ArrayLike], "mask vals", [], InplaceOptions>
): NDArray;
export function place(): NDArray {
  return inOrder(placeOf, arguments, 3, "place arr mask vals | * inplace:b");
}

function placeOf(x: ArrayLike, mask: ArrayLike, values: ArrayLike, options: InplaceOptions): NDArray {
  checkInplace(options, "place");
  const given = asNDArray(x, 'place: "x"');
  const test = asNDArray(mask, 'place: "mask"').astype("bool");
  const from = castTo(values, given.dtype, 'place: "values"').flatten();
  if (test.size !== given.size || from.size === 0)
    throw new ShapeError(
      `place: expected a mask of ${given.size} bools and some values, got ${test.size} bools and ${from.size} values`,
    );
  const places = flatnonzero(test.flatten());
  return given
    .flatten()
    .at(places)
    .set(resize(from, [places.size]))
    .reshape(given.shape);
}

/**
 * `x` with the elements at `ind` of the flattened array replaced by `values`, from the start again where there are
 * too few. A negative place counts from the end.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/indexing.py` (`put`).
 * @param options `inplace: false`. `mode`: a place that there is not is the nearest; by `"clip"` every negative place
 * is the first; `"wrap"` counts cyclically
 * @throws TypeError without `inplace: false` or for another mode
 * @example
 * put([1, 2, 3], [0, -1], 9, { inplace: false }).tolist() // => [9, 2, 9]
 */
export function put(
  x: ArrayLike,
  ...places: Given<
    [ind: ArrayLike, values: ArrayLike],
    "ind v",
    [mode: "clip" | "wrap"],
    InplaceOptions & { readonly mode?: "clip" | "wrap" | null }
  >
): NDArray;
export function put(): NDArray {
  return inOrder(putOf, arguments, 3, "put a ind v | mode * inplace:b");
}

function putOf(
  x: ArrayLike,
  ind: ArrayLike,
  values: ArrayLike,
  options: InplaceOptions & { readonly mode?: "clip" | "wrap" | null },
): NDArray {
  checkInplace(options, "put");
  const { mode = null } = options;
  if (mode !== null && mode !== "clip" && mode !== "wrap")
    throw new TypeError(`put: "mode" expected "clip" or "wrap", got ${describe(mode)}`);
  const given = asNDArray(x, 'put: "x"');
  const at = new NDArray(indicesOf(ind, 'put: "ind"')).flatten();
  const from = castTo(values, given.dtype, 'put: "values"').flatten();
  if (given.size === 0 || at.size === 0 || from.size === 0) return given;
  const n = given.size;
  const counted = mode === null ? where(at.lt(0), at.add(n), at) : at;
  const inside = mode === "wrap" ? mod(at, n) : clip(counted, 0, n - 1);
  return given
    .flatten()
    .at(inside)
    .set(resize(from, [at.size]))
    .reshape(given.shape);
}

/**
 * `x` with the elements at `indices` in every line along an axis replaced by `values`.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/indexing.py` (`put_along_axis`).
 * @param indices whole numbers, in the shape of `x` except for `axis`
 * @param values broadcast to the shape of `indices`
 * @param axis `null` flattens first
 * @throws TypeError without `inplace: false`; ShapeError if the numbers of axes differ
 * @example
 * putAlongAxis([[1, 2], [3, 4]], [[1], [0]], 9, 1, { inplace: false }).tolist() // => [[1, 9], [9, 4]]
 */
export function putAlongAxis(
  x: ArrayLike,
  ...places: Given<
    [indices: ArrayLike, values: ArrayLike, axis: number | null],
    "indices values axis",
    [inplace: false],
    InplaceOptions
  >
): NDArray;
export function putAlongAxis(): NDArray {
  return inOrder(putAlongAxisOf, arguments, 4, "putAlongAxis arr indices values axis | inplace:b");
}

function putAlongAxisOf(
  x: ArrayLike,
  indices: ArrayLike,
  values: ArrayLike,
  axis: number | null,
  options: InplaceOptions,
): NDArray {
  checkInplace(options, "putAlongAxis");
  const given = asNDArray(x, 'putAlongAxis: "x"');
  const from = axis === null ? given.flatten() : given;
  const at = new NDArray(indicesOf(indices, 'putAlongAxis: "indices"'));
  if (at.ndim !== from.ndim)
    throw new ShapeError(`putAlongAxis: "indices" expected ${from.ndim} axes, got shape ${formatShape(at.shape)}`);
  const along = toAxis(axis ?? 0, from.ndim, 'putAlongAxis: "axis"');
  const index = at.shape.map((n, i) =>
    i === along ? at : arange(n).reshape(at.shape.map((_, other) => (other === i ? n : 1))),
  );
  return from
    .at(...index)
    .set(broadcastTo(castTo(values, from.dtype, 'putAlongAxis: "values"'), at.shape))
    .reshape(given.shape);
}

/**
 * `x` with `values` on its main diagonal, from the start again where there are too few.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/indexing.py` (`fill_diagonal`).
 * @throws TypeError without `inplace: false`; ShapeError for fewer than two axes, or more of different sizes
 * @example
 * fillDiagonal(jnp.zeros([2, 3]), 5, { inplace: false }).tolist() // => [[5, 0, 0], [0, 5, 0]]
 */
export function fillDiagonal(
  x: ArrayLike,
  ...places: Given<[values: ArrayLike], "val", [wrap: null], InplaceOptions>
): NDArray;
export function fillDiagonal(): NDArray {
  return inOrder(fillDiagonalOf, arguments, 2, "fillDiagonal a val | wrap:0 * inplace:b");
}

function fillDiagonalOf(x: ArrayLike, values: ArrayLike, options: InplaceOptions): NDArray {
  checkInplace(options, "fillDiagonal");
  const given = asNDArray(x, 'fillDiagonal: "x"');
  const { ndim, shape } = given;
  if (ndim < 2 || (ndim > 2 && shape.some((n) => n !== shape[0])))
    throw new ShapeError(`fillDiagonal: "x" expected two axes, or more of one size, got shape ${formatShape(shape)}`);
  const n = Math.min(...shape);
  const fill = castTo(values, given.dtype, 'fillDiagonal: "values"');
  return given.at(...diagIndices(n, ndim)).set(fill.ndim === 0 ? fill : resize(fill, [n]));
}
