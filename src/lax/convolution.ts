/** Convolutions with all their options. */
import type { Given } from "../base/index.ts";
import { assertList, describe, inOrder, ShapeError } from "../base/index.ts";
import type { ArrayLike, NDArray } from "../array/index.ts";
import { asarray, convolve, formatShape, namedPads, promoteTypes } from "../array/index.ts";

/** Where batch (N), features (C), inputs (I), outputs (O) and space stand: `["NHWC", "HWIO", "NHWC"]`. */
export type ConvDimensionNumbers = readonly [x: string, kernel: string, out: string];

/** The options of `convGeneralDilated`. */
export interface ConvGeneralDilatedOptions {
  /** Spreads the input, zeros between its elements. Default 1. */
  readonly lhsDilation?: readonly number[] | null;
  /** Spreads the kernel. Default 1. */
  readonly rhsDilation?: readonly number[] | null;
  /** Default batch, features, space; outputs, inputs, space; batch, features, space. */
  readonly dimensionNumbers?: ConvDimensionNumbers | null;
  /** Cuts inputs and outputs into groups that do not see each other. Default 1. */
  readonly featureGroupCount?: number;
}

const SPACE = "0123456789";

/** The default order of axes for a rank. */
function defaults(rank: number): ConvDimensionNumbers {
  const space = SPACE.slice(0, rank);
  return [`NC${space}`, `OI${space}`, `NC${space}`];
}

/** For each letter of `to`, its place in `from`. */
function order(from: string, to: string, name: string): number[] {
  const places = Array.from(to, (letter) => from.indexOf(letter));
  if (from.length !== to.length || places.includes(-1))
    throw new ShapeError(
      `lax.convGeneralDilated: "dimensionNumbers" expected the letters of ${to} for ${name}, got ${describe(from)}`,
    );
  return places;
}

/**
 * Slides a kernel over an input: each output is one sum over the kernel's positions row-major, and at each over the
 * inputs of its group, ascending; padding takes part as zeros.
 *
 * Source: JAX 0.10.2 `jax/_src/lax/convolution.py` (`conv_general_dilated`), up to the order of the sum.
 * @param lhs the input, rhs the kernel, in the order of `dimensionNumbers`
 * @param padding "SAME", "SAME_LOWER", "VALID", or what to add before and after each axis
 * @throws ShapeError if the shapes or the lists do not fit; TypeError for another word
 * @example
 * lax.convGeneralDilated(jnp.ones([1, 1, 4]), jnp.ones([1, 1, 2]), [1], "VALID").tolist() // => [[[2, 2, 2]]]
 */
export function convGeneralDilated(
  lhs: ArrayLike,
  ...places: Given<
    [
      rhs: ArrayLike,
      windowStrides: readonly number[],
      padding: "SAME" | "SAME_LOWER" | "VALID" | readonly (readonly [low: number, high: number])[],
    ],
    "rhs windowStrides padding",
    [
      lhsDilation: ConvGeneralDilatedOptions["lhsDilation"],
      rhsDilation: ConvGeneralDilatedOptions["rhsDilation"],
      dimensionNumbers: ConvGeneralDilatedOptions["dimensionNumbers"],
      featureGroupCount: ConvGeneralDilatedOptions["featureGroupCount"],
    ],
    ConvGeneralDilatedOptions
  >
): NDArray;
export function convGeneralDilated(): NDArray {
  return inOrder(
    convGeneralDilatedOf,
    arguments,
    4,
    "lax.convGeneralDilated lhs rhs windowStrides padding | lhsDilation rhsDilation dimensionNumbers " +
      "featureGroupCount batchGroupCount:0 precision:p preferredElementType:g outSharding:0",
  );
}

