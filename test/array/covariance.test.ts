/** The dtypes of covariances, masked variances, and quantiles of scalars. Values of JAX 0.10.2. */
import { describe, expect, it } from "vitest";
import { numpy as jnp } from "../../src/index.ts";
import type { DType, NDArray } from "../../src/index.ts";

const seen = (x: NDArray): unknown[] => [x.dtype, x.shape, x.tolist()];
const m = jnp.array([
  [1, 2, 3.5],
  [2, 4, 9],
]);
const half = m.astype("bfloat16");
const x = jnp.array([
  [1, NaN, 3, 4],
  [2, 5, NaN, 8],
]);
const where = [
  [true, true, false, true],
  [true, true, true, false],
];

describe("cov and corrcoef", () => {
  it.each([
    ["cov(m, dtype=bfloat16)", jnp.cov(m, { dtype: "bfloat16" }), "bfloat16", [1.5859375, 4.5, 13]],
    ["cov of bfloat16", jnp.cov(half), "bfloat16", [1.5859375, 4.5, 13]],
    ["cov of integers in float16", jnp.cov(m.astype("int32"), { dtype: "float16" }), "float16", [1, 3.5, 13]],
    ["cov with weights of integers", jnp.cov(half, { fweights: [1n, 2n, 3n] }), "bfloat16", [1.140625, 3.375, 10.125]],
    ["corrcoef(m, dtype=float16)", jnp.corrcoef(m, { dtype: "float16" }), "float16", [1, 0.9921875, 1]],
  ] as const)("%s has JAX's dtype", (_, found, dtype, [first, between, second]) => {
    expect(seen(found)).toEqual([
      dtype,
      [2, 2],
      [
        [first, between],
        [between, second],
      ],
    ]);
  });

  it("promotes variables and weights that are floats of two dtypes", () => {
    const found = jnp.cov(half, { aweights: [1, 2, 3] });
    expect(found.dtype).toBe("float32");
    expect(found.at(1, 1).get().item()).toBeCloseTo(13.863636016845703, 5);
  });

  it("takes null for what is not given", () => {
    const nothing = { y: null, ddof: null, fweights: null, aweights: null, dtype: null };
    expect(jnp.cov(m, nothing).tolist()).toEqual(jnp.cov(m).tolist());
    expect(jnp.corrcoef(m, { y: null }).tolist()).toEqual(jnp.corrcoef(m).tolist());
  });

  it.each([
    ["cov", jnp.cov],
    ["corrcoef", jnp.corrcoef],
  ])("%s refuses another dtype", (name, fn) => {
    expect(() => fn(m, { dtype: "int32" as DType })).toThrow(
      `${name}: "dtype" expected float32, bfloat16 or float16, got "int32"`,
    );
  });
});

describe("nanvar and nanstd", () => {
  it.each([
    ["nanvar(where)", jnp.nanvar(x, { axis: 1, where }), "float32", [2.25, 2.25]],
    ["nanstd(where)", jnp.nanstd(x, { axis: 0, where }), "float32", [0.5, 0, NaN, 0]],
    ["nanvar(mean)", jnp.nanvar(x, { axis: 1, mean: [[2], [3]] }), "float32", [2, 10]],
    ["nanvar of bfloat16", jnp.nanvar(x.astype("bfloat16").mul(1.3)), "bfloat16", 8.625],
    ["nanvar(dtype=bfloat16)", jnp.nanvar(x, { dtype: "bfloat16" }), "bfloat16", 5.125],
    ["nanstd of float16", jnp.nanstd(x.astype("float16"), 1), "float16", [1.2470703125, 2.44921875]],
  ] as const)("%s", (_, found, dtype, values) => {
    expect([found.dtype, found.tolist()]).toEqual([dtype, values]);
  });
});

describe("a scalar's quantile keeps the axis that JAX makes of it", () => {
  it.each([
    ["median", jnp.median(3, { keepdims: true }), [1]],
    ["nanmedian", jnp.nanmedian(3, { axis: [], keepdims: true }), [1]],
    ["quantile", jnp.quantile(3, [0.2, 0.5], { keepdims: true }), [2, 1]],
    ["median without keepdims", jnp.median(3), []],
  ] as const)("%s", (_, found, shape) => {
    expect(found.shape).toEqual(shape);
  });
});
