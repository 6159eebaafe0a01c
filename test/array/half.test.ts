import { expect, it } from "vitest";
import type { DType } from "../../src/numpy.ts";
import * as jnp from "../../src/numpy.ts";

/** Every bit pattern of a 16-bit float. */
function patterns(dtype: DType): jnp.NDArray {
  const all = jnp.zeros([2 ** 16], dtype);
  all.data.set(Uint16Array.from({ length: 2 ** 16 }, (_, i) => i));
  return all;
}

/** What the bits stand for, by the definition. */
function valueOf(bits: number, exponentBits: number, fractionBits: number): number {
  const sign = bits >= 2 ** 15 ? -1 : 1;
  const exponent = Math.floor((bits % 2 ** 15) / 2 ** fractionBits);
  const fraction = (bits % 2 ** fractionBits) / 2 ** fractionBits;
  const bias = 2 ** (exponentBits - 1) - 1;
  if (exponent === 2 ** exponentBits - 1) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** (1 - bias) : (1 + fraction) * 2 ** (exponent - bias));
}

it.each([
  ["bfloat16", 8, 7],
  ["float16", 5, 10],
] as const)("all 65,536 patterns of %s widen exactly, and come back", (dtype, exponentBits, fractionBits) => {
  const all = patterns(dtype);
  const wide = all.astype("float32");
  const wrong = Array.from(wide.data).findIndex((x, bits) => !Object.is(x, valueOf(bits, exponentBits, fractionBits)));
  expect(wrong).toBe(-1);
  const back = wide.astype(dtype).data;
  expect(Array.from(back).findIndex((bits, i) => bits !== i && !Number.isNaN(wide.data[i]))).toBe(-1);
  expect(all.at(0).set(NaN).slice(0).item()).toBeNaN();
});

it("halfway between two neighbours the even one wins", () => {
  const all = patterns("float16").slice(":31744").astype("float32").data;
  const middles = Float32Array.from({ length: 31743 }, (_, i) => (all[i]! + all[i + 1]!) / 2);
  expect(Array.from(jnp.array(middles).astype("float16").data).findIndex((bits, i) => bits !== i + (i % 2))).toBe(-1);
});

it("data of a bfloat16 array is its 16-bit words; item and tolist are numbers", () => {
  const a = jnp.array([1, -0.3], "bfloat16");
  expect(a.data).toEqual(Uint16Array.of(0x3f80, 0xbe9a));
  expect(a.tolist()).toEqual([1, -0.30078125]);
  expect(a.slice(0).item()).toBe(1);
});

it("-0 is no truth", () => {
  for (const dtype of ["float16", "bfloat16", "float32"] as const) {
    const zeros = jnp.array([0, -0], dtype);
    expect([zeros.any().item(), zeros.all().item(), jnp.countNonzero(zeros).item()]).toEqual([0, 0, 0]);
    expect(jnp.countNonzero(jnp.array([-0, NaN, 1], dtype)).item()).toBe(2);
  }
});

it("a NaN keeps its sign in narrower words, as in JAX", () => {
  const nans = jnp.array(new Float32Array(Uint32Array.of(0x7fc00000, 0xffc00000, 0xffa00001).buffer));
  expect([...nans.astype("bfloat16").data]).toEqual([0x7fc0, 0xffc0, 0xffc0]);
  expect([...nans.astype("float16").data]).toEqual([0x7e00, 0xfe00, 0xfe00]);
});
