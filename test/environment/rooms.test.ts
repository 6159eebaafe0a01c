import { describe, expect, it } from "vitest";
import type { Windows } from "../../src/base/index.ts";
import { SCRATCH_BYTES } from "../../src/wasm/jobblock.ts";
import { Arena } from "../../src/wasm/memory.ts";
import { Scheduler } from "../../src/wasm/scheduler.ts";
import { eachLineBlock } from "../../src/wasm/windowlines.ts";

/** Where the heap begins on the memory of so many threads. */
function heapOf(threads: number): number {
  const memory = new WebAssembly.Memory({ initial: 256 });
  const exports = { memory, heapBase: () => 1024, setScratch: () => {} };
  return new Arena(exports as never, undefined, new Scheduler(threads, {})).allocate(64);
}

describe("room in linear memory", () => {
  it("for the scratch of one more thread is as much as that has, and not more", () => {
    for (const threads of [2, 3, 7]) expect(heapOf(threads + 1) - heapOf(threads)).toBe(SCRATCH_BYTES);
  });

  it.each([1, 2, 3, 16, 17])(
    "for windows over lines of %d places ends four elements behind what they see",
    (places) => {
      const memory = new WebAssembly.Memory({ initial: 64 });
      let [begin, end] = [0, 0];
      const arena = {
        exports: { memory },
        floats: new Float32Array(memory.buffer),
        allocate: (bytes: number): number => ((begin = 64), (end = begin + bytes), begin),
        release: () => {},
      };
      for (const run of [1, 5, 12]) {
        const windows: Windows = { lines: [0, 40, 80], places, step: 1, runs: [0, 20], run };
        const seen = 20 + (places - 1) + run;
        const needs = { results: 4, addresses: 0, extra: 2 };
        let blocks = 0;
        eachLineBlock(arena as unknown as Arena, new Float32Array(80 + seen), windows, needs, (xPtr, first, count) => {
          blocks++;
          const last = windows.lines[first + count - 1]! - windows.lines[first]!;
          expect(end - xPtr).toBeGreaterThanOrEqual(4 * (last + seen + 4));
        });
        expect(blocks).toBe(1);
      }
    },
  );
});
