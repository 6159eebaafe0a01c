import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect } from "vitest";
import type { WeightsFile } from "../../src/orbax/index.ts";
import type { Recorded } from "./golden.ts";
import { expectRecorded } from "./golden.ts";

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

/** Checks all names, shapes and dtypes, and the bits of arrays that keep their element type. */
export async function expectArrays(file: WeightsFile, arrays: Readonly<Record<string, Recorded>>): Promise<void> {
  expect([...file.names].sort()).toEqual(Object.keys(arrays).sort());
  for await (const [name, array] of file) {
    const recorded = arrays[name]!;
    if (recorded.b64 !== undefined || array.dtype === recorded.dtype) expectRecorded(array, recorded, name);
    else expect([name, ...array.shape]).toEqual([name, ...recorded.shape]);
  }
}
