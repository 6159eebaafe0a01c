import type { ArrayData } from "../arraydata.ts";
import { arrayData } from "../arraydata.ts";
import { sizeOf } from "../shape.ts";
import { derived } from "./derived.ts";
import { flipStrides, gather, permuted } from "./strided.ts";

const { fround } = Math;

/** `kernel` [...sizes, outputs, inputs] with every axis of the sizes reversed and the last two axes swapped; kept when it comes again. */
export function flippedKernel(kernel: ArrayData): ArrayData {
  return derived(kernel, `flipped ${kernel.shape.join()}`, () => {
    const axes = [...kernel.shape.keys()];
    const sizes = axes.slice(0, -2);
    const { strides, offset } = flipStrides(kernel.shape, sizes);
    return permuted(gather(kernel, kernel.shape, strides, offset), [...sizes, axes.at(-1)!, axes.at(-2)!]);
  });
}

/**
 * Wraps axis `axis` of `x`, float32, around a circle of `period` elements that starts `before` elements before the
 * axis does: all elements that meet are added, first to last, each sum rounded.
 */
export function wrapped(x: ArrayData, axis: number, period: number, before: number): ArrayData {
  const n = x.shape[axis]!;
  const outer = sizeOf(x.shape.slice(0, axis));
  const inner = sizeOf(x.shape.slice(axis + 1));
  const from = x.storage.data;
  const out = new Float32Array(outer * period * inner);
  for (let o = 0, at = 0; o < outer; o++) {
    for (let i = 0; i < n; i++) {
      const to = (o * period + ((i + before) % period)) * inner;
      for (let j = 0; j < inner; j++) out[to + j] = fround(out[to + j]! + from[at++]!);
    }
  }
  return arrayData([...x.shape.slice(0, axis), period, ...x.shape.slice(axis + 1)], "float32", out);
}
