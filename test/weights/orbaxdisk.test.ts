import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { open } from "../../src/orbax/index.ts";

/** Elements of a chunk that is read in three pieces. */
const SIZE = 10 * 2 ** 20;

it("reads a file of more than one piece to the byte", async () => {
  const folder = await mkdtemp(join(tmpdir(), "flaxen-orbax-"));
  try {
    const key_metadata = [{ key: "w", key_type: 2 }];
    const value_metadata = { value_type: "jax.Array", skip_deserialize: false };
    const meta = { zarr_format: 2, shape: [SIZE], chunks: [SIZE], dtype: "<i4", order: "C", compressor: null };
    await mkdir(join(folder, "w"));
    await writeFile(
      join(folder, "_METADATA"),
      JSON.stringify({ tree_metadata: { x: { key_metadata, value_metadata } } }),
    );
    await writeFile(join(folder, "w", ".zarray"), JSON.stringify({ ...meta, fill_value: null }));
    await writeFile(join(folder, "w", "0"), new Uint8Array(Int32Array.from({ length: SIZE }, (_, i) => i).buffer));
    const { data } = await (await open(folder)).get("w");
    expect(data.length).toBe(SIZE);
    expect(data.every((x, i) => x === i)).toBe(true);
  } finally {
    await rm(folder, { recursive: true });
  }
});
