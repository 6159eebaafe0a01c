/** Layers whose weights are 16-bit floats: the bits of float32(W), kept in half the bytes where they are bfloat16. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { NDArray } from "../../../src/index.ts";
import { memoryInfo, nnx, random, tree, useBackend } from "../../../src/index.ts";
import { onEachBackend } from "../../backends.ts";
import { firstDifference } from "../../bits.ts";

type HalfDType = "bfloat16" | "float16";
type Layer = nnx.Module<[x: NDArray], NDArray>;

const uniform = nnx.initializers.uniform(0.5);

function drawn(seed: number, ...shape: number[]): NDArray {
  return random.normal(random.key(seed), shape);
}

/** Each layer with Params of a dtype, and an input for it. */
const LAYERS: Readonly<Record<string, { make: (options: nnx.LinearOptions) => Layer; x: NDArray }>> = {
  "Linear, a vector": { make: (o) => new nnx.Linear(48, 40, o) as Layer, x: drawn(1, 48) },
  "Linear, rows": { make: (o) => new nnx.Linear(48, 40, o) as Layer, x: drawn(2, 7, 48) },
  "Linear, narrow": { make: (o) => new nnx.Linear(3, 2, o) as Layer, x: drawn(3, 2, 3) },
  LinearGeneral: { make: (o) => new nnx.LinearGeneral(32, [4, 10], o) as Layer, x: drawn(4, 6, 32) },
  "LinearGeneral of two axes": {
    make: (o) => new nnx.LinearGeneral([4, 8], 24, { ...o, axis: [-2, -1] }) as Layer,
    x: drawn(5, 6, 4, 8),
  },
  Einsum: {
    make: ({ useBias = true, ...o }) => new nnx.Einsum("ab,bc->ac", [32, 40], useBias ? [40] : null, o) as Layer,
    x: drawn(6, 6, 32),
  },
  "Conv of 1x1": { make: (o) => new nnx.Conv(16, 24, [1, 1], o) as Layer, x: drawn(7, 1, 5, 5, 16) },
  "Conv of 3x3": { make: (o) => new nnx.Conv(4, 6, [3, 3], o) as Layer, x: drawn(8, 1, 5, 5, 4) },
};

/** The layer with the same weights in float32. */
function widened(layer: Layer): Layer {
  const wide = nnx.clone(layer);
  for (const [, param] of nnx.toFlatState(nnx.state(wide, nnx.Param)))
    (param as nnx.Param).setValue((param as nnx.Param).get().astype("float32"));
  return wide;
}

onEachBackend("weights in 16 bits", () => {
  describe.each(["bfloat16", "float16"] as const)("%s", (paramDtype: HalfDType) => {
    it.each(Object.entries(LAYERS))("%s answers as with float32 weights, at every use", (_, { make, x }) => {
      const rngs = new nnx.Rngs(1);
      const layer = make({ paramDtype, kernelInit: uniform, biasInit: uniform, rngs });
      const expected = widened(layer)(x);
      expect(expected.dtype).toBe("float32");
      for (let use = 0; use < 4; use++) {
        const y = layer(x);
        expect([y.dtype, y.shape]).toEqual(["float32", expected.shape]);
        expect(firstDifference(y.data, expected.data)).toBe(-1);
      }
    });

    it.each(Object.entries(LAYERS))("%s of inputs in 16 bits rounds what float32 gives", (_, { make, x }) => {
      const rngs = new nnx.Rngs(1);
      const narrow = x.astype(paramDtype);
      const layer = make({ paramDtype, kernelInit: uniform, useBias: false, rngs });
      const expected = widened(layer)(narrow.astype("float32")).astype(paramDtype);
      for (let use = 0; use < 4; use++) {
        const y = layer(narrow);
        expect(y.dtype).toBe(paramDtype);
        expect(firstDifference(y.data, expected.data)).toBe(-1);
      }
    });

    it("float32 Params that are computed with in 16 bits are rounded each time anew when they change", () => {
      const layer = new nnx.Linear(64, 48, { dtype: paramDtype, kernelInit: uniform, rngs: new nnx.Rngs(1) });
      const x = drawn(9, 3, 64);
      const check = (): void => {
        const rounded = new nnx.Linear(64, 48, { paramDtype, kernelInit: uniform, rngs: new nnx.Rngs(1) });
        rounded.kernel.setValue(layer.kernel.get().astype(paramDtype));
        const expected = rounded(x.astype(paramDtype));
        for (let use = 0; use < 3; use++) expect(layer(x).tolist()).toEqual(expected.tolist());
      };
      check();
      layer.kernel.setValue(layer.kernel.get().mul(2));
      check();
      layer.kernel.get().data[5] = 100;
      check();
      layer.kernel.get().data[5] = -100;
      check();
    });

    it("a table that attends is kept transposed", () => {
      const table = new nnx.Embed(50, 16, { paramDtype, embeddingInit: uniform, rngs: new nnx.Rngs(1) });
      const wide = new nnx.Embed(50, 16, { rngs: new nnx.Rngs(1) });
      wide.embedding.setValue(table.embedding.get().astype("float32"));
      const query = drawn(3, 2, 16).astype(paramDtype);
      const expected = wide.attend(query.astype("float32")).astype(paramDtype).tolist();
      for (let use = 0; use < 4; use++) expect(table.attend(query).tolist()).toEqual(expected);
    });

    it("what is written to a weight that was handed out shows in the next call", () => {
      const layer = new nnx.Linear(64, 48, { paramDtype, kernelInit: uniform, rngs: new nnx.Rngs(1) });
      const x = drawn(9, 64);
      for (let use = 0; use < 3; use++) layer(x);
      const before = layer(x).tolist();
      layer.kernel.get().data[0]! ^= 0x8000;
      const after = layer(x).tolist();
      expect(after).not.toEqual(before);
      expect(after).toEqual(widened(layer)(x).tolist());
    });

    it("gradients are those of a cast", () => {
      const layer = new nnx.Linear(40, 30, { paramDtype, kernelInit: uniform, rngs: new nnx.Rngs(1) });
      const x = drawn(9, 5, 40);
      const loss = (model: nnx.Linear): NDArray => model(x).mul(model(x)).sum();
      for (let use = 0; use < 3; use++) layer(x);
      const [bias, kernel] = tree.leaves(nnx.grad(loss)(layer)) as [NDArray, NDArray];
      const [wideBias, wideKernel] = tree.leaves(nnx.grad(loss)(widened(layer) as never)) as [NDArray, NDArray];
      expect([bias.dtype, kernel.dtype]).toEqual([paramDtype, paramDtype]);
      expect(bias.tolist()).toEqual(wideBias.astype(paramDtype).tolist());
      expect(kernel.tolist()).toEqual(wideKernel.astype(paramDtype).tolist());
    });
  });
});

/** Bytes of linear memory that a layer's kernel takes once it is used. */
function bytesOf(paramDtype: "float32" | HalfDType): number {
  const before = memoryInfo().residentBytes;
  const layer = new nnx.Linear(256, 512, { paramDtype, kernelInit: uniform, rngs: new nnx.Rngs(1) });
  for (let use = 0; use < 3; use++) layer(drawn(1, 256));
  return memoryInfo().residentBytes - before;
}

describe("the memory of weights in 16 bits", () => {
  beforeAll(() => useBackend("wasm"));
  afterAll(() => useBackend("auto"));

  it("is half of float32's for bfloat16", () => {
    expect(bytesOf("bfloat16")).toBe(bytesOf("float32") / 2);
  });
});
