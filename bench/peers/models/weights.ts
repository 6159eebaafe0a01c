/** The weights in the forms that other libraries like best: made once, before anything is timed. */
import { transposed } from "../transposed.ts";
import type { Block, Cnn, Dense } from "./model.ts";
import { CACHED, HEAD, HEADS, SIDE, WIDTH } from "./model.ts";

/** Query, key and value side by side, so that one product makes all three. */
export function fuse({ query, key, value }: Block): Dense {
  const parts = [query, key, value];
  const m = 3 * WIDTH;
  const kernel = new Float32Array(WIDTH * m);
  for (let row = 0; row < WIDTH; row++)
    parts.forEach((part, i) => kernel.set(part.kernel.subarray(row * WIDTH, (row + 1) * WIDTH), row * m + i * WIDTH));
  const bias = new Float32Array(m);
  parts.forEach((part, i) => bias.set(part.bias, i * WIDTH));
  return { n: WIDTH, m, kernel, bias };
}

/** [CACHED, HEADS, HEAD] as [HEADS, CACHED, HEAD]. */
export function headsFirst(cached: Float32Array): Float32Array {
  return transposed(cached, [CACHED, HEADS, HEAD], [1, 0, 2]);
}

/** [CACHED, HEADS, HEAD] as [HEADS, HEAD, CACHED]. */
export function timeLast(cached: Float32Array): Float32Array {
  return transposed(cached, [CACHED, HEADS, HEAD], [1, 2, 0]);
}

/** A kernel [3, 3, from, to] as [to, from, 3, 3]. */
export function outputsFirst(kernel: Float32Array, from: number, to: number): Float32Array {
  return transposed(kernel, [9, from, to], [2, 1, 0]);
}

/** The kernel of the CNN's dense layer for an input of [channels, rows, columns]. */
export function channelsFirst({ dense, convs }: Cnn): Float32Array {
  return transposed(dense.kernel, [(SIDE / 4) ** 2, convs.at(-1)!.to, dense.m], [1, 0, 2]);
}
