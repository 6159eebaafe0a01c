/** Slopes by central differences. */
import { assertNames, ShapeError } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import { formatShape, toAxes } from "../../data/index.ts";
import { floatingAll } from "../elementwise/elementary.ts";
import { concatenate } from "../manipulation/joining.ts";
import type { NDArray } from "../ndarray.ts";
import { scalar } from "../scalar.ts";
import { sliceAlong } from "./slicealong.ts";

/**
 * The slopes of `f` along its axes by central differences, one-sided at the ends, a float.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`gradient`).
 * @param spacing the distance of neighbours, 1 if left out, or the coordinates along the axis; one for all axes, or one
 * for each. `{ axis }` may come last: one axis or several, all by default
 * @returns one array, or a list for more than one axis
 * @throws ShapeError for fewer than two elements along an axis, or coordinates that do not fit
 * @example
 * jnp.gradient([1, 2, 4, 7]).tolist() // => [1, 1.5, 2.5, 3]
 * jnp.gradient([1, 2, 4, 7], 0.5).tolist() // => [2, 3, 5, 6]
 */
export function gradient(
  f: ArrayLike,
  ...spacing: readonly (ArrayLike | { readonly axis?: number | readonly number[] | null })[]
): NDArray | NDArray[] {
  const last = spacing.at(-1);
  const isNamed = typeof last === "object" && last !== null && Object.getPrototypeOf(last) === Object.prototype;
  if (isNamed) assertNames(last, "gradient", ["axis"]);
  const axis = isNamed ? ((last as { axis?: number | readonly number[] | null }).axis ?? null) : null;
  // A number has the dtype of the elements; arrays are brought to a common one.
  const all = [f, ...((isNamed ? spacing.slice(0, -1) : spacing) as ArrayLike[])];
  const [given, ...steps] = floatingAll(all, (i) => `gradient: "${i === 0 ? "f" : "varargs"}"`) as [
    NDArray,
    ...NDArray[],
  ];
  const axes = axis === null ? given.shape.map((_, i) => i) : toAxes(axis, given.ndim, 'gradient: "axis"');
  if (axes.some((i) => given.shape[i]! < 2))
    throw new ShapeError(
      `gradient: "f" expected at least two elements along each axis, got shape ${formatShape(given.shape)}`,
    );
  if (steps.length > 1 && steps.length !== axes.length)
    throw new RangeError(
      `gradient: expected no spacing, one, or one for each of ${axes.length} axes, got ${steps.length}`,
    );
  const found = axes.map((along, i) => slopes(given, steps[i] ?? steps[0] ?? scalar(1, given.dtype), along));
  return found.length === 1 ? found[0]! : found;
}

function slopes(x: NDArray, spacing: NDArray, axis: number): NDArray {
  const first = sliceAlong(x, "1:2", axis).sub(sliceAlong(x, "0:1", axis));
  const last = sliceAlong(x, "-1:", axis).sub(sliceAlong(x, "-2:-1", axis));
  if (spacing.ndim === 0) {
    const inner = sliceAlong(x, "2:", axis)
      .sub(sliceAlong(x, ":-2", axis))
      .mul(0.5)
      .div(spacing);
    return concatenate([first.div(spacing), inner, last.div(spacing)], axis);
  }
  if (spacing.ndim !== 1 || spacing.size !== x.shape[axis])
    throw new ShapeError(
      `gradient: "spacing" expected a number or ${x.shape[axis]} coordinates, got shape ${formatShape(spacing.shape)}`,
    );
  const h = spacing.reshape(x.shape.map((n, i) => (i === axis ? n : 1)));
  const before = sliceAlong(h, "1:-1", axis).sub(sliceAlong(h, "0:-2", axis));
  const after = sliceAlong(h, "2:", axis).sub(sliceAlong(h, "1:-1", axis));
  const both = before.add(after);
  const inner = after
    .neg()
    .div(before.mul(both))
    .mul(sliceAlong(x, "0:-2", axis))
    .add(
      after
        .sub(before)
        .div(before.mul(after))
        .mul(sliceAlong(x, "1:-1", axis)),
    )
    .add(before.div(after.mul(both)).mul(sliceAlong(x, "2:", axis)));
  return concatenate(
    [
      first.div(sliceAlong(h, "1:2", axis).sub(sliceAlong(h, "0:1", axis))),
      inner,
      last.div(sliceAlong(h, "-1:", axis).sub(sliceAlong(h, "-2:-1", axis))),
    ],
    axis,
  );
}
