import type { ArrayData, ArrayLike } from "../../data/index.ts";
import { toData, viewData } from "../../data/index.ts";
import { interpreter } from "../apply.ts";
import { asNDArray, NDArray, rawOf } from "../ndarray.ts";

/**
 * The raw data of an operation's operand. An array of this package is told at once: `toData` alone would take 5 ns
 * longer, of the 125 that a small layer's call takes (Node 20, 2026-12).
 *
 * @throws TypeError if `x` is not array-like, as what a caller's own `promoteDtype` gives may be
 */
export function dataOf(x: ArrayLike): ArrayData {
  return x instanceof NDArray ? rawOf(x) : toData(x, "operand");
}

/** Like `dataOf`, of an operand that may be left out. */
export function optionalDataOf(x: ArrayLike | undefined): ArrayData | undefined {
  return x === undefined ? undefined : dataOf(x);
}

/**
 * `x` as an array, for a call that reads it before it returns and keeps nothing of it: a Float32Array is not copied,
 * unless an interpreter listens, which may keep what operations are given.
 *
 * @param name how errors name the argument, `fn: "x"` by convention
 * @throws TypeError if `x` is not array-like
 */
export function viewArray(x: ArrayLike, name: string): NDArray {
  if (x instanceof NDArray) return x;
  return x instanceof Float32Array && interpreter.current === undefined
    ? new NDArray(viewData(x, name))
    : asNDArray(x, name);
}
