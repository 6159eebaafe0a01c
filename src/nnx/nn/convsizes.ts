import type { ArrayLike, Edges, NDArray, Pads, Shape } from "../../array/index.ts";
import { asarray, formatShape, namedPads, spanOf, viewArray } from "../../array/index.ts";
import { describe, int, ShapeError, toSize } from "../../base/index.ts";

/**
 * What is around the input: `"SAME"` and `"VALID"` as in JAX (`"SAME_LOWER"` puts an odd pad before),
 * `"CIRCULAR"` the input again, `"REFLECT"` its mirror image, `"CAUSAL"` zeros before only (one axis); or zeros by
 * number: for all sides, or an axis each, or `[before, behind]`.
 */
export type Padding =
  | "SAME"
  | "SAME_LOWER"
  | "VALID"
  | "CIRCULAR"
  | "REFLECT"
  | "CAUSAL"
  | number
  | readonly (number | readonly [number, number])[];

/** One number for all axes, or one each. */
export type PerAxis = number | readonly number[];

/** A kernel's sizes: a number is a kernel of one axis. */
export function kernelSizes(layer: string, sizes: unknown): number[] {
  const given: unknown[] = Array.isArray(sizes) ? sizes : [sizes];
  return given.map((size, i) => {
    const n = toSize(size, `nnx.${layer}: "kernelSize"[${i}]`);
    if (n === 0) throw new ShapeError(`nnx.${layer}: "kernelSize"[${i}] expected a size of at least 1, got 0`);
    return n;
  });
}

/**
 * A number for every axis of the kernel, at least 1.
 *
 * @throws ShapeError if one is below 1 or there are not as many as axes; TypeError if one is not a number
 */
export function perAxis(layer: string, name: string, given: PerAxis | null | undefined, rank: number): number[] {
  const values: readonly unknown[] = Array.isArray(given) ? given : Array.from({ length: rank }, () => given ?? 1);
  if (values.length !== rank)
    throw new ShapeError(
      `nnx.${layer}: "${name}" expected ${rank} numbers, one an axis of the kernel, got ${values.length}`,
    );
  return values.map((value) => {
    const n = int(value, `nnx.${layer}: "${name}"`);
    if (n < 1) throw new ShapeError(`nnx.${layer}: "${name}" expected at least 1, got ${describe(value)}`);
    return n;
  });
}

/**
 * `padding` with every number checked and paired.
 *
 * @throws TypeError, RangeError for what is not a padding; ShapeError if a number is negative
 */
export function checkedPadding(
  layer: string,
  padding: unknown,
  names: readonly string[],
  rank: number,
): string | Pads[] {
  if (typeof padding === "string") {
    const name = padding.toUpperCase();
    if (names.includes(name)) return name;
    throw new RangeError(
      `nnx.${layer}: "padding" expected ${names.join(", ")}, a number or ${rank} pairs of numbers, ` +
        `got ${describe(padding)}`,
    );
  }
  const all: unknown = Array.isArray(padding) ? padding : Array.from({ length: rank }, () => padding);
  const sides = all as readonly unknown[];
  if (sides.length !== rank)
    throw new ShapeError(
      `nnx.${layer}: "padding" expected ${rank} entries, one an axis of the kernel, got ${sides.length}`,
    );
  return sides.map((side) => pairOf(layer, side));
}

function pairOf(layer: string, side: unknown): Pads {
  if (Array.isArray(side) && side.length !== 2)
    throw new ShapeError(`nnx.${layer}: "padding" expected pairs [before, behind], got ${describe(side)}`);
  const pair: readonly unknown[] = Array.isArray(side) ? side : [side, side];
  const [low, high] = pair.map((given) => {
    const n = int(given, `nnx.${layer}: "padding"`);
    if (n < 0) throw new ShapeError(`nnx.${layer}: "padding" expected at least 0, got ${describe(given)}`);
    return n;
  });
  return [low!, high!];
}

/** What a padding means for given sizes: how much to add on each side of an axis, and of what. */
export function resolvePadding(
  padding: string | readonly Pads[],
  sizes: Shape,
  kernel: Shape,
  strides: Shape,
  dilation: Shape,
): { pads: readonly Pads[]; edges: Edges } {
  const spans = kernel.map((k, axis) => spanOf(k, dilation[axis]!));
  if (typeof padding !== "string") return { pads: padding, edges: "zero" };
  if (padding === "CIRCULAR" || padding === "REFLECT")
    return { pads: spans.map((k) => [(k - 1) >> 1, k >> 1]), edges: padding === "CIRCULAR" ? "wrap" : "reflect" };
  if (padding === "CAUSAL") return { pads: spans.map((k) => [k - 1, 0]), edges: "zero" };
  return { pads: namedPads(padding as "SAME", sizes, spans, strides), edges: "zero" };
}

/** The input as [batch, ...spatial, features], and the batch axes it had. */
export function batched(
  layer: string,
  x: ArrayLike,
  rank: number,
  features: number,
): { inputs: NDArray; batch: Shape } {
  const given = viewArray(x, `nnx.${layer}: "x"`);
  const { shape, ndim } = given;
  if (ndim < rank + 1 || shape[ndim - 1] !== features) {
    throw new ShapeError(
      `nnx.${layer}: "x" expected shape [...batch, ${rank} spatial axes, ${features}], got ${formatShape(shape)}`,
    );
  }
  const batch = shape.slice(0, ndim - rank - 1);
  if (batch.length === 1) return { inputs: given, batch };
  return { inputs: given.reshape([batch.reduce((a, b) => a * b, 1), ...shape.slice(ndim - rank - 1)]), batch };
}

/** A result [batch, ...] with the batch axes that the input had. */
export function unbatched(y: NDArray, batch: Shape): NDArray {
  return batch.length === 1 ? y : y.reshape([...batch, ...y.shape.slice(1)]);
}

/** @throws ShapeError if a mask does not have the kernel's shape */
export function checkedMask(layer: string, mask: ArrayLike | null | undefined, kernelShape: Shape): NDArray | null {
  if (mask === null || mask === undefined) return null;
  const given = asarray(mask);
  if (formatShape(given.shape) === formatShape(kernelShape)) return given;
  throw new ShapeError(
    `nnx.${layer}: "mask" expected the kernel's shape ${formatShape(kernelShape)}, got ${formatShape(given.shape)}`,
  );
}
