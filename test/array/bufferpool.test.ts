import { expect, it } from "vitest";
import { BufferPool } from "../../src/array/index.ts";

const filled = (bytes: number): ArrayBuffer => new Uint8Array(bytes).fill(7).buffer;
const bytesOf = (buffer: ArrayBuffer): number[] => [...new Uint8Array(buffer)];

it("gives a buffer of the very size back, as it is or zeroed", () => {
  const pool = new BufferPool();
  const [one, two] = [filled(8), filled(8)];
  pool.give([one, two], 16);
  expect([pool.bytes, bytesOf(pool.take(16, false))]).toEqual([16, Array(16).fill(0)]);
  const asItIs = pool.take(8, false);
  expect([asItIs === two, bytesOf(asItIs), pool.bytes]).toEqual([true, Array(8).fill(7), 8]);
  const zeroed = pool.take(8, true);
  expect([zeroed === one, bytesOf(zeroed), pool.bytes]).toEqual([true, Array(8).fill(0), 0]);
  expect(bytesOf(pool.take(8, true))).toEqual(Array(8).fill(0));
});

it("keeps what the largest region took, the sizes that were used last", () => {
  const pool = new BufferPool();
  pool.give([filled(8), filled(8)], 16);
  pool.give([filled(16)], 16);
  expect(pool.bytes).toBe(16);
  expect(bytesOf(pool.take(16, false))).toEqual(Array(16).fill(7));
  expect(bytesOf(pool.take(8, false))).toEqual(Array(8).fill(0));
});

it("drops a size that 65 regions in sequence did not need", () => {
  const pool = new BufferPool();
  pool.give([filled(8)], 8);
  for (let i = 0; i < 64; i++) pool.give([], 0);
  expect(pool.bytes).toBe(8);
  pool.give([], 0);
  expect(pool.bytes).toBe(0);
});
