import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import type { NDArray } from "../../../src/index.ts";
import { nnx, numpy as jnp, useBackend } from "../../../src/index.ts";
import { firstDifference } from "../../bits.ts";
import { floats } from "../../contract/backends.ts";

const rngs = new nnx.Rngs(0);
const BATCHES = [1, 2, 7, 64];

/** Layers with the shape of one example. */
const LAYERS: [string, (x: NDArray) => NDArray, number[]][] = [
  ["Linear", new nnx.Linear(37, 19, { rngs }), [37]],
  ["Linear of 256", new nnx.Linear(256, 256, { rngs }), [256]],
  ["LinearGeneral", new nnx.LinearGeneral([5, 4], [3, 7], { rngs, axis: [-2, -1] }), [5, 4]],
  ["Einsum", new nnx.Einsum("nta,hab->nthb", [8, 2, 4], [8, 4], { rngs }), [6, 2]],
  ["Conv", new nnx.Conv(3, 9, [3, 3], { rngs }), [7, 8, 3]],
  ["Conv in groups", new nnx.Conv(4, 6, 3, { rngs, strides: 2, featureGroupCount: 2, padding: "CIRCULAR" }), [9, 4]],
  ["ConvTranspose", new nnx.ConvTranspose(3, 4, [3, 2], { rngs, strides: 2 }), [4, 5, 3]],
  ["ConvTranspose, circular", new nnx.ConvTranspose(3, 4, 5, { rngs, strides: 2, padding: "CIRCULAR", transposeKernel: true }), [6, 3]],
  ["LoRALinear", new nnx.LoRALinear(12, 7, { rngs, loraRank: 3, bInitializer: nnx.initializers.ones }), [12]],
  ["Embed.attend", ((embed) => (x: NDArray) => embed.attend(x))(new nnx.Embed(31, 12, { rngs })), [12]],
  ["avgPool", (x) => nnx.avgPool(x, [2, 3], { padding: "SAME", countIncludePad: false }), [5, 6, 3]],
];

function ofShape(values: Float32Array, shape: number[]): NDArray {
  return jnp.array(values).reshape(shape);
}

afterAll(() => useBackend("auto"));

describe("an example has the same bits alone and in any batch, on both backends", () => {
  it.each(LAYERS)("%s", (_, layer, shape) => {
    const size = shape.reduce((a, b) => a * b, 1);
    for (const batch of BATCHES) {
      const values = floats(batch * size, batch, batch === 7);
      const answers = (["core", "wasm", "wasm", "auto"] as const).map((backend) => {
        useBackend(backend);
        return layer(ofShape(values, [batch, ...shape])).data;
      });
      for (const answer of answers) expect(firstDifference(answers[0]!, answer)).toBe(-1);
      const width = answers[0]!.length / batch;
      for (const i of [0, batch >> 1, batch - 1]) {
        const alone = layer(ofShape(values.slice(i * size, (i + 1) * size), [1, ...shape])).data;
        expect(firstDifference(alone, answers[0]!.slice(i * width, (i + 1) * width))).toBe(-1);
      }
    }
  });
});

describe("a convolution is the sum that it says it is", () => {
  it("whatever its sizes, strides, dilations, pads and groups", () => {
    const sizes = fc.record({ n: fc.integer({ min: 1, max: 9 }), k: fc.integer({ min: 1, max: 4 }), stride: fc.integer({ min: 1, max: 3 }), dilation: fc.integer({ min: 1, max: 3 }), spread: fc.integer({ min: 1, max: 3 }), low: fc.integer({ min: 0, max: 4 }), high: fc.integer({ min: 0, max: 4 }), groups: fc.integer({ min: 1, max: 3 }) });
    fc.assert(
      fc.property(sizes, ({ n, k, stride, dilation, spread, low, high, groups }) => {
        const [inputs, outputs] = [2 * groups, 3 * groups];
        const length = (n - 1) * spread + 1 + low + high;
        const span = (k - 1) * dilation + 1;
        fc.pre(length >= span);
        const conv = new nnx.Conv(inputs, outputs, k, { rngs, strides: stride, kernelDilation: dilation, inputDilation: spread, padding: [[low, high]], featureGroupCount: groups, useBias: false });
        const x = floats(n * inputs, n + k);
        const w = conv.kernel.get().data;
        const padded = new Float32Array(length * inputs);
        for (let i = 0; i < n; i++) for (let c = 0; c < inputs; c++) padded[(low + i * spread) * inputs + c] = x[i * inputs + c]!;
        const places = Math.floor((length - span) / stride) + 1;
        const expected = new Float32Array(places * outputs);
        for (let p = 0; p < places; p++) {
          for (let o = 0; o < outputs; o++) {
            let sum = 0;
            for (let i = 0; i < k; i++) {
              for (let c = 0; c < 2; c++) sum = Math.fround(sum + Math.fround(padded[(p * stride + i * dilation) * inputs + Math.floor(o / 3) * 2 + c]! * w[(i * 2 + c) * outputs + o]!));
            }
            expected[p * outputs + o] = sum;
          }
        }
        expect(firstDifference(conv(ofShape(x, [n, inputs])).data, expected)).toBe(-1);
      }),
    );
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
    embed.embedding.set([[1, 2], [3, 4]]);
    for (let call = 0; call < 3; call++) expect(embed.attend([1, 1]).tolist()).toEqual([3, 7]);
  });

  it("a base module's weights are under base_module, and its result is added", () => {
    const base = new nnx.Linear(3, 2, { rngs });
    const lora = new nnx.LoRA(3, 1, 2, { rngs, baseModule: (x) => base(x) });
    expect(lora([1, 2, 3]).tolist()).toEqual(base([1, 2, 3]).tolist());
    const paths = nnx.toFlatState(nnx.state(new nnx.LoRA(3, 1, 2, { rngs, baseModule: base }))).map(([path]) => path.join("/"));
    expect(paths).toEqual(["base_module/bias", "base_module/kernel", "lora_a", "lora_b"]);
  });
});
