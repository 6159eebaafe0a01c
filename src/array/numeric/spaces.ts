/** Numbers on a scale of logarithms. */
import type { Places } from "../../base/index.ts";
import { describe, inOrder } from "../../base/index.ts";
import type { DType } from "../../data/index.ts";
import { checkDType } from "../../data/index.ts";
import type { LinspaceOptions } from "../creation/ranges.ts";
import { linspace } from "../creation/ranges.ts";
import { power } from "../elementwise/arithmetic.ts";
import { log10 } from "../elementwise/elementary.ts";
import { concatenate } from "../manipulation/joining.ts";
import type { NDArray } from "../ndarray.ts";

/** The options of `logspace`. */
export interface LogspaceOptions extends LinspaceOptions {
  /** Default 10. */
  readonly base?: number;
}

/**
 * `num` powers of a base, whose exponents are evenly spaced from `start` to `stop`.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/array_creation.py` (`logspace`).
 * @throws TypeError for an end that is no number; RangeError for a negative `num`
 * @example
 * logspace(0, 2, 3).tolist() // => [1, 10, 100]
 */
export function logspace(
  start: number,
  stop: number,
  ...places: Places<
    [
      num: number,
      endpoint: NonNullable<LogspaceOptions["endpoint"]>,
      base: NonNullable<LogspaceOptions["base"]>,
      dtype: NonNullable<LogspaceOptions["dtype"]>,
      axis: null,
    ],
    LogspaceOptions & { readonly num?: number }
  >
): NDArray;
export function logspace(): NDArray {
  return inOrder(logspaceOf, arguments, 3, "logspace start stop num | endpoint:b base dtype:d axis:0");
}

function logspaceOf(
  start: number,
  stop: number,
  num = 50,
  { base = 10, endpoint = true, dtype = "float32" }: LogspaceOptions = {},
): NDArray {
  checkDType(dtype, "logspace");
  return power(base, linspace(start, stop, num, { endpoint })).astype(dtype);
}

/**
 * `num` numbers from `start` to `stop` with the same ratio between neighbours.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/array_creation.py` (`geomspace`).
 * @throws RangeError if an end is 0, or their signs differ; TypeError for an end that is no number
 * @example
 * geomspace(1, 8, 4).round(4).tolist() // => [1, 2, 4, 8]
 */
export function geomspace(
  start: number,
  stop: number,
  ...places: Places<
    [
      num: number,
      endpoint: NonNullable<{ readonly endpoint?: boolean; readonly dtype?: DType }["endpoint"]>,
      dtype: NonNullable<{ readonly endpoint?: boolean; readonly dtype?: DType }["dtype"]>,
      axis: null,
    ],
    { readonly endpoint?: boolean; readonly dtype?: DType } & { readonly num?: number }
  >
): NDArray;
export function geomspace(): NDArray {
  return inOrder(geomspaceOf, arguments, 3, "geomspace start stop num | endpoint:b dtype:d axis:0");
}

function geomspaceOf(
  start: number,
  stop: number,
  num = 50,
  { endpoint = true, dtype = "float32" }: { readonly endpoint?: boolean; readonly dtype?: DType } = {},
): NDArray {
  checkDType(dtype, "geomspace");
  if (!(start * stop > 0))
    throw new RangeError(
      `geomspace: expected two numbers of one sign, neither 0, got ${describe(start)} and ${describe(stop)}`,
    );
  const sign = start < 0 ? -1 : 1;
  const [from, to] = [log10(Math.abs(start)).item(), log10(Math.abs(stop)).item()];
  const inner = logspace(from, to, num, { endpoint }).mul(sign);
  if (num < 1) return inner.astype(dtype);
  const all = endpoint && num > 1 ? [[start], inner.slice("1:-1"), [stop]] : [[start], inner.slice("1:")];
  return concatenate(all).astype(dtype);
}
