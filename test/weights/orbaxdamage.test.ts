import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Checkpoint } from "../../scripts/fuzz-orbax.ts";
import { checkpointOf, codeOf, filesOf, fuzzOrbax, fuzzZstd, readAll, SEEDS } from "../../scripts/fuzz-orbax.ts";
import { FOLDER } from "./golden.ts";

/** Files whose content does not decide what an array is. */
const INFORMATIVE = /_sharding|_CHECKPOINT_METADATA|commit_success|array_metadatas|ocdbt\.process_0\/manifest/;

describe("a damaged checkpoint gets a LoadError, or what is left of it is right", () => {
  it("20,000 of them", { timeout: 300_000 }, async () => {
    const codes = await fuzzOrbax(20_000, 1);
    // Damage of all kinds was found, not only wrong checksums.
    for (const code of ["CrcMismatch", "BadOcdbt", "BadMetadata", "BadZarr", "BadZstd", "Incomplete"])
      expect([code, codes[code]! > 50]).toEqual([code, true]);
  });

  it.each(SEEDS)("%s: every prefix of every file that matters", { timeout: 300_000 }, async (name) => {
    const checkpoint = await checkpointOf(filesOf(join(FOLDER, "orbax", name)));
    for (const [path, bytes] of checkpoint.files) {
      if (INFORMATIVE.test(path) || isUnused(checkpoint, path)) continue;
      const step = Math.max(1, Math.floor(bytes.length / 400));
      for (let end = 0; end < bytes.length; end += step) {
        const code = await codeOf(() => readAll(new Map(checkpoint.files).set(path, bytes.slice(0, end))));
        expect([path, end, code !== "ok"]).toEqual([path, end, true]);
      }
    }
  });

  it("20,000 damaged files of zstd", async () => {
    const codes = await fuzzZstd(20_000, 2);
    expect(Object.keys(codes).sort()).toEqual(["BadZstd", "CrcMismatch", "LimitBytes", "SizeMismatch", "ok"]);
  });
});

/** Whether no node is in the file: its values may all be of older versions, and so may its end. */
function isUnused({ nodes }: Checkpoint, path: string): boolean {
  return path.includes("/d/") && !nodes.some((node) => node.path === path);
}
