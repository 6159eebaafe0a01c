import { describe, expect, it } from "vitest";
import { golden } from "../golden/load.ts";
import type { Checkpoint } from "./orbaxdamage.ts";
import { checkpointOf, damagedCheckpoint, decompressDamaged, outcome, randomOf } from "./orbaxdamage.ts";
import { filesOf, WEIGHTS } from "./orbaxgolden.ts";

const SMALL = ["conv_params", "net_zarr3", "net_plain_zarr2"];
const CHECKPOINTS = await Promise.all(SMALL.map((name) => checkpointOf(filesOf(`${WEIGHTS}/orbax/${name}`))));

/** Files whose content does not decide what an array is. */
const INFORMATIVE = /_sharding|_CHECKPOINT_METADATA|commit_success|array_metadatas|ocdbt\.process_0\/manifest/;

describe("a damaged checkpoint gets a LoadError, or what is left of it is right", () => {
  it("20,000 of them", { timeout: 300_000 }, async () => {
    const random = randomOf(1);
    const codes = new Map<string, number>();
    for (let i = 0; i < 20_000; i++) {
      const code = await outcome(damagedCheckpoint(CHECKPOINTS[i % CHECKPOINTS.length]!, random));
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    // Damage of all kinds was found, not only wrong checksums.
    for (const code of ["CrcMismatch", "BadOcdbt", "BadMetadata", "BadZarr", "BadZstd", "Incomplete"])
      expect([code, (codes.get(code) ?? 0) > 50]).toEqual([code, true]);
  });

  it.each(SMALL)("%s: every prefix of every file that matters", { timeout: 300_000 }, async (name) => {
    const { files } = CHECKPOINTS[SMALL.indexOf(name)]!;
    for (const [path, bytes] of files) {
      if (INFORMATIVE.test(path)) continue;
      const step = Math.max(1, Math.floor(bytes.length / 400));
      for (let end = 0; end < bytes.length; end += step) {
        const code = await outcome(new Map(files).set(path, bytes.slice(0, end)));
        // Data files may end with bytes that no version needs any more.
        if (!isUnused(CHECKPOINTS[SMALL.indexOf(name)]!, path))
          expect([path, end, code !== "none"]).toEqual([path, end, true]);
      }
    }
  });

  it("20,000 damaged frames of zstd", () => {
    const random = randomOf(2);
    const cases = golden<{ length: number; b64: string }>("zstd")
      .map(({ length, b64 }) => ({ length, bytes: new Uint8Array(Buffer.from(b64, "base64")) }))
      .filter(({ bytes }) => bytes.length < 5000);
    const codes = new Set<string>();
    for (let i = 0; i < 20_000; i++) {
      const { length, bytes } = cases[i % cases.length]!;
      codes.add(decompressDamaged(bytes, length, random));
    }
    expect([...codes].sort()).toEqual(["BadZstd", "CrcMismatch", "LimitBytes", "none"]);
  });
});

/** Whether no node is in the file: its values may all be older ones. */
function isUnused({ nodes }: Checkpoint, path: string): boolean {
  return path.includes("/d/") && !nodes.some((node) => node.path === path);
}
