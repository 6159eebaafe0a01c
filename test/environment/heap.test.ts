import * as fc from "fast-check";
import { expect, it } from "vitest";
import { Heap } from "../../src/wasm/heap.ts";

const BASE = 4096;
const PAGE = 65536;

/** A memory that is only a size; it grows up to `max` bytes. */
function memoryUpTo(max: number): { buffer: ArrayBuffer; grow: (pages: number) => number } {
  let byteLength = PAGE;
  return {
    get buffer() {
      return { byteLength } as ArrayBuffer;
    },
    grow(pages) {
      if (byteLength + pages * PAGE > max) throw new RangeError("refused");
      byteLength += pages * PAGE;
      return 0;
    },
  };
}

it("blocks are aligned, never overlap, lie inside the memory, and freeing all of them leaves nothing", () => {
  const steps = fc.array(
    fc.oneof(fc.record({ size: fc.integer({ min: 1, max: 3 * PAGE }) }), fc.record({ free: fc.nat() })),
    { maxLength: 80 },
  );
  fc.assert(
    fc.property(steps, (all) => {
      const memory = memoryUpTo(20 * PAGE);
      const heap = new Heap(memory, BASE, () => {});
      const blocks: { ptr: number; size: number }[] = [];
      for (const step of all) {
        if ("size" in step) {
          const ptr = heap.allocate(step.size);
          if (ptr === 0) continue;
          expect([ptr % 64, ptr >= BASE, ptr + step.size <= memory.buffer.byteLength]).toEqual([0, true, true]);
          for (const other of blocks) expect(ptr + step.size <= other.ptr || other.ptr + other.size <= ptr).toBe(true);
          blocks.push({ ptr, size: step.size });
        } else if (blocks.length > 0) {
          const [block] = blocks.splice(step.free % blocks.length, 1);
          heap.release(block!.ptr, block!.size);
        }
        expect(heap.bytes).toBe(blocks.reduce((sum, { size }) => sum + 64 * Math.ceil(size / 64), 0));
      }
      for (const { ptr, size } of blocks) heap.release(ptr, size);
      expect([heap.bytes, heap.allocate(1)]).toEqual([0, BASE]);
    }),
  );
});

it("grows in few steps, up to the page before 4 GiB", () => {
  let growths = 0;
  const memory = memoryUpTo(65536 * PAGE);
  const heap = new Heap(memory, BASE, () => growths++);
  let blocks = 0;
  while (heap.allocate(2 ** 20) !== 0) blocks++;
  expect([blocks, growths < 40]).toEqual([4095, true]);
  expect(memory.buffer.byteLength).toBe(2 ** 32);
  expect(heap.allocate(PAGE / 2)).toBeGreaterThan(2 ** 32 - 2 ** 20);
});

it("a refused growth takes nothing away: what fits still fits", () => {
  const heap = new Heap(memoryUpTo(2 * PAGE), BASE, () => {});
  const first = heap.allocate(PAGE);
  expect(heap.allocate(PAGE)).toBe(0);
  expect(heap.allocate(1000)).toBeGreaterThan(first);
  heap.release(first, PAGE);
  expect(heap.allocate(PAGE)).toBe(first);
});
