import type { Given, Places } from "../../base/index.ts";
import type { ArrayLike, DType, NDArray } from "../../array/index.ts";
import { arange, asarray, broadcastShapes, broadcastTo, formatShape, logicalAnd, multiply } from "../../array/index.ts";
import { assertNames, inOrder, ShapeError, toSize } from "../../base/index.ts";

/** What the mask functions take besides their arrays. */
export interface MaskOptions {
  /** Leading axes of size 1 to add to the result. */
  readonly extraBatchDims?: number;
  /** The dtype of the result; float32 where it is not given. */
  readonly dtype?: DType;
}

export interface AttentionMaskOptions extends MaskOptions {
  /** Compares queries [..., queries, 1] with keys [..., 1, keys]; `multiply` where it is not given. */
  readonly pairwiseFn?: (query: NDArray, key: NDArray) => ArrayLike;
}

/**
 * A mask for attention out of what is known of each query and each key: by default 1 where both are not zero.
 *
 * @param queryInput [..., queries]
 * @param keyInput [..., keys]
 * @returns [..., 1, queries, keys], after `extraBatchDims` axes of size 1
 * @throws ShapeError if an input has no axis
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/attention.py` (`make_attention_mask`).
 * @example
 * nnx.makeAttentionMask([1, 1], [1, 0, 1]).tolist() // => [[[1, 0, 1], [1, 0, 1]]]
 */
export function makeAttentionMask(
  queryInput: ArrayLike,
  ...places: Given<
    [keyInput: ArrayLike],
    "keyInput",
    [pairwiseFn: (query: NDArray, key: NDArray) => ArrayLike, extraBatchDims: number, dtype: DType],
    AttentionMaskOptions
  >
): NDArray;
export function makeAttentionMask(): NDArray {
  return inOrder(
    makeAttentionMaskOf,
    arguments,
    2,
    "nnx.makeAttentionMask queryInput keyInput | pairwiseFn:f extraBatchDims dtype:d",
  );
}

function makeAttentionMaskOf(
  queryInput: ArrayLike,
  keyInput: ArrayLike,
  { pairwiseFn = multiply, extraBatchDims, dtype = "float32" }: AttentionMaskOptions = {},
): NDArray {
  const query = withAxis("makeAttentionMask", "queryInput", queryInput);
  const key = withAxis("makeAttentionMask", "keyInput", keyInput);
  const columns = query.reshape([...query.shape, 1]);
  const rows = key.reshape([...key.shape.slice(0, -1), 1, key.shape.at(-1)!]);
  return expanded(asarray(pairwiseFn(columns, rows)), extraBatchDims, "makeAttentionMask").astype(dtype);
}

/**
 * A mask by which every query sees the keys up to its own place only.
 *
 * @param x [..., length]; only its shape counts
 * @returns [..., 1, length, length], after `extraBatchDims` axes of size 1
 * @throws ShapeError if `x` has no axis
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/attention.py` (`make_causal_mask`).
 * @example
 * nnx.makeCausalMask([7, 7, 7]).tolist() // => [[[1, 0, 0], [1, 1, 0], [1, 1, 1]]]
 */
export function makeCausalMask(
  x: ArrayLike,
  ...places: Places<[extraBatchDims: number, dtype: DType], MaskOptions>
): NDArray;
export function makeCausalMask(): NDArray {
  return inOrder(makeCausalMaskOf, arguments, 1, "nnx.makeCausalMask x | extraBatchDims dtype:d");
}

function makeCausalMaskOf(x: ArrayLike, { extraBatchDims, dtype = "float32" }: MaskOptions = {}): NDArray {
  const { shape } = withAxis("makeCausalMask", "x", x);
  const length = shape.at(-1)!;
  const places = arange(length);
  const visible = broadcastTo(places.reshape([length, 1]).ge(places), [...shape, length]);
  return expanded(visible, extraBatchDims, "makeCausalMask").astype(dtype);
}

/**
 * Masks joined by logical and; those that are undefined or null are left out, and one alone is only cast.
 *
 * @param masks arrays of one rank whose shapes broadcast, then perhaps `{ dtype }`, float32 where it is not given
 * @returns the joint mask; undefined where there is none
 * @throws ShapeError if ranks differ or shapes do not broadcast
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/attention.py` (`combine_masks`).
 * @example
 * nnx.combineMasks([1, 1, 0], undefined, [0, 1, 1]).tolist() // => [0, 1, 0]
 * nnx.combineMasks([1, 0], [1, 1], { dtype: "bool" }).dtype // => "bool"
 */
export function combineMasks(
  mask: ArrayLike,
  ...masks: readonly (ArrayLike | CombineMasksOptions | null | undefined)[]
): NDArray;
export function combineMasks(
  ...masks: readonly (ArrayLike | CombineMasksOptions | null | undefined)[]
): NDArray | undefined;
export function combineMasks(
  ...masks: readonly (ArrayLike | CombineMasksOptions | null | undefined)[]
): NDArray | undefined {
  const last = masks.at(-1);
  if (isOptions(last)) assertNames(last, "nnx.combineMasks", ["dtype"]);
  const { dtype = "float32" } = isOptions(last) ? last : {};
  const given = masks
    .filter((mask) => mask !== undefined && mask !== null && !(mask === last && isOptions(mask)))
    .map((mask) => asarray(mask as ArrayLike));
  const [first, ...others] = given;
  if (first === undefined) return undefined;
  if (others.some((mask) => mask.ndim !== first.ndim)) throw rankError(given);
  return others.reduce(both, first).astype(dtype);
}

export interface CombineMasksOptions {
  readonly dtype?: DType;
}

function rankError(masks: readonly NDArray[]): ShapeError {
  const shapes = masks.map((mask) => formatShape(mask.shape)).join(", ");
  return new ShapeError(`nnx.combineMasks: "masks" expected arrays of one rank, got shapes ${shapes}`);
}

function isOptions(x: unknown): x is CombineMasksOptions {
  return typeof x === "object" && x !== null && Object.getPrototypeOf(x) === Object.prototype;
}

function both(a: NDArray, b: NDArray): NDArray {
  broadcastShapes(a.shape, b.shape, "nnx.combineMasks");
  return logicalAnd(a, b);
}

function withAxis(fn: string, name: string, given: ArrayLike): NDArray {
  const x = asarray(given);
  if (x.ndim === 0) throw new ShapeError(`nnx.${fn}: "${name}" expected at least one axis, got a scalar`);
  return x;
}

/** [..., queries, keys] with an axis for the heads, and the extra ones in front. */
function expanded(mask: NDArray, extraBatchDims = 0, fn: string): NDArray {
  const extra = Array.from({ length: toSize(extraBatchDims, `nnx.${fn}: "extraBatchDims"`) }, () => 1);
  return mask.reshape([...extra, ...mask.shape.slice(0, -2), 1, ...mask.shape.slice(-2)]);
}
