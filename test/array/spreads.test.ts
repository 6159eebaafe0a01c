/** The dtype of variances and of means without NaN. Values of JAX 0.10.2. */
import { describe, expect, it } from "vitest";
import { numpy as jnp } from "../../src/index.ts";

const x = jnp.array([
  [1, 2.3],
  [3, 4.7],
]);
const where = [
  [true, false],
  [true, true],
];
const holes = jnp.array([
  [-0.802, -1.324, -0.248, 0.42],
  [1.136, 0.11, NaN, -0.785],
  [0.749, 1.635, 0.273, -1.233],
]);

const error = (fn: string): string => `${fn}: "dtype" expected float32, bfloat16 or float16, got "int32"`;

describe("a variance's dtype", () => {
  it.each([
    ["bfloat16", [1, 1.4375], 1.3359375],
    ["float16", [1, 1.4404296875], 1.3349609375],
    ["float32", [1, 1.4399998188018799], 1.335102915763855],
  ] as const)("is %s where that is given", (dtype, variances, deviation) => {
    for (const of of [
      jnp.var(x, 0, dtype),
      x.var(0, dtype),
      x.var({ axis: 0, dtype }),
      jnp.var(x, { axis: 0, dtype }),
    ]) {
      expect(of.dtype).toBe(dtype);
      expect(of.tolist()).toEqual(variances);
    }
    expect(jnp.std(x, { dtype }).item()).toBeCloseTo(deviation, 6);
    expect(jnp.std(x, { dtype }).dtype).toBe(dtype);
    expect(jnp.var(x, 0, { dtype, where }).dtype).toBe(dtype);
    expect(jnp.var(x, 0, { dtype, where }).tolist()).toEqual([1, 0]);
  });

  it.each([
    ["bfloat16", [0.703125, 1.4609375, 0.06787109375, 0.486328125], [0.83984375, 1.2109375, 0.259765625, 0.69921875]],
    [
      "float16",
      [0.701171875, 1.4599609375, 0.06787109375, 0.4873046875],
      [0.83740234375, 1.2080078125, 0.260498046875, 0.6982421875],
    ],
  ] as const)("without NaN is %s where that is given", (dtype, variances, deviations) => {
    expect([jnp.nanvar(holes, 0, dtype).dtype, jnp.nanvar(holes, 0, dtype).tolist()]).toEqual([dtype, variances]);
    expect([jnp.nanstd(holes, 0, dtype).dtype, jnp.nanstd(holes, 0, dtype).tolist()]).toEqual([dtype, deviations]);
  });

  it("is no integer", () => {
    expect(() => jnp.var(x, 0, "int32")).toThrow(error("var"));
    expect(() => jnp.var(x, 0, { dtype: "int32", where })).toThrow(error("var"));
    expect(() => x.std({ dtype: "int32" })).toThrow(error("std"));
    expect(() => jnp.nanvar(x, 0, "int32")).toThrow(error("nanvar"));
    expect(() => jnp.nanstd(x, { dtype: "int32" })).toThrow(error("nanstd"));
  });
});

it("a mean without NaN has the dtype that is given, and integers lose their fraction", () => {
  expect(jnp.nanmean([1, NaN, 3, 4], null, "int32").dtype).toBe("int32");
  expect(jnp.nanmean([1, NaN, 3, 4], null, "int32").item()).toBe(2);
  expect(jnp.nanmean([-1, NaN, -3, -4], null, "int32").item()).toBe(-2);
  expect(jnp.nanmean([1, NaN, 2], { dtype: "bfloat16" }).dtype).toBe("bfloat16");
});

it("what is not supported says so", () => {
  expect(() => jnp.sum(x, 0, { out: 1 as never })).toThrow(
    'sum: "out" expected nothing, for it is not supported, got 1',
  );
});
