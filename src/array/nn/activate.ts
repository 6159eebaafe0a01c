import type { Activation, ArrayData, ArrayLike } from "../../data/index.ts";
import { activateData, preluData } from "../../data/index.ts";
import type { Operation } from "../apply.ts";
import { apply } from "../apply.ts";
import type { NDArray } from "../ndarray.ts";
import { dataOf } from "./inputs.ts";

/** What `activate` computes. */
export const ACTIVATE: Operation<Activation, [x: ArrayData]> = { name: "activate", forward: activateData };

/** An activation of each element of `x`. */
export function activate(activation: Activation, x: ArrayLike): NDArray {
  return apply(ACTIVATE, activation, dataOf(x));
}

/** What `prelu` computes. */
export const PRELU: Operation<undefined, [x: ArrayData, slope: ArrayData]> = {
  name: "prelu",
  forward: (_, x, slope) => preluData(x, slope),
};

/**
 * x at or above 0, `slope` times x below.
 *
 * @param slope one element
 */
export function prelu(x: ArrayLike, slope: ArrayLike): NDArray {
  return apply(PRELU, undefined, dataOf(x), dataOf(slope));
}
