import { afterAll, describe, expect, it } from "vitest";
import type { NDArray } from "../../../src/index.ts";
import { nnx, numpy as jnp, useBackend } from "../../../src/index.ts";
import { firstDifference } from "../../bits.ts";
import { floats } from "../../contract/backends.ts";
import type { EveryLayer } from "./everylayer.ts";
import { FUNCTIONS, LAYERS } from "./everylayer.ts";

const ALL = [...LAYERS, ...FUNCTIONS].map((item) => [item.name, item] as const);

/**
 * A batch for a layer: the same numbers for any batch size; `edges` puts in NaN, infinities, zeros and subnormals.
 */
function batchFor({ shape, dtype }: EveryLayer, batch: number, edges = false): NDArray {
  const size = shape.reduce((a, b) => a * b, 1);
  const values = floats(batch * size, 1, edges);
  return jnp
    .array(dtype === "int32" ? Int32Array.from(values, (x) => Math.abs(Math.trunc(x || 0)) % 31) : values)
    .reshape([batch, ...shape]);
}

/** Two tokens of a decoding attention; what the second gives. */
function decode(): NDArray {
  const attention = new nnx.MultiHeadAttention(2, 8, { decode: true, rngs: new nnx.Rngs(0) });
  attention.initCache([3, 10, 8]);
  attention(jnp.ones([3, 1, 8]));
  return attention(jnp.ones([3, 1, 8]));
}

afterAll(() => useBackend("auto"));

describe("an example has the same bits alone and in any batch, on both backends", () => {
  it.each(ALL)("%s", (_, item) => {
    const { layer, run } = item.make(new nnx.Rngs(3), {});
    const forward = (x: NDArray): NDArray[] => run(layer, x);
    for (const batch of [1, 2, 7, 64]) {
      const x = batchFor(item, batch, batch === 7);
      const answers = (["core", "wasm", "wasm", "auto"] as const).map((backend) => {
        useBackend(backend);
        return forward(x);
      });
      const [first] = answers as [NDArray[]];
      for (const answer of answers)
        first.forEach((y, k) =>
          expect(firstDifference(y.data, answer[k]!.data), `output ${k} of a batch of ${batch}`).toBe(-1),
        );
      for (const i of [0, batch >> 1, batch - 1]) {
        const alone = forward(x.slice(`${i}:${i + 1}`));
        first.forEach((y, k) =>
          expect(
            firstDifference(y.slice(`${i}:${i + 1}`).data, alone[k]!.data),
            `output ${k}, row ${i} of ${batch}`,
          ).toBe(-1),
        );
      }
    }
  });
});

describe("a copy gives what the layer gives: a clone, a merged one, a view, one that was built without values", () => {
  it.each(LAYERS.map((item) => [item.name, item] as const))("%s", (_, item) => {
    const { layer, run } = item.make(new nnx.Rngs(3), {});
    const empty = nnx.evalShape(() => item.make(new nnx.Rngs(0), {}).layer);
    nnx.update(empty, nnx.state(nnx.clone(layer)));
    const x = batchFor(item, 2);
    const copies = [
      nnx.clone(layer),
      nnx.merge(...nnx.split(layer), { copy: true }),
      nnx.clone(nnx.view(layer, {})),
      empty,
    ];
    const expected = run(layer, x);
    for (const copy of copies)
      run(copy, x).forEach((y, k) => expect(firstDifference(y.data, expected[k]!.data)).toBe(-1));
  });
});

describe("under nnx.evalShape a layer is built and gives what it gives, without values", () => {
  it.each(ALL)("%s", (_, item) => {
    const make = (): readonly [nnx.Rngs, NDArray[]] => {
      const rngs = new nnx.Rngs(3);
      const { layer, run } = item.make(rngs, {});
      return [rngs, run(layer, batchFor(item, 2))];
    };
    const [streams, outputs] = make();
    const [abstractStreams, shapes] = nnx.evalShape(make);
    expect(shapes.map((y) => [y.shape, y.dtype])).toEqual(outputs.map((y) => [y.shape, y.dtype]));
    for (const y of shapes) expect(() => y.data).toThrow(/has a shape but no values/);
    expect(abstractStreams.default!.count.get().item()).toBe(streams.default!.count.get().item());
  });

  it("a Dropout that drops takes its key, and layers without values take inputs with some", () => {
    const drop = new nnx.Dropout(0.5, { rngs: new nnx.Rngs(0), broadcastDims: [0] });
    expect(nnx.evalShape(() => drop(jnp.ones([2, 3]))).shape).toEqual([2, 3]);
    const [norm, prelu] = nnx.evalShape(
      () =>
        [
          new nnx.SpectralNorm(new nnx.Linear(3, 4, { rngs: new nnx.Rngs(0) }), { rngs: new nnx.Rngs(0) }),
          new nnx.PReLU(),
        ] as const,
    );
    expect(nnx.evalShape(() => norm(prelu(jnp.ones([2, 3])))).shape).toEqual([2, 4]);
    expect(() => prelu([1])).toThrow(/Load values first/);
  });

  it("attention decodes from a cache without values", () => {
    expect(nnx.evalShape(decode).shape).toEqual(decode().shape);
  });
});
