import { afterEach, describe, expect, it } from "vitest";
import { fuzz, READERS, seedsOf } from "../../scripts/fuzz-weights.ts";
import { damage, randomOf } from "../../scripts/damage.ts";
import { LoadError } from "../../src/weights.ts";
import { bytesOf } from "./golden.ts";

describe("20,000 damaged files get LoadErrors or are read", () => {
  it.each(Object.keys(READERS))("%s", { timeout: 300_000 }, async (reader) => {
    const outcome = await fuzz(reader, 20_000, 1);
    // Damage of all kinds was done: some files are still whole, others fail in many ways.
    expect(outcome.ok).toBeGreaterThan(100);
    expect(Object.keys(outcome).length).toBeGreaterThan(10);
  });
});

const TYPES = ["ArrayBuffer", "Uint8Array", "Uint16Array", "Int32Array", "Uint32Array", "Float32Array"] as const;
const ORIGINAL = Object.fromEntries(TYPES.map((name) => [name, globalThis[name]]));

/** Makes every allocation of a number of bytes over `limit` fail. */
function limitAllocations(limit: () => number): void {
  for (const name of TYPES) {
    const Type = ORIGINAL[name] as Uint8ArrayConstructor;
    const size = Type.BYTES_PER_ELEMENT ?? 1;
    const guarded = new Proxy(Type, {
      construct(target, args: unknown[], newTarget) {
        if (typeof args[0] === "number" && args[0] * size > limit())
          throw new Error(`allocates ${args[0] * size} bytes, more than ${limit()}`);
        return Reflect.construct(target, args, newTarget) as Uint8Array;
      },
    });
    Object.defineProperty(globalThis, name, { value: guarded, writable: true, configurable: true });
  }
}

afterEach(() => {
  for (const name of TYPES)
    Object.defineProperty(globalThis, name, { value: ORIGINAL[name], writable: true, configurable: true });
});

describe("nothing is allocated that neither the file nor its shapes justify", () => {
  it.each(Object.keys(READERS))("%s", { timeout: 300_000 }, async (reader) => {
    // A bomb has the shape that it unpacks to; the shapes of the others are small.
    const seeds = seedsOf(reader, ["bomb.npz"]);
    const random = randomOf(2);
    let limit = Infinity;
    let files = 0;
    limitAllocations(() => limit);
    for (let i = 0; i < 3000; i++) {
      const bytes = damage(seeds, random);
      limit = 8 * bytes.length + 70_000;
      try {
        await READERS[reader]!(bytes);
        files++;
      } catch (error) {
        if (!(error instanceof LoadError) || String(error).includes("allocates")) throw error;
      } finally {
        limit = Infinity;
      }
    }
    expect(files).toBeGreaterThan(10);
  });

  it("the guard sees an allocation", async () => {
    limitAllocations(() => 1000);
    await expect(READERS.npz!(bytesOf("bad/npz/bomb.npz"))).rejects.toThrow(/allocates/);
  });
});
