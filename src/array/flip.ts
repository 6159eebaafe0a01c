import type { Dense } from "./dense.ts";
import { dense } from "./dense.ts";
import { storageFor } from "./dtype.ts";
import { sizeOf } from "./shape.ts";
import { derived } from "./transpose.ts";

const { fround } = Math;

/** `kernel` [...sizes, outputs, inputs] with every axis of the sizes reversed and the last two axes swapped; kept when it comes again. */
export function flippedKernel(kernel: Dense): Dense {
  return derived(kernel, `flipped ${kernel.shape.join()}`, () => {
    const [outputs, inputs] = kernel.shape.slice(-2) as [number, number];
    const sizes = kernel.shape.slice(0, -2);
    const positions = sizeOf(sizes);
    const from = kernel.storage.data;
    const data = storageFor(kernel.dtype, from.length);
    for (let p = 0, to = 0; p < positions; p++) {
      const base = (positions - 1 - p) * outputs * inputs;
      for (let i = 0; i < inputs; i++) for (let o = 0; o < outputs; o++) data[to++] = from[base + o * inputs + i]!;
    }
    return dense([...sizes, inputs, outputs], kernel.dtype, data);
  });
}

/**
 * Wraps axis `axis` of `x`, float32, around a circle of `period` elements that starts `before` elements before the
 * axis does: all elements that meet are added, first to last, each sum rounded.
 */
export function wrapped(x: Dense, axis: number, period: number, before: number): Dense {
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
  return dense([...x.shape.slice(0, axis), period, ...x.shape.slice(axis + 1)], "float32", out);
}
