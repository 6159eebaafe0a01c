import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { NDArray } from "../../../src/index.ts";
import { nnx, numpy as jnp } from "../../../src/index.ts";
import { firstDifference } from "../../bits.ts";
import { floats } from "../../contract/backends.ts";

const rngs = new nnx.Rngs(0);
function ofShape(values: Float32Array, shape: number[]): NDArray {
  return jnp.array(values).reshape(shape);
}

describe("a convolution is the sum that it says it is", () => {
  it("whatever its sizes, strides, dilations, pads and groups", () => {
    const sizes = fc.record({
      n: fc.integer({ min: 1, max: 9 }),
      k: fc.integer({ min: 1, max: 4 }),
      stride: fc.integer({ min: 1, max: 3 }),
      dilation: fc.integer({ min: 1, max: 3 }),
      spread: fc.integer({ min: 1, max: 3 }),
      low: fc.integer({ min: 0, max: 4 }),
      high: fc.integer({ min: 0, max: 4 }),
      groups: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(sizes, ({ n, k, stride, dilation, spread, low, high, groups }) => {
        const [inputs, outputs] = [2 * groups, 3 * groups];
        const length = (n - 1) * spread + 1 + low + high;
        const span = (k - 1) * dilation + 1;
        fc.pre(length >= span);
        const conv = new nnx.Conv(inputs, outputs, k, {
          rngs,
          strides: stride,
          kernelDilation: dilation,
          inputDilation: spread,
          padding: [[low, high]],
          featureGroupCount: groups,
          useBias: false,
        });
        const x = floats(n * inputs, n + k);
        const w = conv.kernel.get().data;
        const padded = new Float32Array(length * inputs);
        for (let i = 0; i < n; i++)
          for (let c = 0; c < inputs; c++) padded[(low + i * spread) * inputs + c] = x[i * inputs + c]!;
        const places = Math.floor((length - span) / stride) + 1;
        const expected = new Float32Array(places * outputs);
        for (let p = 0; p < places; p++) {
          for (let o = 0; o < outputs; o++) {
            let sum = 0;
            for (let i = 0; i < k; i++) {
              for (let c = 0; c < 2; c++)
                sum = Math.fround(
                  sum +
                    Math.fround(
                      padded[(p * stride + i * dilation) * inputs + Math.floor(o / 3) * 2 + c]! *
                        w[(i * 2 + c) * outputs + o]!,
                    ),
                );
            }
            expected[p * outputs + o] = sum;
          }
        }
        expect(firstDifference(conv(ofShape(x, [n, inputs])).data, expected)).toBe(-1);
      }),
    );
  });
});

describe("a convolution of windows of one element", () => {
  it("is a linear layer at every place, its bias included", () => {
    const conv = new nnx.Conv(5, 7, [1, 1], { rngs, biasInit: nnx.initializers.normal(1) });
    const linear = new nnx.Linear(5, 7, { rngs });
    linear.kernel.set(conv.kernel.get().reshape([5, 7]));
    linear.bias!.set(conv.bias!.get());
    for (const [batch, side] of [
      [1, 1],
      [1, 3],
      [2, 40],
    ] as const) {
      const x = ofShape(floats(batch * side * side * 5), [batch, side, side, 5]);
      for (let call = 0; call < 3; call++) expect(firstDifference(conv(x).data, linear(x).data)).toBe(-1);
    }
  });
});

describe("images of one shape, one after another", () => {
  const layers: Record<string, (x: NDArray) => NDArray> = {
    "zeros around": new nnx.Conv(4, 3, [3, 3], { rngs }),
    "zeros between too": new nnx.Conv(4, 3, [3, 3], { rngs, inputDilation: 2, padding: 1 }),
    "its mirror image around": new nnx.Conv(4, 3, [3, 3], { rngs, padding: "REFLECT" }),
    "in groups": new nnx.Conv(4, 4, [3, 3], { rngs, featureGroupCount: 2 }),
    "the largest elements": (x) => nnx.maxPool(x, [3, 3], { padding: "SAME" }),
    "the smallest elements": (x) => nnx.minPool(x, [3, 3], { padding: "SAME" }),
  };
  for (const [name, layer] of Object.entries(layers)) {
    it(`give what each gives beside the others: ${name}`, () => {
      for (const side of [5, 12, 90]) {
        const size = side * side * 4;
        const all = floats(3 * size, side);
        const expected = layer(ofShape(all, [3, side, side, 4])).data as Float32Array;
        for (const i of [0, 1, 2, 0]) {
          const image = ofShape(all.slice(i * size, (i + 1) * size), [1, side, side, 4]);
          const alone = layer(image).data as Float32Array;
          nnx.evalShape(() => layer(image));
          expect(
            firstDifference(alone, expected.subarray(i * alone.length, (i + 1) * alone.length)),
            `image ${i} of side ${side}`,
          ).toBe(-1);
        }
      }
    });
  }
});

describe("the smallest elements of windows", () => {
  it("are the opposites of the largest of the opposites, padding and all", () => {
    const x = ofShape(floats(7 * 7 * 3), [1, 7, 7, 3]);
    for (let call = 0; call < 2; call++) {
      const largest = nnx.maxPool(x.mul(-1), [3, 3], { padding: "SAME" });
      const smallest = nnx.minPool(x, [3, 3], { padding: "SAME" });
      expect(firstDifference(smallest.data, largest.mul(-1).data)).toBe(-1);
    }
  });
});

describe("Variables and weights", () => {
  it("keep their class, metadata and arrays", () => {
    const layer = new nnx.Linear(2, 3, { rngs, kernelMetadata: { tag: "k" }, biasMetadata: { sharding: null } });
    expect([layer.kernel.tag, layer.bias!.metadata]).toEqual(["k", { sharding: null }]);
    expect(new nnx.LoRA(2, 1, 3, { rngs }).lora_a instanceof nnx.LoRAParam).toBe(true);
    expect(new nnx.LoRA(2, 1, 3, { rngs, loraParamType: nnx.Cache }).lora_b instanceof nnx.Cache).toBe(true);
    expect(nnx.state(new nnx.LoRALinear(2, 3, { rngs, loraRank: 1 }), nnx.LoRAParam).size).toBe(2);
  });

  it("a weight that is set takes effect at once, its reordered copy included", () => {
    const embed = new nnx.Embed(2, 2, { rngs });
    for (let call = 0; call < 3; call++) embed.attend([1, 1]);
    embed.embedding.set([
      [1, 2],
      [3, 4],
    ]);
    for (let call = 0; call < 3; call++) expect(embed.attend([1, 1]).tolist()).toEqual([3, 7]);
  });

  it("a base module's weights are under base_module, and its result is added", () => {
    const base = new nnx.Linear(3, 2, { rngs });
    const lora = new nnx.LoRA(3, 1, 2, { rngs, baseModule: (x) => base(x) });
    expect(lora([1, 2, 3]).tolist()).toEqual(base([1, 2, 3]).tolist());
    const paths = nnx
      .toFlatState(nnx.state(new nnx.LoRA(3, 1, 2, { rngs, baseModule: base })))
      .map(([path]) => path.join("/"));
    expect(paths).toEqual(["base_module/bias", "base_module/kernel", "lora_a", "lora_b"]);
  });
});
