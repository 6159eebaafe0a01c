import { mirrorIndex, wrapIndex } from "../manipulation/wrapindex.ts";
import type { Shape } from "../shape.ts";

/** Elements to add before and after an axis. */
export type Pads = readonly [low: number, high: number];

/** What is beyond the edges: zeros, the array again (period n), or its mirror image (period 2n - 2). */
export type Edges = "zero" | "wrap" | "reflect";

/** How a window slides over the axes between the first (the batch) and the last (the features). One entry an axis. */
export interface Sliding {
  readonly strides: readonly number[];
  readonly pads: readonly Pads[];
  /** The distance between neighbours in the window. */
  readonly dilation: readonly number[];
  /** The distance between neighbours in the input, with zeros between them. Only with zeros beyond the edges. */
  readonly inputDilation: readonly number[];
  readonly edges: Edges;
}

/** The indices of a window's elements along one axis. */
export interface AxisWindows {
  /** The number of places of the window. */
  readonly places: number;
  /** At `place * window + i`: the input index under element i of the window, -1 for a zero. */
  readonly index: Int32Array;
}

/** The windows along an axis of size `n`: none where the padded axis is shorter than the window. */
export function axisWindows(n: number, window: number, axis: number, sliding: Sliding): AxisWindows {
  const source = paddedAxis(n, axis, sliding);
  const places = placesIn(source.length, window, axis, sliding);
  const stride = sliding.strides[axis]!;
  const step = sliding.dilation[axis]!;
  const index = new Int32Array(places * window);
  for (let place = 0, to = 0; place < places; place++) {
    for (let i = 0; i < window; i++) index[to++] = source[place * stride + i * step]!;
  }
  return { places, index };
}

/** The index, in an axis of size `n`, of each place of the padded axis; -1 for a zero. */
export function paddedAxis(n: number, axis: number, { pads, inputDilation, edges }: Sliding): number[] {
  const [low, high] = pads[axis]!;
  const spread = inputDilation[axis]!;
  const length = n === 0 ? 0 : (n - 1) * spread + 1;
  const source: number[] = [];
  const end = length + low + high;
  if (n === 0 || (edges === "zero" && spread === 1)) {
    for (let i = 0, at = -low; i < end; i++, at++) source.push(at >= 0 && at < n ? at : -1);
    return source;
  }
  const find =
    edges === "zero"
      ? (at: number) => within(at, length, spread)
      : edges === "wrap"
        ? (at: number) => wrapIndex(at, n)
        : (at: number) => mirrorIndex(at, n, 0);
  for (let i = 0; i < end; i++) source.push(find(i - low));
  return source;
}

/** How often a window fits into a padded axis. */
export function placesIn(padded: number, window: number, axis: number, { strides, dilation }: Sliding): number {
  return Math.max(0, Math.floor((padded - spanOf(window, dilation[axis]!)) / strides[axis]!) + 1);
}

/** The places along each spatial axis of a window of the sizes `kernel` in an array of shape `own`. */
export function placesOf(own: Shape, kernel: Shape, sliding: Sliding): number[] {
  return kernel.map((window, axis) => {
    const n = own[axis + 1]!;
    const [low, high] = sliding.pads[axis]!;
    return placesIn((n === 0 ? 0 : (n - 1) * sliding.inputDilation[axis]! + 1) + low + high, window, axis, sliding);
  });
}

/** How many elements a window covers, the gaps within it included. */
export function spanOf(window: number, dilation: number): number {
  return (window - 1) * dilation + 1;
}

function within(at: number, length: number, spread: number): number {
  return at < 0 || at >= length || at % spread !== 0 ? -1 : at / spread;
}

/**
 * The pads that a word asks for. `SAME`: as many places as the axis has strides, an odd pad more behind (`SAME_LOWER`:
 * before). `VALID`: none.
 *
 * Source: JAX 0.10.2 `jax/_src/lax/lax.py` (`padtype_to_pads`).
 */
export function namedPads(name: "SAME" | "SAME_LOWER" | "VALID", sizes: Shape, windows: Shape, strides: Shape): Pads[] {
  return sizes.map((n, axis) => {
    if (name === "VALID") return [0, 0];
    const places = Math.ceil(n / strides[axis]!);
    const all = Math.max(0, (places - 1) * strides[axis]! + windows[axis]! - n);
    const less = all >> 1;
    return name === "SAME" ? [less, all - less] : [all - less, less];
  });
}
