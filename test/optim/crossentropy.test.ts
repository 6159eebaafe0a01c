/** The cross-entropy with integer labels in one operation has the bits of the operations that it stands for. */
import { describe, expect, it } from "vitest";
import { grad, hessian, jvp, nnx, numpy as jnp, optax, random } from "../../src/index.ts";
import type { NDArray } from "../../src/index.ts";
import { onEachBackend } from "../backends.ts";

const loss = (x: NDArray, y: NDArray): NDArray => optax.softmaxCrossEntropyWithIntegerLabels(x, y);

/** logsumexp(row) - row[label], an operation at a time. */
function written(x: NDArray, y: NDArray): NDArray {
  const chosen = jnp.squeeze(jnp.takeAlongAxis(x, jnp.expandDims(y, -1), -1), -1);
  return jnp.subtract(nnx.logsumexp(x, -1), chosen);
}

/** The bits of floats; all NaN are one. */
const bitsOf = (x: NDArray): number[] => [
  ...new Uint32Array((x.data as Float32Array).map((v) => (v === v ? v : NaN)).buffer),
];

const normal = (shape: number[]): NDArray => random.normal(random.key(shape.length), shape).mul(3);
const edges = [0, -0, 1e-40, -1e-40, 1, 88, 100, -1e30, 3e38, -3e38];
const CASES: readonly (readonly [string, NDArray, NDArray])[] = [
  ["rows", normal([5, 10]), jnp.array([0, 9, -1, -10, 3], "int32")],
  ["a row", normal([7]), jnp.array(6, "int32")],
  [
    "a stack of rows",
    normal([2, 3, 4]),
    jnp.array(
      [
        [0, 1, 2],
        [3, -4, -1],
      ],
      "int32",
    ),
  ],
  ["labels that are no column", normal([4, 3]), jnp.array([3, -4, 2, 100], "int32")],
  ["uint8 labels", normal([3, 5]), jnp.array([4, 200, 0], "uint8")],
  ["int8 labels", normal([3, 5]), jnp.array([4, -5, -6], "int8")],
  ["one column", normal([3, 1]), jnp.array([0, 0, 0], "int32")],
  ["no rows", jnp.zeros([0, 4]), jnp.zeros([0], "int32")],
  ["edges", jnp.array([edges, edges.toReversed()]), jnp.array([2, 8], "int32")],
  [
    "infinities",
    jnp.array([
      [Infinity, 1],
      [-Infinity, 1],
      [-Infinity, -Infinity],
    ]),
    jnp.array([0, 0, 1], "int32"),
  ],
  [
    "NaN",
    jnp.array([
      [NaN, 1, 2],
      [1, NaN, Infinity],
      [0, 1, 2],
    ]),
    jnp.array([1, 1, 1], "int32"),
  ],
  ["many classes", normal([40, 1100]), jnp.arange(40, { dtype: "int32" }).mul(27)],
];

onEachBackend("softmaxCrossEntropyWithIntegerLabels", () => {
  describe.each(CASES)("of %s", (_, x, y) => {
    it("has the values of the operations", () => {
      expect(bitsOf(loss(x, y))).toEqual(bitsOf(written(x, y)));
    });

    it("has their gradient, of any cotangent", () => {
      const weights = jnp
        .arange(y.size, { dtype: "float32" })
        .sub(1)
        .reshape([...y.shape]);
      for (const reduce of [(z: NDArray) => z.mean(), (z: NDArray) => z.mul(weights).sum()]) {
        const [own, theirs] = [loss, written].map((f) => grad((z: NDArray) => reduce(f(z, y)))(x));
        expect(bitsOf(own!)).toEqual(bitsOf(theirs!));
      }
    });
  });

  it("has their second derivative and their tangent", () => {
    const [, x, y] = CASES[0]!;
    const [own, theirs] = [loss, written].map((f) => hessian((z: NDArray) => f(z, y).sum())(x));
    expect(jnp.allclose(own!, theirs!, { rtol: 1e-5, atol: 1e-7 })).toBe(true);
    const [t, u] = [loss, written].map((f) => jvp((z: NDArray) => f(z, y), [x], [x.mul(0.5)])[1]);
    expect(jnp.allclose(t!, u!, { rtol: 1e-5, atol: 1e-6 })).toBe(true);
  });

  it("has a shape without values, and 16-bit floats go the long way", () => {
    const shape = nnx.evalShape(() => grad((z: NDArray) => loss(z, jnp.zeros([4], "int32")).mean())(jnp.ones([4, 3])));
    expect(shape.shape).toEqual([4, 3]);
    const [, x, y] = CASES[0]!;
    expect(loss(x.astype("bfloat16"), y).dtype).toBe("bfloat16");
  });
});
