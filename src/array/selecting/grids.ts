/** Indices of diagonals, triangles and grids, and indices of flattened arrays. All int32. */
import type { Given, Places } from "../../base/index.ts";
import { assertFunction, describe, inOrder, int, refuseSurplus, ShapeError } from "../../base/index.ts";
import type { ArrayLike, DType, Shape, ShapeLike } from "../../data/index.ts";
import { checkDType, formatShape, indicesOf, sizeOf, toShape } from "../../data/index.ts";
import { ones } from "../creation/arrays.ts";
import { diag, meshgrid } from "../creation/diagonals.ts";
import { arange } from "../creation/ranges.ts";
import { clip, floorDivide, mod } from "../elementwise/arithmetic.ts";
import { where } from "../elementwise/comparison.ts";
import { stack } from "../manipulation/joining.ts";
import { asNDArray, NDArray } from "../ndarray.ts";
import { nonzero, trilIndices, triuIndices } from "../indexing/nonzero.ts";

/**
 * The indices of the main diagonal of an array with `ndim` axes of size `n`.
 *
 * @example
 * diagIndices(2).map((places) => places.tolist()) // => [[0, 1], [0, 1]]
 */
export function diagIndices(...places: Given<[n: number], "n", [ndim: number], { readonly ndim?: number }>): NDArray[];
export function diagIndices(): NDArray[] {
  return inOrder(diagIndicesOf, arguments, 2, "diagIndices n ndim");
}

function diagIndicesOf(n: number, ndim = 2): NDArray[] {
  return Array.from({ length: int(ndim, 'diagIndices: "ndim"') }, () => arange(n));
}

/**
 * The indices of the main diagonal of `x`.
 *
 * @throws ShapeError for fewer than two axes or axes of different sizes
 * @example
 * diagIndicesFrom(jnp.zeros([2, 2])).map((places) => places.tolist()) // => [[0, 1], [0, 1]]
 */
export function diagIndicesFrom(x: ArrayLike): NDArray[] {
  if (arguments.length > 1) refuseSurplus("diagIndicesFrom", "arr", arguments);
  const { shape } = asNDArray(x, 'diagIndicesFrom: "x"');
  if (shape.length < 2 || shape.some((n) => n !== shape[0]))
    throw new ShapeError(`diagIndicesFrom: "x" expected two axes or more of one size, got shape ${formatShape(shape)}`);
  return diagIndices(shape[0]!, shape.length);
}

/**
 * A matrix with the flattened `x` on diagonal `k`.
 *
 * @example
 * diagflat([[1, 2]]).tolist() // => [[1, 0], [0, 2]]
 */
export function diagflat(x: ArrayLike, ...places: Places<[k: number], { readonly k?: number }>): NDArray;
export function diagflat(): NDArray {
  return inOrder(diagflatOf, arguments, 2, "diagflat v k");
}

function diagflatOf(x: ArrayLike, k = 0): NDArray {
  return diag(asNDArray(x, 'diagflat: "x"').flatten(), k);
}

/**
 * The indices where `maskFunc`, `tril` or its like, leaves something of a matrix [n, n] of ones.
 *
 * @example
 * maskIndices(2, jnp.triu).map((places) => places.tolist()) // => [[0, 0, 1], [0, 1, 1]]
 */
export function maskIndices(
  ...places: Given<
    [n: number, maskFunc: (x: NDArray, k: number) => NDArray],
    "n maskFunc",
    [k: number],
    { readonly k?: number }
  >
): NDArray[];
export function maskIndices(): NDArray[] {
  return inOrder(maskIndicesOf, arguments, 3, "maskIndices n maskFunc k");
}

function maskIndicesOf(n: number, maskFunc: (x: NDArray, k: number) => NDArray, k = 0): NDArray[] {
  assertFunction(maskFunc, 'maskIndices: "maskFunc"');
  return nonzero(maskFunc(ones([n, n]), k));
}

/**
 * The indices on and below diagonal `k` of the matrix `x`.
 *
 * @throws ShapeError if it is none
 * @example
 * trilIndicesFrom(jnp.zeros([2, 2])).map((places) => places.tolist()) // => [[0, 1, 1], [0, 0, 1]]
 */
