/** Elements chosen by masks and places. */
import type { Given } from "../../base/index.ts";
import { assertList, describe, inOrder, refuseSurplus, ShapeError } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import { formatShape, indicesOf, toAxis } from "../../data/index.ts";
import { clip, mod } from "../elementwise/arithmetic.ts";
import { stack } from "../manipulation/joining.ts";
import { broadcastArrays } from "../manipulation/views.ts";
import { asNDArray, NDArray } from "../ndarray.ts";
import { takeAlongAxis } from "../indexing/selection.ts";
import { flatnonzero } from "../indexing/nonzero.ts";

/**
 * The entries of `x` along an axis where `condition` is true.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`compress`).
 * @param condition [n] bools; entries beyond its end are left out
 * @param axis `null` (default) flattens first
 * @throws ShapeError for a condition with another number of axes, or one that is true beyond the end
 * @example
 * compress([false, true], [[1, 2], [3, 4]], 0).tolist() // => [[3, 4]]
 */
export function compress(
  condition: ArrayLike,
  ...places: Given<[x: ArrayLike], "a", [axis: number | null], { readonly axis?: number | null }>
): NDArray;
export function compress(): NDArray {
  return inOrder(compressOf, arguments, 3, "compress condition a axis * out:0");
}

function compressOf(condition: ArrayLike, x: ArrayLike, axis: number | null = null): NDArray {
  const mask = asNDArray(condition, 'compress: "condition"').astype("bool");
  if (mask.ndim !== 1)
    throw new ShapeError(`compress: "condition" expected one axis, got shape ${formatShape(mask.shape)}`);
  const given = asNDArray(x, 'compress: "x"');
  const from = axis === null ? given.flatten() : given;
  const along = toAxis(axis ?? 0, from.ndim, 'compress: "axis"');
  const places = flatnonzero(mask);
  const n = from.shape[along]!;
  if (places.data.some((place) => place >= n))
    throw new ShapeError(`compress: "condition" expected true among the first ${n} only, got one beyond`);
  return from.take(places, { axis: along });
}

/**
 * The elements of the flattened `x` where the flattened `condition` is true.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`extract`).
 * @throws ShapeError as `compress`
 * @example
 * extract([[true, false], [false, true]], [[1, 2], [3, 4]]).tolist() // => [1, 4]
 */
export function extract(condition: ArrayLike, x: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("extract", "condition arr", arguments);
  return compress(asNDArray(condition, 'extract: "condition"').flatten(), x);
}

/**
 * Elementwise, the element of the array among `choices` that `places` names, all broadcast.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`choose`).
 * @param options `mode`: what a place that there is not is: `"raise"` (default) an error, `"clip"` the nearest,
 * `"wrap"` counted cyclically
 * @throws RangeError for a place that there is not; TypeError for places that are not integers or another mode
 * @example
 * choose([2n, 0n], [[1, 2], [3, 4], [5, 6]]).tolist() // => [5, 2]
 */
export function choose(
  a: ArrayLike,
  ...places: Given<
    [choices: readonly ArrayLike[]],
    "choices",
    [out: null, mode: "raise" | "clip" | "wrap"],
    { readonly mode?: "raise" | "clip" | "wrap" }
  >
): NDArray;
export function choose(): NDArray {
  return inOrder(chooseOf, arguments, 2, "choose a choices | out:0 mode");
}

function chooseOf(
  places: ArrayLike,
  choices: readonly ArrayLike[],
  { mode = "raise" }: { readonly mode?: "raise" | "clip" | "wrap" } = {},
): NDArray {
  assertList(choices, 'choose: "choices"');
  const given = new NDArray(indicesOf(places, 'choose: "a"'));
  const n = choices.length;
  if (mode !== "raise" && mode !== "clip" && mode !== "wrap")
    throw new TypeError(`choose: "mode" expected "raise", "clip" or "wrap", got ${describe(mode)}`);
  if (mode === "raise" && given.data.some((place) => place < 0 || place >= n))
    throw new RangeError(`choose: "a" expected 0 to ${n - 1}, got others. Use { mode: "clip" } or "wrap"`);
  const inside = mode === "clip" ? clip(given, 0, n - 1) : mode === "wrap" ? mod(given, n) : given;
  const [chosen, ...all] = broadcastArrays(inside, ...choices);
  return takeAlongAxis(stack(all), chosen!.reshape([1, ...chosen!.shape]), 0).squeeze(0);
}
