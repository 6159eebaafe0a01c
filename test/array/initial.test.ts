/** `initial` of reductions is read in the dtype of the result. */
import { describe, expect, it } from "vitest";
import { numpy as jnp } from "../../src/index.ts";

/**
 * By dtype of [1, 2] and start, of JAX 0.10.2 on a CPU: max, min, sum and prod, then max and min of the first element
 * alone (`where`), then max and min of none.
 */
const RECORDED: readonly (readonly ["int8" | "uint8" | "int32" | "uint32" | "bool", number, readonly number[]])[] = [
  ["int8", 300, [44, 1, 303, 600, 44, 1, 44, 44]],
  ["int8", -1, [2, -1, 2, -2, 1, -1, -1, -1]],
  ["int8", 2.7, [2, 1, 5, 4, 2, 1, 2, 2]],
  ["int8", -2.7, [2, -2, 1, -4, 1, -2, -2, -2]],
  ["int8", NaN, [2, 0, 3, 0, 1, 0, 0, 0]],
  ["int8", Infinity, [127, 1, -2147483646, -2, 127, 1, 127, 127]],
  ["int8", -Infinity, [2, -128, -2147483645, 0, 1, -128, -128, -128]],
  ["uint8", 300, [44, 1, 303, 600, 44, 1, 44, 44]],
  ["uint8", -1, [255, 1, 2, 4294967294, 255, 1, 255, 255]],
  ["uint8", 2.7, [2, 1, 5, 4, 2, 1, 2, 2]],
  ["uint8", -2.7, [2, 0, 3, 0, 1, 0, 0, 0]],
  ["uint8", NaN, [2, 0, 3, 0, 1, 0, 0, 0]],
  ["uint8", Infinity, [255, 1, 2, 4294967294, 255, 1, 255, 255]],
  ["uint8", -Infinity, [2, 0, 3, 0, 1, 0, 0, 0]],
  ["int32", 300, [300, 1, 303, 600, 300, 1, 300, 300]],
  ["int32", -1, [2, -1, 2, -2, 1, -1, -1, -1]],
  ["int32", 2.7, [2, 1, 5, 4, 2, 1, 2, 2]],
  ["int32", -2.7, [2, -2, 1, -4, 1, -2, -2, -2]],
  ["int32", NaN, [2, 0, 3, 0, 1, 0, 0, 0]],
  ["int32", Infinity, [2147483647, 1, -2147483646, -2, 2147483647, 1, 2147483647, 2147483647]],
  ["int32", -Infinity, [2, -2147483648, -2147483645, 0, 1, -2147483648, -2147483648, -2147483648]],
  ["uint32", 300, [300, 1, 303, 600, 300, 1, 300, 300]],
  ["uint32", -1, [4294967295, 1, 2, 4294967294, 4294967295, 1, 4294967295, 4294967295]],
  ["uint32", 2.7, [2, 1, 5, 4, 2, 1, 2, 2]],
  ["uint32", -2.7, [2, 0, 3, 0, 1, 0, 0, 0]],
  ["uint32", NaN, [2, 0, 3, 0, 1, 0, 0, 0]],
  ["uint32", Infinity, [4294967295, 1, 2, 4294967294, 4294967295, 1, 4294967295, 4294967295]],
  ["uint32", -Infinity, [2, 0, 3, 0, 1, 0, 0, 0]],
  ["bool", 300, [1, 1, 302, 300, 1, 1, 1, 1]],
  ["bool", -1, [1, 1, 1, -1, 1, 1, 1, 1]],
  ["bool", 2.7, [1, 1, 4, 2, 1, 1, 1, 1]],
  ["bool", -2.7, [1, 1, 0, -2, 1, 1, 1, 1]],
  ["bool", NaN, [1, 1, 2, 0, 1, 1, 1, 1]],
  ["bool", Infinity, [1, 1, -2147483647, 2147483647, 1, 1, 1, 1]],
  ["bool", -Infinity, [1, 1, -2147483646, -2147483648, 1, 1, 1, 1]],
];

/** The dtypes of sums. */
const WIDE = { int8: "int32", uint8: "uint32", int32: "int32", uint32: "uint32", bool: "int32" } as const;

describe("the start of a reduction of integers", () => {
  it.each(RECORDED)("%s from %d", (dtype, initial, expected) => {
    const x = jnp.array([1, 2], dtype);
    const none = jnp.zeros([0], dtype);
    const where = [true, false];
    const extremes = [jnp.max(x, { initial }), jnp.min(x, { initial })];
    const sums = [jnp.sum(x, { initial }), jnp.prod(x, { initial })];
    const chosen = [jnp.max(x, { initial, where }), jnp.min(x, { initial, where })];
    const starts = [jnp.max(none, { initial }), jnp.min(none, { initial })];
    const results = [...extremes, ...sums, ...chosen, ...starts];
    expect(results.map((result) => Number(result.item()))).toEqual(expected);
    expect(new Set([...extremes, ...chosen, ...starts].map((result) => result.dtype))).toEqual(new Set([dtype]));
    expect(new Set(sums.map((result) => result.dtype))).toEqual(new Set([WIDE[dtype]]));
  });
});
