import { describe, expect, it } from "vitest";
import * as jnp from "../../src/numpy.ts";
import type { Index } from "../../src/numpy.ts";
import { golden } from "../golden/load.ts";

interface Pattern {
  readonly pattern: string;
  readonly shape: readonly number[];
  readonly read: readonly number[];
  readonly added: readonly number[];
}

const CASES = golden<Pattern>("indexing");
const X = jnp.arange(24, { dtype: "int32" }).reshape([2, 2, 3, 2]);

const PARTS: Readonly<Record<string, Index>> = {
  n: 1,
  s: "::-1",
  a: jnp.array([1, 0, 0], "int32"),
  b: jnp.array([[1], [0]], "int32"),
  "+": null,
};

describe("indices of numbers (n), reversed slices (s), arrays of one and two axes (a, b) and new axes (+)", () => {
  it.each(CASES.map((one) => [one.pattern, one] as const))("%s", (pattern, { shape, read, added }) => {
    const index = [...pattern].map((part) => PARTS[part]!);
    const got = X.slice(...index);
    expect([got.shape, [...got.data]]).toEqual([shape, read]);
    const values = jnp.arange(got.size, { dtype: "int32" }).add(100).reshape(shape);
    expect([...X.at(...index).add(values).data]).toEqual(added);
  });

  it("has them all", () => {
    expect(CASES.length).toBe(5 + 25 + 125 + 256);
  });
});
