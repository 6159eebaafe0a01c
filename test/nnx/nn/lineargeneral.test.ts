/** `nnx.LinearGeneral` beside its formula, with a bias that is not zero. */
import { describe, expect, it } from "vitest";
import type { NDArray } from "../../../src/index.ts";
import { nnx, numpy as jnp, random } from "../../../src/index.ts";

/** Integers, whose sums are exact in any order. */
const whole = (seed: number, shape: readonly number[]): NDArray =>
  random.randint(random.key(seed), [...shape], -4, 5).astype("float32");

/** The layer's options, the shape of its input, and einsum's words for inputs, kernel, bias and outputs. */
const CASES: readonly (readonly [string, number | number[], number | number[], object, number[], string])[] = [
  ["one axis", 4, 3, {}, [2, 4], "ni,io,o->no"],
  ["one axis of many", 4, 3, {}, [2, 5, 4], "nmi,io,o->nmo"],
  ["an axis in the middle", 4, 3, { axis: 1 }, [2, 4, 5], "nim,io,o->nmo"],
  ["two axes", [4, 2], 3, { axis: [-2, -1] }, [5, 4, 2], "nij,ijo,o->no"],
  ["two features", 4, [3, 2], {}, [5, 4], "ni,iop,op->nop"],
  ["a batch axis", 4, 3, { batchAxis: { 0: 2 } }, [2, 4], "bi,bio,bo->bo"],
  ["a batch axis and another", 4, 3, { batchAxis: { 0: 2 } }, [2, 5, 4], "bmi,bio,bo->bmo"],
  ["a batch axis, others and two features", 4, [3, 2], { batchAxis: { 0: 2 } }, [2, 5, 6, 4], "bmni,biop,bop->bmnop"],
  ["two batch axes", 4, 3, { batchAxis: { 0: 2, 1: 3 } }, [2, 3, 5, 4], "bcmi,bcio,bco->bcmo"],
];

describe.each(CASES)("over %s", (_, inFeatures, outFeatures, options, shape, words) => {
  const [inputs, kernel, bias, out] = words.split(/,|->/) as [string, string, string, string];

  it("adds its bias to the product along the axes of its own", () => {
    const layer = new nnx.LinearGeneral(inFeatures, outFeatures, { ...options, rngs: new nnx.Rngs(0) });
    layer.kernel.set(whole(1, layer.kernel.shape));
    layer.bias!.set(whole(2, layer.bias!.shape));
    const x = whole(3, shape);
    const product = jnp.einsum(`${inputs},${kernel}->${out}`, x, layer.kernel.get());
    const spread = jnp.einsum(`${out},${bias}->${out}`, jnp.ones(product.shape), layer.bias!.get());
    const y = layer(x);
    expect([y.shape, y.tolist()]).toEqual([product.shape, product.add(spread).tolist()]);
  });

  it("has no bias where none is wanted", () => {
    const layer = new nnx.LinearGeneral(inFeatures, outFeatures, { ...options, useBias: false, rngs: new nnx.Rngs(0) });
    layer.kernel.set(whole(1, layer.kernel.shape));
    const x = whole(3, shape);
    expect(layer.bias).toBeNull();
    expect(layer(x).tolist()).toEqual(jnp.einsum(`${inputs},${kernel}->${out}`, x, layer.kernel.get()).tolist());
  });
});
