import { expect, it } from "vitest";
import { MAX_THREADS } from "../../src/wasm/index.ts";
import * as block from "../../src/wasm/jobblock.ts";

it("the words of a job are a cache line apart, and before its calls", () => {
  const { TICKET, WAITERS, DONE, NEEDED, STOP, FAILED, POLLERS, MODULES, SCRATCH, SPANS } = block;
  const words = [TICKET, WAITERS, DONE, NEEDED, STOP, FAILED, POLLERS, MODULES];
  expect(words).toEqual(words.map((_, i) => 16 * i));
  expect([SCRATCH, SPANS]).toEqual([MODULES + 1, 16 * words.length]);
});

it("the block has room for all calls and steps, and a thread has a call at least", () => {
  const { ARGUMENTS, BLOCK_BYTES, CALLS, SPANS, STEPS, WIDTH } = block;
  expect(ARGUMENTS).toBeGreaterThanOrEqual(4 * (SPANS + 2 * CALLS));
  expect([ARGUMENTS % 8, BLOCK_BYTES - ARGUMENTS]).toEqual([0, 8 * WIDTH * STEPS]);
  expect([CALLS, MAX_THREADS]).toEqual([63, CALLS + 1]);
});
