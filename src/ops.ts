/** Functions with the names and semantics of `jax.ops`: `import { jax } from "flaxen"`, then `jax.ops.segmentSum`. */
import type { ArrayLike, DType, NDArray } from "./array/index.ts";
import { asarray, full, iinfo, isFloat, less, max, where } from "./array/index.ts";
import type { Places } from "./base/index.ts";
import { inOrder, ShapeError, toSize } from "./base/index.ts";

/** What the functions of segments take at the end. */
export interface SegmentOptions {
  /** How many segments there are. Default one more than the largest of the ids. */
  readonly numSegments?: number | null;
  /** A promise that changes nothing here. */
  readonly indicesAreSorted?: boolean;
  /** A promise that changes nothing here. */
  readonly uniqueIndices?: boolean;
}

type SegmentPlaces = Places<
  [numSegments: number | null, indicesAreSorted: boolean, uniqueIndices: boolean],
  SegmentOptions
>;

type SegmentNames = SegmentOptions & { readonly segmentIds: ArrayLike };

/**
 * The sums of the rows of `data` by segment: row i is added to row `segmentIds[i]` of the result, i ascending.
 *
 * @param data [...ids, ...rest]
 * @param segmentIds [...ids], integers; rows of ids outside of the segments, negative ones too, are left out
 * @returns [numSegments, ...rest] in the dtype of `data`; 0 for an empty segment
 *
 * Source: JAX 0.10.2 `jax/_src/ops/scatter.py` (`segment_sum`), as are the other functions of this file.
 * @throws TypeError for ids that are not integers; ShapeError if they do not have the first axes of `data`
 * @example
 * jax.ops.segmentSum([1, 2, 3], [1n, 0n, 1n], { numSegments: 3 }).tolist() // => [2, 4, 0]
 */
export function segmentSum(data: ArrayLike, named: SegmentNames): NDArray;
export function segmentSum(data: ArrayLike, segmentIds: ArrayLike, ...places: SegmentPlaces): NDArray;
export function segmentSum(): NDArray {
  return gathered("segmentSum", arguments, "add", () => 0);
}

/**
 * Like `segmentSum`, with the products of the rows; 1 for an empty segment.
 *
 * @throws TypeError, ShapeError as `segmentSum`; where ids repeat it has no gradient, as in JAX
 * @example
 * jax.ops.segmentProd([1, 2, 3], [1n, 0n, 1n], { numSegments: 3 }).tolist() // => [2, 3, 1]
 */
export function segmentProd(data: ArrayLike, named: SegmentNames): NDArray;
export function segmentProd(data: ArrayLike, segmentIds: ArrayLike, ...places: SegmentPlaces): NDArray;
export function segmentProd(): NDArray {
  return gathered("segmentProd", arguments, "multiply", () => 1);
}

/**
 * Like `segmentSum`, with the greatest of the rows; -Infinity, or the least integer, for an empty segment.
 *
 * @throws TypeError, ShapeError as `segmentSum`
 * @example
 * jax.ops.segmentMax([1, 2, 3], [1n, 0n, 1n], { numSegments: 3 }).tolist() // => [2, 3, -Infinity]
 */
export function segmentMax(data: ArrayLike, named: SegmentNames): NDArray;
export function segmentMax(data: ArrayLike, segmentIds: ArrayLike, ...places: SegmentPlaces): NDArray;
export function segmentMax(): NDArray {
  return gathered("segmentMax", arguments, "max", (dtype) => extremes(dtype)[0]);
}

/**
 * Like `segmentSum`, with the least of the rows; Infinity, or the greatest integer, for an empty segment.
 *
 * @throws TypeError, ShapeError as `segmentSum`
 * @example
 * jax.ops.segmentMin([1, 2, 3], [1n, 0n, 1n], { numSegments: 3 }).tolist() // => [2, 1, Infinity]
 */
export function segmentMin(data: ArrayLike, named: SegmentNames): NDArray;
export function segmentMin(data: ArrayLike, segmentIds: ArrayLike, ...places: SegmentPlaces): NDArray;
export function segmentMin(): NDArray {
  return gathered("segmentMin", arguments, "min", (dtype) => extremes(dtype)[1]);
}

/** The least and the greatest value of a dtype, by which an empty segment is known. */
function extremes(dtype: DType): readonly [least: number, greatest: number] {
  if (isFloat(dtype)) return [-Infinity, Infinity];
  if (dtype === "bool") return [0, 1];
  const { min, max: greatest } = iinfo(dtype as "int32");
  return [min, greatest];
}

type Empty = (dtype: DType) => number;

/** What `fn` gives for its arguments: rows gathered by a method of places, with the value of an empty segment. */
function gathered(fn: string, args: IArguments, method: "add" | "multiply" | "max" | "min", empty: Empty): NDArray {
  const of = (data: ArrayLike, segmentIds: ArrayLike, options?: SegmentOptions): NDArray => {
    const rows = asarray(data);
    const ids = asarray(segmentIds);
    if (isFloat(ids.dtype) || ids.dtype === "bool")
      throw new TypeError(`ops.${fn}: "segmentIds" expected integers, got dtype ${ids.dtype}. Use .astype("int32")`);
    if (ids.ndim > rows.ndim || ids.shape.some((size, axis) => size !== rows.shape[axis]))
      throw new ShapeError(
        `ops.${fn}: "segmentIds" expected the first axes of "data", of shape [${rows.shape.join(", ")}], got ` +
          `[${ids.shape.join(", ")}]`,
      );
    const n = toSize(
      options?.numSegments ?? (ids.size === 0 ? 0 : Math.max(0, max(ids).item() + 1)),
      `ops.${fn}: "numSegments"`,
    );
    const out = full([n, ...rows.shape.slice(ids.ndim)], empty(rows.dtype), rows.dtype);
    // Negative ids, which count from the end elsewhere, are past it.
    return out.at(where(less(ids, 0), n, ids))[method](rows);
  };
  return inOrder(of, args, 2, `ops.${fn} data segmentIds | numSegments indicesAreSorted:b uniqueIndices:b`);
}
