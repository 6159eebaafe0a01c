import { describe, expect, it } from "vitest";
import { measureHeld } from "../../bench/block.ts";
import { createSteps } from "../../bench/steps.ts";

const KIB = 1024;

describe("an MLP that is trained for long", () => {
  it("holds no more after 10,000 steps than after the first few", async () => {
    const run = createSteps([48, 32, 10], 16);
    const first = run(300);
    const before = await measureHeld();
    const last = run(10_000);
    const after = await measureHeld();
    expect(last).toBeLessThan(first);
    expect(before.linear).toBeGreaterThan(0);
    expect(after.linear).toBe(before.linear);
    // A step makes some 40 KiB of arrays: 10,000 that were kept would be 400 MiB.
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(256 * KIB);
    expect(after.heap - before.heap).toBeLessThan(2048 * KIB);
  }, 120_000);
});
