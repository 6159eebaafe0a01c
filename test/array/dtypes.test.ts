import { describe, expect, it } from "vitest";
import { numpy as jnp } from "../../src/index.ts";
import type { DType } from "../../src/numpy.ts";

const DTYPES = [
  "bool",
  "uint8",
  "uint16",
  "uint32",
  "int8",
  "int16",
  "int32",
  "bfloat16",
  "float16",
  "float32",
] as const satisfies readonly DType[];

describe.each(DTYPES)("canCast from %s", (from) => {
  it.each(["no", "equiv"] as const)('with "%s" goes to itself alone', (casting) => {
    expect(DTYPES.filter((to) => jnp.canCast(from, to, { casting }))).toEqual([from]);
  });

  it('with "unsafe" goes everywhere', () => {
    expect(DTYPES.filter((to) => jnp.canCast(from, to, { casting: "unsafe" }))).toEqual(DTYPES);
  });

  it('with "same_kind" goes where "safe" does, and further along bool, unsigned, signed, float', () => {
    const kinds = [/^bool$/, /^uint/, /^int/, /float/];
    const kind = (dtype: DType): number => kinds.findIndex((one) => one.test(dtype));
    for (const to of DTYPES) {
      const expected = jnp.canCast(from, to) || (to !== "bool" && kind(from) <= kind(to));
      expect(jnp.canCast(from, to, { casting: "same_kind" }), to).toBe(expected);
    }
  });
});

const MODULE: Readonly<Record<string, unknown>> = jnp;

it.each([
  ...DTYPES,
  "float64",
  "int64",
  "uint64",
  "complex64",
  "complex128",
  "generic",
  "number",
  "integer",
  "signedinteger",
  "unsignedinteger",
  "inexact",
  "floating",
  "complexfloating",
])("numpy.%s is the word that it is called by", (name) => {
  expect(MODULE[name]).toBe(name);
});

it.each([
  ["float16", "float16"],
  ["bfloat16", "bfloat16"],
  ["int8", "float32"],
] as const)("histogramBinEdges of %s are %s", (dtype, edges) => {
  const x = jnp.array([1, 2, 5]).astype(dtype);
  expect(jnp.histogramBinEdges(x, { bins: 3 }).dtype).toBe(edges);
  expect(jnp.histogramBinEdges(x, { bins: jnp.array([1, 2.5]) }).dtype).toBe(edges);
});
