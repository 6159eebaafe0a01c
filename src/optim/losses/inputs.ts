import type { ArrayLike, Axes, NDArray } from "../../array/index.ts";
import {
  activate,
  fromLists,
  logSoftmax as logSoftmaxOver,
  reducedAxes,
  sum,
  where as choose,
} from "../../array/index.ts";
import { describe, ShapeError } from "../../base/index.ts";

/** Arrays by name: `Arrays<"logits" | "labels">` is `{ logits, labels }`. */
export type Arrays<Names extends string> = { readonly [Name in Names]: ArrayLike };

/**
 * An argument as an array of floats.
 *
 * @throws TypeError if its elements are integers or booleans
 */
export function floating(fn: string, name: string, x: ArrayLike): NDArray {
  const array = fromLists(x, `optax.${fn}: "${name}"`);
  if (/float/.test(array.dtype)) return array;
  throw new TypeError(
    `optax.${fn}: "${name}" expected floats, got ${describe(array)}. Cast it with .astype("float32")`,
  );
}

/**
 * An argument as an array of integers; JavaScript's own numbers count where they are whole.
 *
 * @throws TypeError if its elements are others
 */
export function integers(fn: string, name: string, x: ArrayLike): NDArray {
  const array = fromLists(x, `optax.${fn}: "${name}"`);
  if (!/float/.test(array.dtype)) return array;
  if ((Array.isArray(x) || typeof x === "number") && array.data.every(Number.isInteger)) return array.astype("int32");
  throw new TypeError(
    `optax.${fn}: "${name}" expected whole numbers, got ${describe(array)}. Cast it with .astype("int32")`,
  );
}

/** @throws ShapeError if two arguments have shapes that differ */
export function sameShapes(fn: string, a: NDArray, b: NDArray, names: readonly [string, string]): void {
  if (a.ndim === b.ndim && a.shape.every((size, axis) => size === b.shape[axis])) return;
  throw new ShapeError(
    `optax.${fn}: "${names[1]}" expected the shape [${a.shape.join(", ")}] of "${names[0]}", got ` +
      `[${b.shape.join(", ")}]`,
  );
}

/** What losses over an axis take at the end. */
export interface AxisOptions {
  /** The axis of the classes or features, or several. Default the last. */
  readonly axis?: Axes;
  /** Which elements count, bool: the others are as if they were not there. Default all. */
  readonly where?: ArrayLike;
}

/** The sum over axes of the elements that count. */
export function sumWhere(x: NDArray, axis: Axes, where: NDArray | undefined, keepdims = false): NDArray {
  return sum(where === undefined ? x : choose(where, x, 0), { axis, keepdims });
}

/**
 * The logarithm of the softmax over axes: (x - max) - log(sum(e^(x - max))); -Infinity for elements that do not count.
 *
 * Source: JAX 0.10.2 `jax/_src/nn/functions.py` (`log_softmax`).
 */
export function logSoftmax(x: NDArray, axis: Axes, where?: NDArray): NDArray {
  const axes = reducedAxes(axis, x.ndim, "optax.logSoftmax");
  return logSoftmaxOver(where === undefined ? x : choose(where, x, -Infinity), axes);
}

/**
 * The logarithm of the sigmoid: -log(1 + e^-x).
 *
 * Source: JAX 0.10.2 `jax/_src/nn/functions.py` (`log_sigmoid`).
 */
export function logSigmoid(x: NDArray): NDArray {
  return activate({ name: "softplus", a: -1 }, x);
}
