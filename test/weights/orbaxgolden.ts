import { expect } from "vitest";
import type { WeightsFile } from "../../src/orbax/index.ts";
import type { Recorded } from "./golden.ts";
import { expectRecorded } from "./golden.ts";

/** Checks all names, shapes and dtypes, and the bits of arrays that keep their element type. */
export async function expectArrays(file: WeightsFile, arrays: Readonly<Record<string, Recorded>>): Promise<void> {
  expect([...file.names].sort()).toEqual(Object.keys(arrays).sort());
  for await (const [name, array] of file) {
    const recorded = arrays[name]!;
    if (recorded.b64 !== undefined || array.dtype === recorded.dtype) expectRecorded(array, recorded, name);
    else expect([name, ...array.shape]).toEqual([name, ...recorded.shape]);
  }
}
