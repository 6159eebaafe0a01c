/** The operations that move elements without changing them. */
import type { ArrayData, Operation, Padding, Shape } from "../../data/index.ts";
import { concatenateData, padData, permuted, reshaped, rollData, broadcastData } from "../../data/index.ts";

/** The same elements in another shape of the same size. */
export const RESHAPE: Operation<Shape, [x: ArrayData]> = {
  name: "reshape",
  forward: (shape, x) => reshaped(x, shape),
};

/** The axes in another order: axis i of the result is axis `axes[i]`. */
export const TRANSPOSE: Operation<readonly number[], [x: ArrayData]> = {
  name: "transpose",
  forward: (axes, x) => permuted(x, axes),
};

/** Broadcast to a shape. */
export const BROADCAST_TO: Operation<Shape, [x: ArrayData]> = {
  name: "broadcastTo",
  forward: (shape, x) => broadcastData(x, shape),
};

/** The arrays one after another along an axis, in the dtype they promote to. */
export const CONCATENATE: Operation<number, readonly ArrayData[]> = {
  name: "concatenate",
  forward: concatenateData,
};

/** The elements amid a constant. */
export const PAD: Operation<Padding, [x: ArrayData]> = {
  name: "pad",
  forward: padData,
};

/** The elements moved on along an axis, those that leave the end coming in at the start. */
export const ROLL: Operation<{ readonly shift: number; readonly axis: number }, [x: ArrayData]> = {
  name: "roll",
  forward: rollData,
};
