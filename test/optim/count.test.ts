import { expect, it } from "vitest";
import { numpy as jnp, optax } from "../../src/index.ts";

/** The greatest number of each dtype that optax 0.2.8 counts with, where `safe_increment` stays. */
it.each([
  ["int8", 127],
  ["uint8", 255],
  ["int16", 32767],
  ["uint16", 65535],
  ["int32", 2147483647],
  ["uint32", 4294967295],
  ["float16", 65504],
  ["bfloat16", 3.3895313892515355e38],
  ["float32", 3.4028234663852886e38],
] as const)("safeIncrement counts %s up to %d", (dtype, greatest) => {
  const counted = optax.safeIncrement(jnp.array([0, 5], dtype));
  expect([counted.dtype, counted.tolist()]).toEqual([dtype, [1, 6]]);
  const last = optax.safeIncrement(jnp.full([1], dtype.includes("float") ? Infinity : greatest, dtype));
  expect([last.dtype, last.tolist()]).toEqual([dtype, [greatest]]);
});

it("safeIncrement takes a number as its kind, and no bools", () => {
  expect(optax.safeIncrement(3 as never)).toMatchObject({ dtype: "int32" });
  expect(optax.safeIncrement(3.5 as never).item()).toBe(4.5);
  expect(() => optax.safeIncrement(jnp.array([true]))).toThrow(/^optax.safeIncrement: "count" expected numbers, got/);
});
