/** Arrays joined along an axis, old or new. */
import type { Places } from "../../base/index.ts";
import { inOrder, ShapeError } from "../../base/index.ts";
import type { ArrayLike, DType } from "../../data/index.ts";
import { checkJoin, formatShape, sameShape, toAxis } from "../../data/index.ts";
import type { NDArray } from "../ndarray.ts";
import { applyAll, asNDArray, rawOf } from "../ndarray.ts";
import { CONCATENATE } from "../operations/manipulation.ts";
import { weakly } from "../scalar.ts";

function partsOf(arrays: readonly ArrayLike[] | ArrayLike, fn: string, dtype?: DType): NDArray[] {
  const list = Array.isArray(arrays)
    ? (arrays as ArrayLike[])
    : asNDArray(arrays as ArrayLike, `${fn}: "arrays"`).unstack();
  if (list.length === 0) throw new RangeError(`${fn}: "arrays" expected at least one array, got none`);
  const parts = weakly(list, (i) => `${fn}: "arrays[${i}]"`);
  return dtype === undefined ? parts : parts.map((part) => part.astype(dtype));
}

function join(parts: readonly NDArray[], axis: number, fn: string): NDArray {
  const data = parts.map(rawOf);
  checkJoin(data, axis, fn);
  return applyAll(CONCATENATE, axis, data);
}

/** Where arrays are joined, and in which dtype: default what they promote to. */
export interface JoinOptions {
  readonly axis?: number | null;
  readonly dtype?: DType | null;
}

/**
 * The arrays joined along `axis`, in the dtype they promote to.
 *
 * @param axis default the first; `null` joins the flattened arrays
 * @throws ShapeError if their shapes differ along another axis; RangeError if there are none, or no such axis
 * @example
 * concatenate([[1, 2], [3]]).tolist() // => [1, 2, 3]
 * concatenate([[[1], [2]], [[3], [4]]], 1).tolist() // => [[1, 3], [2, 4]]
 */
export function concatenate(
  arrays: readonly ArrayLike[],
  ...places: Places<[axis: number | null, dtype: DType | null], JoinOptions>
): NDArray;
export function concatenate(): NDArray {
  return inOrder(concatenateOf, arguments, 3, "concatenate arrays axis dtype:d");
}

function concatenateOf(arrays: readonly ArrayLike[], axis: number | null = 0, dtype?: DType): NDArray {
  const parts = partsOf(arrays, "concatenate", dtype).map((part) => (axis === null ? part.flatten() : part));
  return join(parts, toAxis(axis ?? 0, parts[0]!.ndim, 'concatenate: "axis"'), "concatenate");
}

/**
 * The arrays, all of one shape, joined along a new axis.
 *
 * @param axis the new axis, of the result; default the first
 * @throws ShapeError if their shapes differ; RangeError if there are none, or no such axis
 * @example
 * stack([[1, 2], [3, 4]]).tolist() // => [[1, 2], [3, 4]]
 * stack([[1, 2], [3, 4]], 1).tolist() // => [[1, 3], [2, 4]]
 */
export function stack(
  arrays: readonly ArrayLike[],
  ...places: Places<[axis: number, out: null, dtype: DType | null], JoinOptions>
): NDArray;
export function stack(): NDArray {
  return inOrder(stackOf, arguments, 2, "stack arrays axis | out:0 dtype:d");
}

function stackOf(arrays: readonly ArrayLike[], axis = 0, { dtype }: { readonly dtype?: DType } = {}): NDArray {
  const parts = partsOf(arrays, "stack", dtype);
  const { shape } = parts[0]!;
  const at = toAxis(axis, shape.length + 1, 'stack: "axis"');
  const other = parts.find((part) => !sameShape(part.shape, shape));
  if (other) throw stackError(parts[0]!, other);
  const wide = [...shape.slice(0, at), 1, ...shape.slice(at)];
  return join(
    parts.map((part) => part.reshape(wide)),
    at,
    "stack",
  );
}

function stackError(first: NDArray, other: NDArray): ShapeError {
  const got = `got ${formatShape(first.shape)} and ${formatShape(other.shape)}`;
  return new ShapeError(`stack: "arrays" expected arrays of one shape, ${got}`);
}

/**
 * The arrays joined along the second axis; arrays with one axis along that one.
 *
 * @throws as `concatenate`
 * @example
 * hstack([[[1], [2]], [[3], [4]]]).tolist() // => [[1, 3], [2, 4]]
 */
export function hstack(
  arrays: readonly ArrayLike[],
  ...places: Places<[dtype: DType | null], { readonly dtype?: DType }>
): NDArray;
export function hstack(): NDArray {
  return inOrder(hstackOf, arguments, 2, "hstack tup dtype:d");
}

function hstackOf(arrays: readonly ArrayLike[], dtype?: DType): NDArray {
  const parts = partsOf(arrays, "hstack", dtype).map((part) => (part.ndim === 0 ? part.reshape([1]) : part));
  return join(parts, parts[0]!.ndim === 1 ? 0 : 1, "hstack");
}

/**
 * The arrays joined along the first axis; arrays [n] are rows.
 *
 * @throws as `concatenate`
 * @example
 * vstack([[1, 2], [3, 4]]).tolist() // => [[1, 2], [3, 4]]
 */
export function vstack(
  arrays: readonly ArrayLike[],
  ...places: Places<[dtype: DType | null], { readonly dtype?: DType }>
): NDArray;
export function vstack(): NDArray {
  return inOrder(vstackOf, arguments, 2, "vstack tup dtype:d");
}

function vstackOf(arrays: readonly ArrayLike[], dtype?: DType): NDArray {
  const parts = partsOf(arrays, "vstack", dtype).map((part) => (part.ndim < 2 ? part.reshape([1, part.size]) : part));
  return join(parts, 0, "vstack");
}
