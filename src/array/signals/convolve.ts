/** Convolution and correlation of lines. */
import type { Given } from "../../base/index.ts";
import { describe, inOrder, ShapeError } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import { formatShape } from "../../data/index.ts";
import { floatingPair } from "../elementwise/elementary.ts";
import { flip } from "../manipulation/moving.ts";
import { surround } from "../manipulation/surround.ts";
import type { NDArray } from "../ndarray.ts";
import { convolve as convolveChannels } from "../nn/convolve.ts";

/** Which places of two lines are kept: all where they meet, as many as the longer has, or where one is inside. */
export type ConvolveMode = "full" | "same" | "valid";

/** The products of `x` with `y` at every place, for `x` at least as long. */
function slide(x: NDArray, y: NDArray, mode: ConvolveMode, fn: string): NDArray {
  const n = y.size;
  const half = Math.floor(n / 2);
  const widths = { full: [n - 1, n - 1], same: [half, n - half - 1], valid: [0, 0] } as const;
  if (!Object.hasOwn(widths, mode))
    throw new TypeError(`${fn}: "mode" expected "full", "same" or "valid", got ${describe(mode)}`);
  const wide = surround(x, [widths[mode]], 0).reshape([1, -1, 1]);
  return convolveChannels(wide, y.reshape([n, 1, 1]), undefined, {
    strides: [1],
    pads: [[0, 0]],
    dilation: [1],
    inputDilation: [1],
    edges: "zero",
    groups: 1,
  }).reshape([-1]);
}

function lines(a: ArrayLike, v: ArrayLike, fn: string): [NDArray, NDArray] {
  const [x, y] = floatingPair(a, v, fn, "a", "v");
  for (const [name, line] of [
    ["a", x],
    ["v", y],
  ] as const)
    if (line.ndim !== 1 || line.size === 0)
      throw new ShapeError(`${fn}: "${name}" expected one axis with elements, got shape ${formatShape(line.shape)}`);
  return [x, y];
}

/**
 * The convolution of two lines, floats.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`convolve`).
 * @param options `mode`: default `"full"`
 * @throws ShapeError for an array that does not have one axis, or no elements; TypeError for another mode
 * @example
 * convolve([1, 2, 3], [0, 1, 0.5]).tolist() // => [0, 1, 2.5, 4, 1.5]
 */
export function convolve(
  a: ArrayLike,
  ...places: Given<[v: ArrayLike], "v", [mode: ConvolveMode], { readonly mode?: ConvolveMode }>
): NDArray;
export function convolve(): NDArray {
  return inOrder(convolveOf, arguments, 2, "convolve a v | mode * precision:p");
}

function convolveOf(a: ArrayLike, v: ArrayLike, { mode = "full" }: { readonly mode?: ConvolveMode } = {}): NDArray {
  const [x, y] = lines(a, v, "convolve");
  return x.size < y.size ? slide(y, flip(x), mode, "convolve") : slide(x, flip(y), mode, "convolve");
}

/**
 * The correlation of two lines, floats.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`correlate`).
 * @param options `mode`: default `"valid"`
 * @throws ShapeError for an array that does not have one axis, or no elements; TypeError for another mode
 * @example
 * correlate([1, 2, 3], [0, 1, 0.5], { mode: "same" }).tolist() // => [2, 3.5, 3]
 */
export function correlate(
  a: ArrayLike,
  ...places: Given<[v: ArrayLike], "v", [mode: ConvolveMode], { readonly mode?: ConvolveMode }>
): NDArray;
export function correlate(): NDArray {
  return inOrder(correlateOf, arguments, 2, "correlate a v | mode * precision:p");
}

function correlateOf(a: ArrayLike, v: ArrayLike, { mode = "valid" }: { readonly mode?: ConvolveMode } = {}): NDArray {
  const [x, y] = lines(a, v, "correlate");
  return x.size < y.size ? flip(slide(y, x, mode, "correlate")) : slide(x, y, mode, "correlate");
}
