import { describe, expect, it } from "vitest";
import { lax, nnx, numpy as jnp } from "../../src/index.ts";

/** Values of JAX 0.10.2 on a CPU. */
const x = jnp.array([
  [1, 2, 3],
  [4, 5, 6],
]);
const where = [true, false, true];

describe("reductions of the elements that count", () => {
  it.each([
    ["sum", jnp.sum(x, 1, { where }), [4, 10]],
    ["sum from a start", jnp.sum(x, { axis: 0, initial: 10 }), [15, 17, 19]],
    ["prod", jnp.prod(x, 1, { where, initial: 2 }), [6, 48]],
    ["max", jnp.max(x, 0, null, false, 2.5, where), [4, 2.5, 6]],
    ["mean", jnp.mean(x, 1, "float32", null, true, { where }), [[2], [5]]],
    ["var", jnp.var(x, 1, { where }), [1, 1]],
    ["std", jnp.std(x, 1, { where, ddof: 1 }), [Math.fround(Math.SQRT2), Math.fround(Math.SQRT2)]],
    ["any", jnp.any(x.gt(5), 1, { where: [true, true, false] }), [false, false]],
    ["softmax", nnx.softmax([[0, 0, 7]], -1, [true, true, false]), [[0.5, 0.5, 0]]],
  ])("%s", (_, result, expected) => {
    expect(result.tolist()).toEqual(expected);
  });

  const none = jnp.zeros([0, 2], "int8");
  it.each([
    ["max from a start", jnp.max(jnp.zeros([0]), { initial: 3 }), 3],
    ["min from a start", jnp.min(jnp.zeros([2, 0]), 1, { initial: 3 }), [3, 3]],
    ["max of integers from a start", jnp.max(none, 0, { initial: 3 }), [3, 3]],
    ["max of no lines", jnp.max(none, 1, { initial: 3 }), []],
    ["nanmax from a start", jnp.nanmax(jnp.zeros([0]), { initial: 2 }), 2],
    ["lax.reduceMax", lax.reduceMax(jnp.zeros([0, 2]), [0]), [-Infinity, -Infinity]],
    ["lax.reduceMin", lax.reduceMin(jnp.zeros([0, 2], "bfloat16"), [0]), [Infinity, Infinity]],
    ["lax.reduceMax of integers", lax.reduceMax(none, [0]), [-128, -128]],
    ["lax.reduceMin of integers", lax.reduceMin(jnp.zeros([0], "uint32"), [0]), 4294967295],
    ["lax.reduceMax of bools", lax.reduceMax(jnp.zeros([0], "bool"), [0]), false],
    ["lax.reduceMin of bools", lax.reduceMin(jnp.zeros([0], "bool"), [0]), true],
    ["median of no lines", jnp.median(jnp.zeros([0, 3]), 1), []],
    ["fromfunction", jnp.fromfunction((i) => i, [0, 2]), []],
    ["applyAlongAxis", jnp.applyAlongAxis((line) => line.sum(), 0, jnp.zeros([0, 0])), []],
    ["unpackbits", jnp.unpackbits(jnp.zeros([0, 3], "uint8"), 1), []],
  ])("of no elements: %s", (_, result, expected) => {
    expect(result.tolist()).toEqual(expected);
  });

  it("takes and gives a dtype", () => {
    expect(jnp.sum([true, true], { dtype: "float32" }).dtype).toBe("float32");
    expect(jnp.mean([1, 2], { dtype: "bfloat16" }).dtype).toBe("bfloat16");
    expect(jnp.sum(jnp.array([100, 100], "int8"), { promoteIntegers: false }).dtype).toBe("int8");
  });
});
