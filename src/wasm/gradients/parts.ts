import { copyIn, copyOut } from "../copy.ts";
import { BLOCK } from "../memory.ts";
import type { Arena } from "../memory.ts";

/** Elements of an array that are in linear memory at a time: four arrays fill the block region. */
export const PART: number = BLOCK / 4;
/** Bytes from an array's place to the next one's. */
export const PLACE_BYTES: number = 4 * PART;

/** Elements of the arrays `from` on, whose places in the block region begin at these addresses. */
type Kernel = (first: number, second: number, third: number, fourth: number, n: number, from: number) => void;

/**
 * Calls `kernel` for a part of up to four arrays of one length at a time, and copies what it leaves in their places to
 * the outputs; where an input or output is undefined, nothing.
 *
 * @param start the first element of the arrays that takes part
 * @param count how many do
 */
export function inParts(
  { w, wPtr }: Arena,
  inputs: readonly (Float32Array | undefined)[],
  outputs: readonly (Float32Array | undefined)[],
  kernel: Kernel,
  start = 0,
  count: number = inputs[0]!.length,
): void {
  for (let from = start; from < start + count; from += PART) {
    const n = Math.min(PART, start + count - from);
    for (let i = 0; i < inputs.length; i++) {
      const input = inputs[i];
      if (input !== undefined) copyIn(input, from, n, i === 0 ? w : placeOf(w, i));
    }
    kernel(wPtr, wPtr + PLACE_BYTES, wPtr + 2 * PLACE_BYTES, wPtr + 3 * PLACE_BYTES, n, from);
    for (let i = 0; i < outputs.length; i++) {
      const out = outputs[i];
      if (out !== undefined) copyOut(w, n, out, from, i * PART);
    }
  }
}

const places = new WeakMap<Float32Array, readonly Float32Array[]>();

/** The place of array `i` in the block region. */
export function placeOf(w: Float32Array, i: number): Float32Array {
  let all = places.get(w);
  if (all === undefined) {
    all = Array.from({ length: 4 }, (_, place) => w.subarray(place * PART, (place + 1) * PART));
    places.set(w, all);
  }
  return all[i]!;
}
