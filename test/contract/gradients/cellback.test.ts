import { describe, expect, it } from "vitest";
import type { CellBackName } from "../../../src/base/index.ts";
import { core, expectSame, inputs, LENGTHS, spread, wasm } from "./backends.ts";

const COUNTS: Readonly<Record<CellBackName, number>> = { lstm: 4, gru: 5, hidden: 2 };
const OPS = ["lstm", "gru", "hidden"] as const;

describe.each([core, wasm])("cellBackF32 on $name", (kernels) => {
  const back = (op: CellBackName, ct: number, ...given: number[]): number[] => {
    const arrays = given.map((value) => Float32Array.of(value));
    kernels.cellBackF32(op, Float32Array.of(ct), arrays, arrays);
    return arrays.map(([value]) => value!);
  };

  it("gives an LSTM's gates and state their parts, through the slopes of the gates", () => {
    expect(back("lstm", 2, 0.5, 0.25, 0.5, 3)).toEqual([0.25, 1.125, 0.75, 0.5]);
  });

  it("gives a GRU's gates, what is reset, and the state their parts", () => {
    // d = 2 * (1 - 0.75) * (1 - 0.5) * (1 + 0.5)
    expect(back("gru", 2, 0.5, 0.75, 0.5, 4, 3)).toEqual([0.375, 0.9375, 0.375, 0.1875, 1.5]);
  });

  it("gives an LSTM's last gate and its state their parts in the hidden state", () => {
    expect(back("hidden", 2, 0.25, 0.5)).toEqual([0.1875, 0.375]);
  });

  it("takes subnormals for zeros, and carries a NaN to what it touches", () => {
    expect(back("lstm", 2 ** -149, 0.5, 0.5, 0.5, 1)).toEqual([0, 0, 0, 0]);
    expect(back("lstm", 1, 0.5, 0.5, 0.5, 2 ** -149)).toEqual([0.0625 * 2, 0, 0.375, 0.5]);
    expect(back("lstm", 1, 0.5, 0.5, 0.5, NaN)).toEqual([0.125, NaN, 0.375, 0.5]);
    expect(back("hidden", NaN, 0.5, 0.5)).toEqual([NaN, NaN]);
  });
});

describe("cellBackF32, core against WebAssembly", () => {
  it.each(OPS)("has 0 differing bits: %s", (op) => {
    const count = COUNTS[op];
    // Six arrays fill the region at 10,920 elements.
    for (const n of [...LENGTHS, 10919, 10920, 10921])
      for (const make of [inputs, spread]) {
        const [ct, ...given] = make(count + 1, n) as [Float32Array, ...Float32Array[]];
        expectSame(`${op} of ${n}`, (kernels) => {
          const out = given.map(() => new Float32Array(n).fill(NaN));
          kernels.cellBackF32(op, ct, given, out);
          return out;
        });
        expectSame(`${op} of ${n} in place`, (kernels) => {
          const out = given.map((array) => array.slice());
          kernels.cellBackF32(op, ct, out, out);
          return out;
        });
      }
  });

  it("takes arrays whose elements begin anywhere", () => {
    const [ct, ...given] = inputs(5, 101).map((array) => array.subarray(1)) as [Float32Array, ...Float32Array[]];
    expectSame("unaligned", (kernels) => {
      const out = given.map(() => new Float32Array(101).subarray(1));
      kernels.cellBackF32("lstm", ct, given, out);
      return out;
    });
  });
});
