import { describe, expect, it } from "vitest";
import { createPasses, measureHeld } from "../../bench/block.ts";

const KIB = 1024;

describe("a GPT block that runs for long", () => {
  it("holds no more after 2,000 passes than after the first few", async () => {
    const run = createPasses();
    run(200);
    const before = await measureHeld();
    run(2000);
    const after = await measureHeld();
    expect(before.linear).toBeGreaterThan(0);
    expect(after.linear).toBe(before.linear);
    // A pass allocates some 20 KiB of arrays: 2,000 that were kept would be 40 MiB.
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(256 * KIB);
    expect(after.heap - before.heap).toBeLessThan(2048 * KIB);
  });
});
