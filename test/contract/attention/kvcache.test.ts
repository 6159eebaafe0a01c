import { describe, expect, it } from "vitest";
import type { AttentionSizes, RowWrites } from "../../../src/base/index.ts";
import { createWasmKernels } from "../../../src/wasm/index.ts";
import { firstDifference } from "../../bits.ts";
import { BACKENDS, floats } from "../backends.ts";
import { withFamilies } from "../families.ts";

const [core] = BACKENDS;

/** A decoder's keys and values, whose rows are written one after another. */
class Decoder {
  readonly sizes: AttentionSizes;
  readonly key: Float32Array;
  readonly value: Float32Array;
  writes: RowWrites = { count: 0, last: 0 };
  #seed = 10;

  constructor(capacity: number, { batch = 2, heads = 4, kvHeads = 2, width = 5, valueWidth = 5, empty = false } = {}) {
    this.sizes = { batch, queries: 1, keys: capacity, capacity, heads, kvHeads, width, valueWidth };
    const rows = (n: number, seed: number): Float32Array => (empty ? new Float32Array(n) : floats(n, seed, true));
    this.key = rows(batch * capacity * kvHeads * width, 1);
    this.value = rows(batch * capacity * kvHeads * valueWidth, 2);
  }

  write(row: number): void {
    const { batch, capacity, kvHeads, width, valueWidth } = this.sizes;
    for (let b = 0; b < batch; b++) {
      this.key.set(floats(kvHeads * width, this.#seed++, true), (b * capacity + row) * kvHeads * width);
      this.value.set(floats(kvHeads * valueWidth, this.#seed++, true), (b * capacity + row) * kvHeads * valueWidth);
    }
    this.writes = { count: this.writes.count + 1, last: row };
  }

  attend(kernels: typeof core, keys: number, told = true): Float32Array {
    const sizes = { ...this.sizes, keys };
    const out = new Float32Array(sizes.batch * sizes.heads * sizes.valueWidth).fill(NaN);
    const query = floats(sizes.batch * sizes.heads * sizes.width, 3);
    const writes = told ? this.writes : undefined;
    kernels!.attentionF32(
      query,
      this.key,
      this.value,
      out,
      sizes,
      { scale: Math.fround(0.35), masked: -1e30, keyWrites: writes, valueWrites: writes },
      true,
    );
    return out;
  }

  /** Checks that attention to the first `keys` keys has the same bits whether the writes are told or not. */
  check(kernels: typeof core, keys: number): void {
    expect(
      firstDifference(this.attend(core, keys, false), this.attend(kernels, keys)),
      `${keys} keys after write ${this.writes.count} of row ${this.writes.last}`,
    ).toBe(-1);
  }
}

describe.each(BACKENDS)("attention to rows that are written one at a time, on $name", (kernels) => {
  it.each([1, 7, 8, 9, 37])("has the bits of attention to any array, at each of %d steps", (capacity) => {
    const decoder = new Decoder(capacity);
    for (let row = 0; row < capacity; row++) {
      decoder.write(row);
      decoder.check(kernels, row + 1);
    }
  });

  it.each([
    [12, 19],
    [19, 12],
  ])("keys %d wide and values %d wide, more than a panel has columns", (width, valueWidth) => {
    const decoder = new Decoder(21, { width, valueWidth });
    for (let row = 0; row < 21; row++) {
      decoder.write(row);
      decoder.check(kernels, row + 1);
    }
    // Many rows at once.
    for (const row of [3, 4, 5]) decoder.write(row);
    decoder.check(kernels, 21);
  });

  it("sees a row that is written again, also below the newest", () => {
    const decoder = new Decoder(20);
    for (const row of [0, 1, 2, 1, 2, 0, 3, 3, 19, 4]) {
      decoder.write(row);
      decoder.check(kernels, 12);
    }
  });

  it("sees several writes between two looks, and more keys without a write", () => {
    const decoder = new Decoder(20, { width: 8, valueWidth: 3 });
    for (let keys = 1; keys <= 20; keys++) {
      for (let i = 0; i < keys % 4; i++) decoder.write((keys * 7 + i) % 20);
      decoder.check(kernels, keys);
      decoder.check(kernels, 20 - keys);
    }
  });

  it.each([
    [1, 1],
    [2, 5],
    [3, 8],
    [1, 700],
  ])("rows that are never written, of %d heads %d wide", (kvHeads, width) => {
    for (const capacity of [7, 8, 9, 31, 64, 105]) {
      const decoder = new Decoder(capacity, { kvHeads, heads: 2 * kvHeads, width, valueWidth: 3 });
      // Few keys at first, then more than a panel: an unfinished panel is packed again.
      for (const keys of [3, 3, 5, 6, capacity - 1, capacity]) decoder.check(kernels, Math.min(keys, capacity));
    }
  });

  it("sees what was written by others once nobody vouches for the rows", () => {
    const decoder = new Decoder(9);
    for (let row = 0; row < 4; row++) {
      decoder.write(row);
      decoder.check(kernels, row + 1);
    }
    decoder.key[0] = 3;
    decoder.value[1] = -3;
    expect(firstDifference(decoder.attend(core, 4, false), decoder.attend(kernels, 4, false))).toBe(-1);
    decoder.check(kernels, 4);
  });
});

describe("copies of rows in linear memory", () => {
  it("are there from the second look on, and go when nobody vouches for the rows any more", () => {
    const wasm = withFamilies(createWasmKernels());
    const decoder = new Decoder(64);
    decoder.attend(wasm, 3);
    expect(wasm.residentBytes).toBe(0);
    decoder.attend(wasm, 3);
    expect(wasm.residentBytes).toBeGreaterThan(2 * 4 * 2 * 64 * 10);
    decoder.attend(wasm, 3, false);
    expect(wasm.residentBytes).toBe(0);
  });

  it("of decoders that are made, used and forgotten without ever coming to rest do not fill the memory", () => {
    const wasm = withFamilies(createWasmKernels());
    for (let i = 0; i < 60; i++) {
      const decoder = new Decoder(8192, { batch: 1, width: 32, valueWidth: 32, empty: true });
      for (let step = 0; step < 3; step++) decoder.attend(wasm, 2);
    }
    expect(wasm.linearBytes).toBeLessThan(2 ** 27);
  });
});
