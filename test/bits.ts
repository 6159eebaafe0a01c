import { createHash } from "node:crypto";
import type { TypedArray } from "../src/numpy.ts";

/** The words of an array as hex, every NaN made the same one: NaN payloads are not portable. */
export function hexWords(values: TypedArray): string[] {
  const words = values instanceof Float32Array ? wordsOf(values) : values;
  return Array.from(words, (word) => (word >>> 0).toString(16));
}

/** The float32 words, every NaN 7FC00000. */
export function wordsOf(values: Float32Array): Uint32Array {
  const words = new Uint32Array(values.slice().buffer);
  for (let i = 0; i < words.length; i++) if (values[i] !== values[i]) words[i] = 0x7fc00000;
  return words;
}

/** The first index at which two arrays differ in a bit, or -1. */
export function firstDifference(a: TypedArray, b: TypedArray): number {
  if (a.length !== b.length) return Math.min(a.length, b.length);
  const x = a instanceof Float32Array ? wordsOf(a) : a;
  const y = b instanceof Float32Array ? wordsOf(b) : b;
  for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) return i;
  return -1;
}

export function sha256({ buffer, byteOffset, byteLength }: TypedArray): string {
  return createHash("sha256")
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest("hex");
}
