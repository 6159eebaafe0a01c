import { describe, expect, it } from "vitest";
import { firstDifference } from "../bits.ts";
import { BACKENDS, SIZES } from "./backends.ts";

const [core, wasm] = BACKENDS as [(typeof BACKENDS)[0], (typeof BACKENDS)[0]];
const KEY = [0x13198a2e, 0x03707344] as const;

describe.each(BACKENDS)("bits on $name", (kernels) => {
  it("bits32 is y0 ^ y1 of the linear index, and bits16 and bits8 its low bits", () => {
    const n = 1000;
    const y0 = new Uint32Array(n);
    const y1 = Uint32Array.from({ length: n }, (_, i) => i);
    kernels.threefry2x32(...KEY, y0, y1);
    const bits = [new Uint32Array(n), new Uint16Array(n), new Uint8Array(n)] as const;
    kernels.bits32(...KEY, 0, bits[0]);
    kernels.bits16(...KEY, 0, bits[1]);
    kernels.bits8(...KEY, 0, bits[2]);
    const expected = y0.map((word, i) => word ^ y1[i]!);
    expect(bits[0]).toEqual(expected);
    expect(bits[1]).toEqual(Uint16Array.from(expected));
    expect(bits[2]).toEqual(Uint8Array.from(expected));
  });

  it("a draw from element s on is the tail of the draw from 0", () => {
    const whole = new Uint32Array(5000);
    kernels.bits32(...KEY, 0, whole);
    for (const start of [1, 3, 4, 17, 1024, 4095]) {
      const tail = new Uint32Array(whole.length - start);
      kernels.bits32(...KEY, start, tail);
      expect(firstDifference(tail, whole.subarray(start))).toBe(-1);
    }
  });

  it("the low counter word carries into the high one past 2^32 elements", () => {
    const start = 2 ** 32 - 5;
    const out = new Uint32Array(2 * 40);
    kernels.bits64(...KEY, start, out);
    for (let i = 0; i < 40; i++) {
      const x0 = Uint32Array.of(i < 5 ? 0 : 1);
      const x1 = Uint32Array.of((start + i) % 2 ** 32);
      kernels.threefry2x32(...KEY, x0, x1);
      expect([out[2 * i], out[2 * i + 1]]).toEqual([x0[0], x1[0]]);
    }
  });
});

describe("bits, core against WebAssembly", () => {
  it("have 0 differing bits at every size, width and layout", () => {
    for (const n of SIZES) {
      for (const [method, type, perElement] of [
        ["bits32", Uint32Array, 1],
        ["bits16", Uint16Array, 1],
        ["bits8", Uint8Array, 1],
        ["bits64", Uint32Array, 2],
      ] as const) {
        const a = new type(n * perElement);
        const b = new type(n * perElement);
        core[method](...KEY, n, a as never);
        wasm[method](...KEY, n, b as never);
        expect(firstDifference(a, b), `${method} of ${n}`).toBe(-1);
      }
      const a = new Uint32Array(n);
      const b = new Uint32Array(n);
      core.bits32Original(...KEY, a);
      wasm.bits32Original(...KEY, b);
      expect(firstDifference(a, b), `bits32Original of ${n}`).toBe(-1);
    }
  });

  it("have 0 differing bits across the 2^32 boundary and near 2^53", () => {
    for (const start of [2 ** 32 - 1, 2 ** 32, 2 ** 33 - 2000, 2 ** 53 - 5000]) {
      const a = new Uint32Array(4100);
      const b = new Uint32Array(4100);
      core.bits32(...KEY, start, a);
      wasm.bits32(...KEY, start, b);
      expect(firstDifference(a, b), `start ${start}`).toBe(-1);
    }
  });

  it("are written to exactly their view of a larger buffer, at any offset", () => {
    for (const offset of [1, 2, 3, 5]) {
      const pairs = [core, wasm].map((kernels) => {
        const buffer = new Uint32Array(100).fill(7);
        kernels.bits32(...KEY, 0, buffer.subarray(offset, offset + 50));
        return buffer;
      });
      expect(pairs[0]).toEqual(pairs[1]);
      expect(pairs[1]!.subarray(offset + 50).every((word) => word === 7)).toBe(true);
    }
  });
});