export function trilIndicesFrom(x: ArrayLike, ...places: Places<[k: number], { readonly k?: number }>): NDArray[];
export function trilIndicesFrom(): NDArray[] {
  return inOrder(trilIndicesFromOf, arguments, 2, "trilIndicesFrom arr k");
}

function trilIndicesFromOf(x: ArrayLike, k = 0): NDArray[] {
  const [n, m] = sizesOf(x, "trilIndicesFrom");
  return trilIndices(n, { m, k });
}

/**
 * The indices on and above diagonal `k` of the matrix `x`.
 *
 * @throws ShapeError if it is none
 * @example
 * triuIndicesFrom(jnp.zeros([2, 2])).map((places) => places.tolist()) // => [[0, 0, 1], [0, 1, 1]]
 */
export function triuIndicesFrom(x: ArrayLike, ...places: Places<[k: number], { readonly k?: number }>): NDArray[];
export function triuIndicesFrom(): NDArray[] {
  return inOrder(triuIndicesFromOf, arguments, 2, "triuIndicesFrom arr k");
}

function triuIndicesFromOf(x: ArrayLike, k = 0): NDArray[] {
  const [n, m] = sizesOf(x, "triuIndicesFrom");
  return triuIndices(n, { m, k });
}

function sizesOf(x: ArrayLike, fn: string): readonly [number, number] {
  const { shape } = asNDArray(x, `${fn}: "x"`);
  if (shape.length !== 2) throw new ShapeError(`${fn}: "x" expected two axes, got shape ${formatShape(shape)}`);
  return shape as unknown as readonly [number, number];
}

/** The options of `indices`. */
export interface IndicesOptions {
  /** Default int32. */
  readonly dtype?: DType;
  /** Whether each array has sizes of 1 except for its own axis. Default false. */
  readonly sparse?: boolean;
}

/**
 * For each axis of an array of these sizes, the index of every element along it.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`indices`).
 * @returns [axes, ...dimensions]; with `sparse` a list of arrays
 * @example
 * indices([2, 2]).tolist() // => [[[0, 0], [1, 1]], [[0, 1], [0, 1]]]
 */
export function indices(dimensions: ShapeLike, options?: IndicesOptions & { readonly sparse?: false }): NDArray;
export function indices(dimensions: ShapeLike, options: IndicesOptions): NDArray | NDArray[];
export function indices(): NDArray | NDArray[] {
  return inOrder(gridOf, arguments, 1, "indices dimensions | dtype:d sparse:b");
}

function gridOf(dimensions: ShapeLike, { dtype = "int32", sparse = false }: IndicesOptions = {}): NDArray | NDArray[] {
  const shape = toShape(dimensions, 'indices: "dimensions"');
  checkDType(dtype, "indices");
  const lines = shape.map((n) => arange(n).astype(dtype));
  if (sparse) return open(lines);
  return lines.length === 0 ? arange(0).astype(dtype) : stack(meshgrid(lines, { indexing: "ij" }));
}

/** Lines that broadcast to a grid. */
function open(lines: readonly NDArray[]): NDArray[] {
  return lines.map((line, axis) => line.reshape(lines.map((_, i) => (i === axis ? line.size : 1))));
}

/**
 * Lists of indices, one an axis, as arrays that broadcast to a grid: `x.slice(...ix_(rows, columns))` is the part of x
 * in these rows and columns. Bools stand for the places where they are true.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/indexing.py` (`ix_`).
 * @throws ShapeError for a list that does not have one axis
 * @example
 * jnp.arange(9).reshape([3, 3]).slice(...ix_([0n, 2n], [1n])).tolist() // => [[1], [7]]
 */
export function ix_(...lists: readonly ArrayLike[]): NDArray[] {
  return open(
    lists.map((list, i) => {
      const given = asNDArray(list, `ix_: list ${i}`);
      if (given.ndim !== 1) throw new ShapeError(`ix_: expected one axis, got shape ${formatShape(given.shape)}`);
      return given.dtype === "bool" ? nonzero(given)[0]! : given;
    }),
  );
}

