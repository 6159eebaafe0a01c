/** Elements replaced by masks and places. What writes gives a new array, and says so by `inplace: false`. */
import type { Given } from "../../base/index.ts";
import { describe, inOrder, ShapeError } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import { formatShape, indicesOf, toAxis } from "../../data/index.ts";
import { arange } from "../creation/ranges.ts";
import { clip, mod } from "../elementwise/arithmetic.ts";
import { where } from "../elementwise/comparison.ts";
import { broadcastTo } from "../manipulation/shapes.ts";
import { asNDArray, NDArray } from "../ndarray.ts";
import { castTo } from "../scalar.ts";
import { diagIndices } from "./grids.ts";
import { flatnonzero } from "../indexing/nonzero.ts";
import { resize } from "./resize.ts";

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
    [mode: "clip" | "wrap" | null],
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
