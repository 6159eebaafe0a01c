import { readFileSync } from "node:fs";
import type { TypedArray } from "../../src/numpy.ts";

/** An array as the generator writes it. */
export interface Encoded {
  readonly dtype: string;
  readonly shape: number[];
  readonly b64: string;
}

/** A large array as the generator writes it. */
export interface Digest {
  readonly dtype: string;
  readonly shape: number[];
  readonly sha256: string;
}

/** The cases of a golden file. */
export function golden<Case>(name: string): Case[] {
  const file = new URL(`./${name}.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { cases: Case[] }).cases;
}

const TYPES = {
  float32: Float32Array,
  uint32: Uint32Array,
  uint16: Uint16Array,
  uint8: Uint8Array,
  int32: Int32Array,
  int16: Int16Array,
  int8: Int8Array,
  bool: Uint8Array,
} as const;

/** The elements of an encoded array. */
export function decode({ dtype, b64 }: Encoded): TypedArray {
  const bytes = Uint8Array.from(Buffer.from(b64, "base64"));
  return new TYPES[dtype as keyof typeof TYPES](bytes.buffer);
}
