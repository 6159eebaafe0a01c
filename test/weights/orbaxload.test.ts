import { expect, it } from "vitest";
import type { Store } from "../../src/orbax/store.ts";
import type { ZarrArray } from "../../src/orbax/zarr/array.ts";
import { loadArray } from "../../src/orbax/zarr/load.ts";

it("a chunk that the store lists as missing stops the load before any chunk is read", async () => {
  const read: string[] = [];
  const store: Store = {
    nameOf: (key) => key,
    get: async (key) => {
      read.push(key);
      return new Uint8Array(8);
    },
    has: (key) => key !== "w/1",
    keys: async () => undefined,
  };
  const array = {
    shape: [4],
    chunkShape: [2],
    dtype: "float32",
    fill: new Uint8Array(4),
    keyOf: (index: readonly number[]) => index.join("."),
    decode: () => undefined,
  } as unknown as ZarrArray;
  await expect(loadArray(store, "w", array, { complete: true, place: { source: "x" } })).rejects.toMatchObject({
    code: "Incomplete",
  });
  expect(read).toEqual([]);
});
