/** Control flow that runs as it is written. */
import type { Given } from "../base/index.ts";
import { inOrder } from "../base/index.ts";
import type { ArrayLike, NDArray } from "../array/index.ts";
import { where } from "../array/index.ts";
import type { Truth } from "../nnx/index.ts";
import {
  cond as nnxCond,
  foriLoop as nnxForiLoop,
  switch as nnxSwitch,
  whileLoop as nnxWhileLoop,
} from "../nnx/index.ts";

export { nnxCond as cond, nnxForiLoop as foriLoop, nnxSwitch as switchFn, nnxWhileLoop as whileLoop };

/**
 * Elementwise, `onTrue` where `pred` is not 0, else `onFalse`.
 *
 * Source: JAX 0.10.2 `jax/_src/lax/lax.py` (`select`).
 * @example
 * lax.select([true, false], [1, 2], [3, 4]).tolist() // => [1, 4]
 */
export function select(
  ...places: Given<[pred: ArrayLike, onTrue: ArrayLike, onFalse: ArrayLike], "pred onTrue onFalse">
): NDArray;
export function select(): NDArray {
  return inOrder(selectOf, arguments, 3, "lax.select pred onTrue onFalse");
}

function selectOf(pred: ArrayLike, onTrue: ArrayLike, onFalse: ArrayLike): NDArray {
  return where(pred, onTrue, onFalse);
}

export type { Truth };
