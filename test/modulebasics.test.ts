import { expect, it } from "vitest";
import { config, ModuleBasics, moduleBasicsForward, nnx, numpy as jnp } from "../src/index.ts";
import { onEachBackend } from "./backends.ts";
import { hexWords } from "./bits.ts";
import type { Encoded } from "./golden/load.ts";
import { decode, golden } from "./golden/load.ts";

interface ForwardCase {
  seed: number;
  x: Encoded;
  features: number;
  kernel: Encoded;
  y: Encoded;
}

/** The sum that the library promises, written out: k ascending, every product and sum rounded. */
function ascendingSum(x: Float32Array, kernel: Float32Array, features: number): Float32Array {
  return Float32Array.from({ length: features }, (_, j) => {
    let sum = 0;
    for (let k = 0; k < x.length; k++) sum = Math.fround(sum + Math.fround(x[k]! * kernel[k * features + j]!));
    return sum;
  });
}

onEachBackend("moduleBasicsForward", () => {
  it("every kernel has the bits of Flax's and every y is the k-ascending float32 sum", () => {
    const cases = golden<ForwardCase>("module_basics");
    expect(cases).toHaveLength(168);
    for (const { seed, x, features, kernel, y } of cases) {
      const input = decode(x) as Float32Array;
      const weights = decode(kernel) as Float32Array;
      const model = new ModuleBasics(input.length, features, new nnx.Rngs(seed));
      expect(model.kernel.shape).toEqual(kernel.shape);
      expect(hexWords(model.kernel.get().data), `seed ${seed}, ${kernel.shape}`).toEqual(hexWords(weights));
      const result = moduleBasicsForward(seed, input, features);
      expect(result.shape).toEqual(y.shape);
      expect(hexWords(result.data)).toEqual(hexWords(ascendingSum(input, weights, Math.trunc(features))));
      expect(hexWords(model(jnp.array(input)).data)).toEqual(hexWords(result.data));
    }
  });

  it("every y is Python's with fused products, but of 1 column and the last of 33; zeros may have another sign", () => {
    config.products = "fused";
    try {
      for (const { seed, x, features, y } of golden<ForwardCase>("module_basics")) {
        const width = Math.trunc(features);
        if (width === 1) continue;
        const exact = width % 8 === 1 ? width - 1 : width;
        const result = moduleBasicsForward(seed, decode(x) as Float32Array, features).data as Float32Array;
        const unsigned = [result, decode(y) as Float32Array].map((each) => each.slice(0, exact).map((v) => v + 0));
        expect(hexWords(unsigned[0]!), `seed ${seed}, ${x.shape} to ${width}`).toEqual(hexWords(unsigned[1]!));
      }
    } finally {
      config.products = "rounded";
    }
  });
});

it("takes an NDArray, a Float32Array or numbers, with the same bits", () => {
  const expected = moduleBasicsForward(0, [1, 2, 3], 4).tolist();
  expect(moduleBasicsForward(0, Float32Array.of(1, 2, 3), 4).tolist()).toEqual(expected);
  expect(moduleBasicsForward(0, jnp.array([1, 2, 3]), 4).tolist()).toEqual(expected);
});

it("casts seed and features by int()", () => {
  expect(moduleBasicsForward(7.9, [1, 2, 3], 4.7).tolist()).toEqual(moduleBasicsForward(7, [1, 2, 3], 4).tolist());
});

it("gives an empty result for 0 features, and zeros for an empty input", () => {
  expect(moduleBasicsForward(0, [1, 2], 0).shape).toEqual([0]);
  expect(moduleBasicsForward(0, [], 3).tolist()).toEqual([0, 0, 0]);
});

it("row i of a batch has the bits of that row alone", () => {
  const model = new ModuleBasics(3, 5, new nnx.Rngs(1));
  const rows = [
    [1, 2, 3],
    [-1, 0.5, 1e-40],
    [1e30, 7, -2],
  ];
  expect(model(rows).tolist()).toEqual(rows.map((row) => model(row).tolist()));
});
