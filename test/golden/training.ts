/** Recorded values of training, from the folder that FLAXEN_GOLDEN_TRAINING names where it is set. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { NDArray } from "../../src/numpy.ts";
import { array } from "../../src/numpy.ts";
import type { Encoded } from "./load.ts";
import { decode } from "./load.ts";

const OWN = fileURLToPath(new URL("./training", import.meta.url));
const FOLDER = process.env.FLAXEN_GOLDEN_TRAINING ?? OWN;

/** A recorded file. */
export function recorded<T>(name: string): T {
  return JSON.parse(recordedText(name)) as T;
}

/** A recorded file as text. */
export function recordedText(name: string): string {
  return readFileSync(recordedPath(`${name}.json`), "utf8");
}

/** Where a recorded file is: in our own folder where another was made before there was such a file. */
export function recordedPath(name: string): string {
  const path = join(FOLDER, name);
  return existsSync(path) ? path : join(OWN, name);
}

/** Whether a value is a recorded array. */
export function isEncoded(x: unknown): x is Encoded {
  return typeof x === "object" && x !== null && "b64" in x;
}

/** A recorded array; of float64 its elements as numbers. */
export function toArray(x: Encoded): NDArray {
  return array(decode(x))
    .reshape(x.shape)
    .astype(x.dtype as never);
}

/** Recorded data with arrays in place of the encoded ones, and the numbers that JSON has not. */
export function revive(x: unknown): unknown {
  if (isEncoded(x)) return toArray(x);
  if (Array.isArray(x)) return x.map(revive);
  if (typeof x !== "object" || x === null) return x;
  if ("number" in x) return Number((x as { number: string }).number);
  return Object.fromEntries(Object.entries(x).map(([key, value]) => [key, revive(value)]));
}

/** The elements of a recorded array as numbers, float64 too. */
export function numbersOf(x: Encoded): number[] {
  if (x.dtype !== "float64") return Array.from(decode(x));
  const bytes = Uint8Array.from(Buffer.from(x.b64, "base64"));
  return Array.from(new Float64Array(bytes.buffer));
}

/** How many float32 lie between two, 0 for equal ones and for two NaN; the sign of zero counts for nothing. */
export function ulpsBetween(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b) ? 0 : Infinity;
  return Math.abs(place(a) - place(b));
}

/** The place of a float32 among all, ascending. */
function place(x: number): number {
  const word = new Int32Array(Float32Array.of(x).buffer)[0]!;
  return word < 0 ? -(word & 0x7fffffff) : word;
}
