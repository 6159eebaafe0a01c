/** Parts of arrays at places that are within them. */
import type { Given } from "../base/index.ts";
import { assertList, inOrder, int, ShapeError } from "../base/index.ts";
import type { ArrayLike, NDArray } from "../array/index.ts";
import { asarray, formatShape, toAxis } from "../array/index.ts";
import type { KeptOptions } from "./alongaxis.ts";
import { along } from "./alongaxis.ts";
import { dynamicIndexInDim } from "./dynamicslicing.ts";

/**
 * The part of `x` from `startIndices` to `limitIndices`, by steps.
 *
 * Source: JAX 0.10.2 `jax/_src/lax/slicing.py` (`slice`).
 * @throws ShapeError if there is not one start and end an axis, or they are not within it
 * @example
 * lax.slice([1, 2, 3, 4, 5], [0], [5], [2]).tolist() // => [1, 3, 5]
 */
export function slice(
  x: ArrayLike,
  ...places: Given<
    [startIndices: readonly number[], limitIndices: readonly number[]],
    "startIndices limitIndices",
    [strides: readonly number[] | null],
    { readonly strides?: readonly number[] | null }
  >
): NDArray;
export function slice(): NDArray {
  return inOrder(sliceOf, arguments, 4, "lax.slice operand startIndices limitIndices strides");
}

function sliceOf(
  x: ArrayLike,
  startIndices: readonly number[],
  limitIndices: readonly number[],
  strides: readonly number[] | null = null,
): NDArray {
  assertList(startIndices, 'lax.slice: "startIndices"');
  assertList(limitIndices, 'lax.slice: "limitIndices"');
  const given = asarray(x);
  const { shape } = given;
  const fits = shape.every((n, i) => {
    const [start, end, step] = [startIndices[i]!, limitIndices[i]!, strides?.[i] ?? 1];
    return start >= 0 && start <= end && end <= n && step >= 1;
  });
  if (startIndices.length !== shape.length || limitIndices.length !== shape.length || !fits)
    throw new ShapeError(
      `lax.slice: expected a start and an end within shape ${formatShape(shape)} for each axis, ` +
        `got ${formatShape(startIndices)} and ${formatShape(limitIndices)}`,
    );
  return given.slice(
    ...shape.map((_, i) => `${startIndices[i]!}:${limitIndices[i]!}:${strides?.[i] ?? 1}` as `${number}:${number}`),
  );
}

/**
 * The entries of `x` along an axis from `startIndex` to `limitIndex`, by steps.
 *
 * Source: JAX 0.10.2 `jax/_src/lax/slicing.py` (`slice_in_dim`).
 * @param startIndex `null` is the start, a negative one counts from the end
 * @example
 * lax.sliceInDim([1, 2, 3, 4], 1, null).tolist() // => [2, 3, 4]
 */
export function sliceInDim(
  x: ArrayLike,
  ...places: Given<
    [startIndex: number | null, limitIndex: number | null],
    "startIndex limitIndex",
    [stride: number, axis: number],
    { readonly stride?: number; readonly axis?: number }
  >
): NDArray;
export function sliceInDim(): NDArray {
  return inOrder(sliceInDimOf, arguments, 5, "lax.sliceInDim operand startIndex limitIndex stride axis");
}

function sliceInDimOf(
  x: ArrayLike,
  startIndex: number | null,
  limitIndex: number | null,
  stride = 1,
  axis = 0,
): NDArray {
  const given = asarray(x);
  const at = toAxis(axis, given.ndim, 'lax.sliceInDim: "axis"');
  const step = int(stride, 'lax.sliceInDim: "stride"');
  const start = int(startIndex ?? 0, 'lax.sliceInDim: "startIndex"');
  const limit = int(limitIndex ?? given.shape[at]!, 'lax.sliceInDim: "limitIndex"');
  return given.slice(...along(at, `${start}:${limit}:${step}` as `${number}:${number}`));
}

/**
 * The entry of `x` at an index along an axis, which must be there.
 *
 * Source: JAX 0.10.2 `jax/_src/lax/slicing.py` (`index_in_dim`).
 * @throws RangeError if there is no such entry
 * @example
 * lax.indexInDim([[1, 2], [3, 4]], -1, 0, false).tolist() // => [3, 4]
 */
export function indexInDim(
  x: ArrayLike,
  ...places: Given<
    [index: number],
    "index",
    [axis: number, keepdims: boolean],
    { readonly axis?: number; readonly keepdims?: boolean }
  >
): NDArray;
export function indexInDim(): NDArray {
  return inOrder(indexInDimOf, arguments, 3, "lax.indexInDim operand index axis | keepdims:b");
}

function indexInDimOf(x: ArrayLike, index: number, axis = 0, { keepdims = true }: KeptOptions = {}): NDArray {
  const given = asarray(x);
  const at = toAxis(axis, given.ndim, 'lax.indexInDim: "axis"');
  return dynamicIndexInDim(given, toAxis(index, given.shape[at]!, 'lax.indexInDim: "index"'), at, keepdims);
}