function convGeneralDilatedOf(
  lhs: ArrayLike,
  rhs: ArrayLike,
  windowStrides: readonly number[],
  padding: "SAME" | "SAME_LOWER" | "VALID" | readonly (readonly [low: number, high: number])[],
  {
    lhsDilation = null,
    rhsDilation = null,
    dimensionNumbers = null,
    featureGroupCount = 1,
  }: ConvGeneralDilatedOptions = {},
): NDArray {
  assertList(windowStrides, 'lax.convGeneralDilated: "windowStrides"');
  const [x, kernel] = [asarray(lhs), asarray(rhs)];
  const rank = x.ndim - 2;
  if (rank < 0 || kernel.ndim !== x.ndim)
    throw new ShapeError(
      `lax.convGeneralDilated: expected as many axes in both, at least two, got shapes ${formatShape(x.shape)} and ` +
        formatShape(kernel.shape),
    );
  if (dimensionNumbers !== null) assertList(dimensionNumbers, 'lax.convGeneralDilated: "dimensionNumbers"');
  const [xOrder, kernelOrder, outOrder] = dimensionNumbers ?? defaults(rank);
  const space = Array.from(xOrder, (letter) => (letter === "N" || letter === "C" ? "" : letter)).join("");
  const input = x.transpose(order(xOrder, `N${space}C`, "the input"));
  const weights = kernel.transpose(order(kernelOrder, `${space}IO`, "the kernel"));
  const ones = Array.from({ length: rank }, () => 1);
  const [spread, dilation] = [lhsDilation ?? ones, rhsDilation ?? ones];
  const [inputs, outputs] = weights.shape.slice(-2) as [number, number];
  const lists = [windowStrides, spread, dilation, Array.isArray(padding) ? padding : ones];
  if (lists.some((list) => list.length !== rank))
    throw new ShapeError(`lax.convGeneralDilated: expected ${rank} entries in each list`);
  if (inputs * featureGroupCount !== input.shape.at(-1) || outputs % featureGroupCount !== 0)
    throw new ShapeError(
      `lax.convGeneralDilated: expected a kernel of ${input.shape.at(-1)} features in ${featureGroupCount} groups, ` +
        `got ${inputs} inputs and ${outputs} outputs`,
    );
  if (!Array.isArray(padding) && !["SAME", "SAME_LOWER", "VALID"].includes(padding as string))
    throw new TypeError(
      `lax.convGeneralDilated: "padding" expected "SAME", "SAME_LOWER", "VALID" or pairs, got ${describe(padding)}`,
    );
  const sizes = input.shape.slice(1, -1).map((n, i) => (n === 0 ? 0 : (n - 1) * spread[i]! + 1));
  const reach = weights.shape.slice(0, rank).map((n, i) => (n - 1) * dilation[i]! + 1);
  const pads = typeof padding === "string" ? namedPads(padding, sizes, reach, windowStrides) : padding;
  const dtype = promoteTypes(input.dtype, weights.dtype);
  const out = convolve(input.astype(dtype), weights.astype(dtype), undefined, {
    strides: windowStrides,
    pads: pads as readonly (readonly [number, number])[],
    dilation,
    inputDilation: spread,
    edges: "zero",
    groups: featureGroupCount,
  });
  return out.transpose(order(`N${space}C`, outOrder, "the result"));
}

/**
 * `convGeneralDilated` without dilation, axes in the default order.
 *
 * Source: JAX 0.10.2 `jax/_src/lax/convolution.py` (`conv`).
 * @throws as `convGeneralDilated`
 * @example
 * lax.conv(jnp.ones([1, 1, 4]), jnp.ones([1, 1, 2]), [1], "SAME").tolist() // => [[[2, 2, 2, 1]]]
 */
export function conv(
  lhs: ArrayLike,
  ...places: Given<
    [rhs: ArrayLike, windowStrides: readonly number[], padding: "SAME" | "SAME_LOWER" | "VALID"],
    "rhs windowStrides padding"
  >
): NDArray;
export function conv(): NDArray {
  return inOrder(convOf, arguments, 4, "lax.conv lhs rhs windowStrides padding | precision:p preferredElementType:g");
}

function convOf(
  lhs: ArrayLike,
  rhs: ArrayLike,
  windowStrides: readonly number[],
  padding: "SAME" | "SAME_LOWER" | "VALID",
): NDArray {
  return convGeneralDilated(lhs, rhs, windowStrides, padding);
}
