import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Encoded } from "./load.ts";
import { decode } from "./load.ts";

/** Where the recorded gradients are; other recordings of the same format can be tried. */
const FOLDER = process.env.FLAXEN_GOLDEN_TRAINING ?? fileURLToPath(new URL("./training", import.meta.url));

/** A file of recorded gradients. Python's 0.0, which is no whole number there, becomes the object `{ "float": 0 }`. */
export function training<T>(name: string): T {
  const text = readFileSync(trainingPath(`${name}.json`), "utf8");
  return JSON.parse(text.replace(/,0\.0\]/g, ',{"float":0}]')) as T;
}

/** The path of a file of the recordings. */
export function trainingPath(name: string): string {
  return join(FOLDER, name);
}

/** An array of a recording as numbers; float64 ones too. */
export function numbers(x: Encoded): Float64Array {
  if (x.dtype !== "float64") return Float64Array.from(decode(x));
  const bytes = Uint8Array.from(Buffer.from(x.b64, "base64"));
  return new Float64Array(bytes.buffer);
}
