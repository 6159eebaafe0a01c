import { expect, it } from "vitest";
import { nnx, numpy as jnp, random, tree } from "../../../src/index.ts";
import type { NDArray } from "../../../src/numpy.ts";

/** The gradients towards the input, the scale and the bias; with a mask the layer goes by its steps. */
function gradients(x: NDArray, mask?: NDArray): NDArray[] {
  const norm = new nnx.BatchNorm(3, { rngs: new nnx.Rngs(0) });
  const weights = random.normal(random.key(1), x.shape);
  const loss = (y: NDArray, layer: typeof norm): NDArray =>
    layer(y, mask === undefined ? {} : { mask })
      .mul(weights)
      .sum();
  return tree.leaves(nnx.grad(loss, { argnums: [0, 1] })(x, norm)) as NDArray[];
}

it("the kernel of batch norm's gradient gives what its steps give, of constant features too", () => {
  const drawn = random.normal(random.key(0), [20, 3]);
  // A constant feature's variance is 0, or a rounding error below it that counts as 0.
  const constant = jnp.where(jnp.array([false, true, true]), jnp.array([0, 3, 0.1]), drawn);
  for (const x of [drawn, constant]) {
    const [expected, got] = [gradients(x, jnp.ones([20, 3], "bool")), gradients(x)];
    got.forEach((array, i) => {
      const scale = Math.max(1, jnp.max(jnp.abs(expected[i]!)).item());
      expect(jnp.max(jnp.abs(array.sub(expected[i]!))).item()).toBeLessThan(1e-5 * scale);
    });
  }
});

it("what a loss takes of the batch's statistics has its gradient beside", () => {
  const norm = new nnx.BatchNorm(2, { momentum: 0, rngs: new nnx.Rngs(0) });
  const toX = nnx.grad((x: NDArray) => {
    norm(x);
    return norm.mean.get().sum();
  })(
    jnp.array(
      [
        [1, 2],
        [3, 5],
      ],
      "float32",
    ),
  ) as NDArray;
  expect(toX.tolist()).toEqual([
    [0.5, 0.5],
    [0.5, 0.5],
  ]);
});

// nnx.grad(lambda m, x: m(x).sum()) of Flax 0.12 gives the same.
it("of an empty batch the bias has the gradient 0 and the scale NaN; without features there is none", () => {
  for (const shape of [
    [0, 4],
    [0, 5, 4],
    [3, 0],
  ]) {
    const features = shape.at(-1)!;
    const norm = new nnx.BatchNorm(features, { rngs: new nnx.Rngs(0) });
    const loss = (layer: typeof norm, x: NDArray): NDArray => layer(x).sum();
    const [toNorm, toX] = nnx.grad(loss, { argnums: [0, 1] })(norm, jnp.zeros(shape)) as [nnx.State, NDArray];
    const [toBias, toScale] = tree.leaves(toNorm) as NDArray[];
    expect(toX.shape).toEqual(shape);
    expect(toBias!.tolist()).toEqual(Array(features).fill(0));
    expect(toScale!.tolist()).toEqual(Array(features).fill(NaN));
  }
});
