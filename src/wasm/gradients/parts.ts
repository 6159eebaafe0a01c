import { copyIn, copyOut } from "../copy.ts";
import { BLOCK } from "../memory.ts";
import type { Arena } from "../memory.ts";

/** Elements of an array that are in linear memory at a time: four arrays fill the block region. */
export const PART: number = BLOCK / 4;
/** Bytes from an array's place to the next one's. */
export const PLACE_BYTES: number = 4 * PART;

/**
 * Calls `kernel` for a part of up to four arrays of one length at a time, and copies what it leaves in their places to
 * the outputs; where an output is undefined, nothing.
 */
export function inParts(
  { w, wPtr }: Arena,
  inputs: readonly Float32Array[],
  outputs: readonly (Float32Array | undefined)[],
  kernel: (first: number, second: number, third: number, fourth: number, n: number) => void,
): void {
  const { length } = inputs[0]!;
  for (let start = 0; start < length; start += PART) {
    const n = Math.min(PART, length - start);
    for (let i = 0; i < inputs.length; i++) copyIn(inputs[i]!, start, n, i === 0 ? w : placeOf(w, i));
    kernel(wPtr, wPtr + PLACE_BYTES, wPtr + 2 * PLACE_BYTES, wPtr + 3 * PLACE_BYTES, n);
    for (let i = 0; i < outputs.length; i++) {
      const out = outputs[i];
      if (out !== undefined) copyOut(w, n, out, start, i * PART);
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
