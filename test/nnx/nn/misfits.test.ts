import { expect, it } from "vitest";
import { nnx, numpy as jnp, ShapeError } from "../../../src/index.ts";
import { onEachBackend } from "../../backends.ts";

const layers = {
  Linear: () => new nnx.Linear(3, 4, { rngs: new nnx.Rngs(0) }),
  LinearGeneral: () => new nnx.LinearGeneral(3, 4, { rngs: new nnx.Rngs(0) }),
  Conv: () => new nnx.Conv(3, 4, [1, 1], { rngs: new nnx.Rngs(0) }),
  ConvTranspose: () => new nnx.ConvTranspose(3, 4, [1, 1], { rngs: new nnx.Rngs(0) }),
  Einsum: () => new nnx.Einsum("bhwi,io->bhwo", [3, 4], [4], { rngs: new nnx.Rngs(0) }),
};

onEachBackend("weights of another shape, put there by setValue", () => {
  it.each(Object.entries(layers))(
    "%s refuses a bias that does not broadcast, and stretches one of one element",
    (_, make) => {
      for (const size of [2, 3, 8]) {
        const layer = make();
        layer.bias!.setValue(jnp.ones([size]));
        expect(() => layer(jnp.zeros([1, 2, 2, 3]))).toThrow(ShapeError);
      }
      const layer = make();
      layer.bias!.setValue(jnp.array([5]));
      expect(layer(jnp.zeros([1, 1, 1, 3])).tolist()).toEqual([[[[5, 5, 5, 5]]]]);
    },
  );

  it("a Linear of one row refuses it too", () => {
    const layer = layers.Linear();
    layer.bias!.setValue(jnp.ones([2]));
    expect(() => layer([0, 0, 0])).toThrow(ShapeError);
  });

  it.each(["query", "key", "value"] as const)(
    "a step of decoding through a %s of another width is refused, and the cache stays",
    (part) => {
      const layer = new nnx.MultiHeadAttention(2, 8, { decode: true, rngs: new nnx.Rngs(0) });
      layer.initCache([1, 4, 8]);
      layer[part].kernel.setValue(jnp.ones([8, 2, 3]));
      layer[part].bias!.setValue(jnp.ones([2, 3]));
      expect(() => layer(jnp.ones([1, 1, 8]))).toThrow(ShapeError);
      expect(layer.cache_index!.get().item()).toBe(0);
    },
  );
});
