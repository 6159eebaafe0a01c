/** The recorded files of weights: what real libraries wrote, and what each must become. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import type { NDArray } from "../../src/index.ts";
import { LoadError } from "../../src/weights.ts";

/** The folder of the recordings; another of the same layout may be tried. */
export const FOLDER = process.env.FLAXEN_GOLDEN_WEIGHTS ?? fileURLToPath(new URL("../golden/weights", import.meta.url));

/** An array as it is in the file. */
export interface Recorded {
  readonly dtype: string;
  readonly shape: number[];
  readonly sha256: string;
  readonly b64?: string;
}

export const pathOf = (file: string): string => join(FOLDER, file);

export const bytesOf = (file: string): Uint8Array => new Uint8Array(readFileSync(pathOf(file)));

export const jsonOf = <T>(file: string): T => JSON.parse(readFileSync(pathOf(file), "utf8")) as T;

/** The bytes of an array's own elements. */
export function elementsOf(array: NDArray): Uint8Array {
  const { data } = array;
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

const hash = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** The tables of 256 that ml_dtypes gives, as float32. */
const FLOAT8 = JSON.parse(readFileSync(new URL("../golden/float8.json", import.meta.url), "utf8")) as {
  tables: Record<string, string>;
};

export const float8Table = (dtype: string): Float32Array =>
  new Float32Array(new Uint8Array(Buffer.from(FLOAT8.tables[dtype]!, "base64")).buffer);

const raw = (data: ArrayBufferView): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/** What the recorded elements become, bit for bit; undefined where only their hash was recorded. */
function becomes({ dtype, b64 }: Recorded): { dtype: string; bytes: Uint8Array } | undefined {
  if (b64 === undefined) return undefined;
  const bytes = new Uint8Array(Buffer.from(b64, "base64"));
  if (dtype === "float64") return { dtype: "float32", bytes: raw(new Float32Array(new Float64Array(bytes.buffer))) };
  if (dtype === "int64")
    return { dtype: "int32", bytes: raw(Int32Array.from(new BigInt64Array(bytes.buffer), Number)) };
  if (dtype === "uint64")
    return { dtype: "uint32", bytes: raw(Uint32Array.from(new BigUint64Array(bytes.buffer), Number)) };
  if (dtype.startsWith("float8")) {
    const table = float8Table(dtype);
    return { dtype: "float32", bytes: raw(Float32Array.from(bytes, (bits) => table[bits]!)) };
  }
  return { dtype, bytes };
}

/** `array` is what was recorded, bit for bit. */
export function expectRecorded(array: NDArray, recorded: Recorded, name: string): void {
  expect([name, ...array.shape]).toEqual([name, ...recorded.shape]);
  const expected = becomes(recorded);
  const elements = elementsOf(array);
  if (expected === undefined) {
    expect([name, array.dtype, hash(elements)]).toEqual([name, recorded.dtype, recorded.sha256]);
  } else {
    expect([name, array.dtype]).toEqual([name, expected.dtype]);
    expect([name, Buffer.from(elements).toString("hex")]).toEqual([name, Buffer.from(expected.bytes).toString("hex")]);
  }
}

/** Whether an int64 or uint64 array has values that no 32-bit integer has. */
export function isTooWide({ dtype, b64 }: Recorded): boolean {
  if (b64 === undefined || !/^u?int64$/.test(dtype)) return false;
  const { buffer } = new Uint8Array(Buffer.from(b64, "base64"));
  return dtype === "int64"
    ? new BigInt64Array(buffer).some((x) => BigInt.asIntN(32, x) !== x)
    : new BigUint64Array(buffer).some((x) => BigInt.asUintN(32, x) !== x);
}

/** The code of the LoadError that `run` throws; anything else it throws is thrown on. */
export async function codeOf(run: () => unknown): Promise<string> {
  try {
    await run();
  } catch (error) {
    if (error instanceof LoadError) return error.code;
    throw error;
  }
  return "none";
}
