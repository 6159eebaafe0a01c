import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import type { WeightsFile } from "../../src/orbax/index.ts";

/** Files that the real tools made, with what is in them: /weights of the shared material, or another folder of its layout. */
export const WEIGHTS =
  process.env["FLAXEN_GOLDEN_WEIGHTS"] ?? fileURLToPath(new URL("../golden/weights", import.meta.url));

/** What an array must be: the SHA-256 of its elements in the file, little-endian and row-major. */
export interface Digest {
  readonly dtype: string;
  readonly shape: number[];
  readonly sha256: string;
}

/** A golden file of JSON. */
export function readGolden<T>(path: string): T {
  return JSON.parse(readFileSync(path, "utf8")) as T;
}

/** The files of a folder, by their paths in it. */
export function filesOf(folder: string): Map<string, Uint8Array> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [relative(folder, path).replaceAll("\\", "/"), new Uint8Array(readFileSync(path))]),
  );
}

/** NumPy's names of the element types that become another dtype here. */
const WIDENED: Readonly<Record<string, string>> = {
  float64: "float32",
  int64: "int32",
  uint64: "uint32",
  float8_e4m3fn: "float32",
};

/** Checks names, shapes and dtypes, and the bits of arrays that keep their element type. */
export async function expectArrays(file: WeightsFile, arrays: Readonly<Record<string, Digest>>): Promise<void> {
  expect([...file.names].sort()).toEqual(Object.keys(arrays).sort());
  for await (const [name, array] of file) {
    const { dtype, shape, sha256 } = arrays[name]!;
    expect([name, array.shape, array.dtype]).toEqual([name, shape, WIDENED[dtype] ?? dtype]);
    if (dtype in WIDENED) continue;
    expect([name, createHash("sha256").update(bytesOf(array.data)).digest("hex")]).toEqual([name, sha256]);
  }
}

function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}
