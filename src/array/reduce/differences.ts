import type { Places } from "../../base/index.ts";
import { describe, inOrder, int, ShapeError } from "../../base/index.ts";
import type { ArrayLike, Axes, ReduceOptions } from "../../data/index.ts";
import {
  DATA,
  NOT_EQUAL,
  SUBTRACT,
  promote,
  promoteScalar,
  formatShape,
  isFloat,
  sameShape,
  toAxis,
  withSize,
} from "../../data/index.ts";
import { concatenate } from "../manipulation/joining.ts";
import { broadcastTo } from "../manipulation/shapes.ts";
import { asNDArray, binary, NDArray } from "../ndarray.ts";

/** The options of `diff`. */
export interface DiffOptions {
  /** How often to subtract. Default 1. */
  readonly n?: number;
  /** Default the last. */
  readonly axis?: number;
  /** What to join to the start of `x` first. */
  readonly prepend?: ArrayLike;
  /** What to join to its end. */
  readonly append?: ArrayLike;
}

/**
 * Each element minus the one before it along an axis. Of bools, whether the two differ.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`diff`).
 * @throws ShapeError for a scalar; RangeError if `n` is negative or there is no such axis
 * @example
 * diff([1, 4, 9, 16]).tolist() // => [3, 5, 7]
 * diff([1, 4, 9, 16], { n: 2 }).tolist() // => [2, 2]
 */
export function diff(
  x: ArrayLike,
  ...places: Places<[n: number, axis: number, prepend: ArrayLike | null, append: ArrayLike | null], DiffOptions>
): NDArray;
export function diff(): NDArray {
  return inOrder(diffOf, arguments, 1, "diff a | n axis prepend:x append:x");
}

function diffOf(x: ArrayLike, { n = 1, axis = -1, prepend, append }: DiffOptions = {}): NDArray {
  const given = asNDArray(x, 'diff: "x"');
  let out = given;
  const times = int(n, 'diff: "n"');
  if (times < 0) throw new RangeError(`diff: "n" expected at least 0, got ${describe(n)}`);
  if (out.ndim === 0) throw new ShapeError('diff: "x" expected at least one axis, got a scalar');
  const along = toAxis(axis, out.ndim, 'diff: "axis"');
  if (times === 0) return out;
  const edge = withSize(out.shape, along, 1);
  const ends = [prepend, append].map((end, i) => {
    if (end === undefined) return [];
    const name = `diff: "${i === 0 ? "prepend" : "append"}"`;
    const part = typeof end === "number" ? new NDArray(promoteScalar(end, given[DATA], name)) : asNDArray(end, name);
    return [part.ndim === 0 ? broadcastTo(part, edge) : part];
  });
  if (ends.flat().length > 0) out = concatenate([...ends[0]!, out, ...ends[1]!], along);
  const all = Array.from({ length: along }, () => ":" as const);
  for (let i = 0; i < times; i++)
    out = binary(out.dtype === "bool" ? NOT_EQUAL : SUBTRACT, out.slice(...all, "1:"), out.slice(...all, ":-1"));
  return out;
}

/**
 * The range of the elements over axes: `max - min`.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py` (`ptp`).
 * @param axis one axis, several, or all of them if left out or null; negative ones count from the end. Options may
 * stand here
 * @param options the axes by name, and `keepdims`: whether the reduced axes stay with size 1, default false
 * @throws as `max`
 * @example
 * ptp([3, 1, 7]).item() // => 6
 */
export function ptp(
  x: ArrayLike,
  ...places: Places<[axis: Axes, out: null, keepdims: boolean], ReduceOptions>
): NDArray;
export function ptp(): NDArray {
  return inOrder(ptpOf, arguments, 2, "ptp a axis | out:0 keepdims:b");
}

function ptpOf(x: ArrayLike, axis?: Axes | ReduceOptions, options?: ReduceOptions): NDArray {
  const given = asNDArray(x, 'ptp: "x"');
  return given.max(axis, options).sub(given.min(axis, options));
}

/** The options of `average`. */
export interface AverageOptions extends ReduceOptions {
  /** In the shape of `x`, or [n] along its one axis. Equal if left out. */
  readonly weights?: ArrayLike;
}

/**
 * The mean over axes, weighted: `sum(x * weights) / sum(weights)`.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py` (`average`).
 * @throws ShapeError if the weights do not fit; RangeError if an axis is out of bounds or comes twice
 * @example
 * average([1, 5], { weights: [3, 1] }).item() // => 2
 */
export function average(
  x: ArrayLike,
  ...places: Places<[axis: Axes, weights: ArrayLike | null, returned: false, keepdims: boolean], AverageOptions>
): NDArray;
export function average(): NDArray {
  return inOrder(averageOf, arguments, 1, "average a | axis weights:x returned:0 keepdims:b");
}

function averageOf(x: ArrayLike, { weights, axis = null, keepdims = false }: AverageOptions = {}): NDArray {
  const given = asNDArray(x, 'average: "x"');
  if (weights === undefined) return given.mean({ axis, keepdims });
  // Integers are summed as float32, because they would wrap.
  const own = asNDArray(weights, 'average: "weights"');
  const common = promote(given.dtype, own.dtype);
  const dtype = isFloat(common) ? common : "float32";
  const [values, shares] = [given.astype(dtype), own.astype(dtype)];
  if (sameShape(shares.shape, given.shape))
    return values.mul(shares).sum({ axis, keepdims }).div(shares.sum({ axis, keepdims }));
  const along = typeof axis === "number" ? toAxis(axis, given.ndim, 'average: "axis"') : undefined;
  if (along === undefined || shares.ndim !== 1 || shares.size !== given.shape[along])
    throw weightsError(given, shares, along);
  return values
    .mul(
      shares.reshape(
        withSize(
          given.shape.map(() => 1),
          along,
          shares.size,
        ),
      ),
    )
    .sum({ axis, keepdims })
    .div(shares.sum());
}

function weightsError({ shape }: NDArray, weights: NDArray, axis: number | undefined): ShapeError {
  const expected = `${formatShape(shape)}${axis === undefined ? "" : ` or [${shape[axis]}]`}`;
  return new ShapeError(`average: "weights" expected shape ${expected}, got ${formatShape(weights.shape)}`);
}