/**
 * The indices along each axis of an array of `shape`, of elements at `places` in the flattened array. A place beyond
 * the array gives its last or first element.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`unravel_index`).
 * @throws TypeError for fractions
 * @example
 * unravelIndex([1, 5], [2, 3]).map((axis) => axis.tolist()) // => [[0, 1], [1, 2]]
 */
export function unravelIndex(indices: ArrayLike, ...places: Given<[shape: ShapeLike], "shape">): NDArray[];
export function unravelIndex(): NDArray[] {
  return inOrder(unravelIndexOf, arguments, 2, "unravelIndex indices shape");
}

function unravelIndexOf(places: ArrayLike, shape: ShapeLike): NDArray[] {
  const sizes = toShape(shape, 'unravelIndex: "shape"');
  let rest = new NDArray(indicesOf(places, 'unravelIndex: "indices"'));
  const out: NDArray[] = [];
  for (const n of sizes.toReversed()) {
    out.unshift(mod(rest, n));
    rest = floorDivide(rest, n);
  }
  const [isAbove, isBelow] = [rest.gt(0), rest.lt(-1)];
  return out.map((axis, i) => where(isAbove, sizes[i]! - 1, where(isBelow, 0, axis)));
}

/** The options of `ravelMultiIndex`. */
export interface RavelMultiIndexOptions {
  /** What an index beyond its axis is: an error, the nearest, or counted cyclically. Default `"raise"`. */
  readonly mode?: "raise" | "clip" | "wrap";
  /** `"C"` has the last axis vary fastest, `"F"` the first. Default `"C"`. */
  readonly order?: "C" | "F";
}

/**
 * The places in the flattened array of `dimensions` of elements at indices along each axis.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`ravel_multi_index`).
 * @throws RangeError for an index that there is not; ShapeError if there are not as many as axes; TypeError for
 * fractions, another mode or order
 * @example
 * ravelMultiIndex([[0, 1], [1, 2]], [2, 3]).tolist() // => [1, 5]
 */
export function ravelMultiIndex(
  multiIndex: readonly ArrayLike[],
  ...places: Given<
    [dimensions: Shape],
    "dims",
    [mode: "raise" | "clip" | "wrap", order: "C" | "F"],
    RavelMultiIndexOptions
  >
): NDArray;
export function ravelMultiIndex(): NDArray {
  return inOrder(ravelMultiIndexOf, arguments, 2, "ravelMultiIndex multiIndex dims | mode order");
}

function ravelMultiIndexOf(
  multiIndex: readonly ArrayLike[],
  dimensions: Shape,
  { mode = "raise", order = "C" }: RavelMultiIndexOptions = {},
): NDArray {
  const sizes = toShape(dimensions, 'ravelMultiIndex: "dimensions"');
  if (multiIndex?.length !== sizes.length || sizes.length === 0)
    throw new ShapeError(
      `ravelMultiIndex: expected as many lists as dimensions, at least one, got ${multiIndex?.length} ` +
        `for ${formatShape(sizes)}`,
    );
  if (!["raise", "clip", "wrap"].includes(mode) || !["C", "F"].includes(order))
    throw new TypeError(
      'ravelMultiIndex: expected "mode" "raise", "clip" or "wrap" and "order" "C" or "F", ' +
        `got ${describe(mode)} and ${describe(order)}`,
    );
  const parts = multiIndex.map((list, axis) => {
    const n = sizes[axis]!;
    const at = new NDArray(indicesOf(list, `ravelMultiIndex: "multiIndex[${axis}]"`));
    if (mode === "raise" && at.data.some((i) => i < 0 || i >= n))
      throw new RangeError(`ravelMultiIndex: "multiIndex[${axis}]" expected 0 to ${n - 1}, got others`);
    const inside = mode === "clip" ? clip(at, 0, n - 1) : mode === "wrap" ? mod(at, n) : at;
    const others = order === "C" ? sizes.slice(axis + 1) : sizes.slice(0, axis);
    return inside.mul(sizeOf(others));
  });
  return parts.reduce((sum, part) => sum.add(part));
}
