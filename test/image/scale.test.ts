import { expect, it } from "vitest";
import type { NDArray } from "../../src/index.ts";
import { grad, image, numpy as jnp } from "../../src/index.ts";

it.each(["float32", "float16", "bfloat16"] as const)("an image of %s keeps its dtype", (dtype) => {
  const x = jnp.arange(12).reshape([3, 4]).astype(dtype);
  expect(image.resize(x, [6, 2], "linear").dtype).toBe(dtype);
  const moved = image.scaleAndTranslate(x, [3, 4], [0, 1], [2, 1], [0, 1], "linear");
  expect([moved.dtype, moved.shape]).toEqual([dtype, [3, 4]]);
});

it.each(["uint8", "int32"] as const)("an image of %s is scaled as float32", (dtype) => {
  const x = jnp.arange(12).reshape([3, 4]);
  for (const scaled of [
    (given: typeof x) => image.resize(given, [6, 2], "linear"),
    (given: typeof x) => image.scaleAndTranslate(given, [3, 4], [0, 1], [2, 1], [0, 1], "linear"),
  ])
    expect(scaled(x.astype(dtype)).astype("float32").tolist()).toEqual(scaled(x.astype("float32")).tolist());
});

it("a smaller image is smoothed first, unless antialias is false", () => {
  const x = jnp.array([0, 9, 0, 9, 0, 9, 0, 9]);
  for (const scaled of [
    (options?: object) => image.resize(x, [3], "linear", options),
    (options?: object) => image.scaleAndTranslate(x, [3], [0], [3 / 8], [0], "linear", options),
  ]) {
    expect(scaled().tolist()).toEqual(scaled({ antialias: true }).tolist());
    expect(scaled().tolist()).not.toEqual(scaled({ antialias: false }).tolist());
  }
});

// jax.grad of the sum of squares, by argnums (0, 1), in float64
it("has gradients towards scale and translation", () => {
  const x = jnp.array([
    [0, 1.25, 0.5],
    [0.75, 1.5, 3],
  ]);
  const loss = (scale: NDArray, translation: NDArray): NDArray =>
    jnp.square(image.scaleAndTranslate(x, [3, 4], [0, 1], scale, translation, "cubic")).sum();
  const [byScale, byTranslation] = grad(loss, { argnums: [0, 1] })([1.3, 0.7], [0.2, -0.3]);
  expect(jnp.allclose(byScale, [-12.48366104, -24.53874622], { rtol: 1e-6 })).toBe(true);
  expect(jnp.allclose(byTranslation, [-10.96104168, -15.57145917], { rtol: 1e-6 })).toBe(true);
});
