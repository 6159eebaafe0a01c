import { afterEach, expect, it } from "vitest";
import type { NDArray } from "../../src/index.ts";
import { config } from "../../src/index.ts";
import type { Key } from "../../src/random/index.ts";
import * as random from "../../src/random/index.ts";
import { onEachBackend } from "../backends.ts";
import { sha256 } from "../bits.ts";
import type { Digest } from "../golden/load.ts";
import { decode, golden } from "../golden/load.ts";
import type { BitsCase, KeyCase, SamplerCase } from "./cases.ts";
import { drawKey, expectSameBits, label, largestError, NEAR, SAMPLERS } from "./cases.ts";

interface LargeCase {
  fn: string;
  seed: string;
  n: number;
  out: Digest;
}

/** The profiles, and where their golden files are. */
const PROFILES = [
  ["fma", ""],
  ["nofma", "nofma/"],
] as const;

const LARGE: Record<string, (key: Key, n: number) => NDArray> = {
  bits: (key, n) => random.bits(key, n),
  uniform: (key, n) => random.uniform(key, n),
  normal: (key, n) => random.normal(key, n),
  truncated_normal: (key, n) => random.truncatedNormal(key, -2, 2, n),
  exponential: (key, n) => random.exponential(key, n),
  gumbel: (key, n) => random.gumbel(key, n),
  randint: (key, n) => random.randint(key, n, 0, 1000),
  permutation: (key, n) => random.permutation(key, n),
};

afterEach(() => {
  config.threefryPartitionable = true;
  config.profile = "fma";
});

onEachBackend("golden values of jax.random", () => {
  const keys = golden<KeyCase>("keys");
  it.each(["key", "split", "fold_in"])("every %s has JAX's words", (fn) => {
    const cases = keys.filter((c) => c.fn === fn);
    expect(cases.length).toBeGreaterThan(10);
    for (const c of cases) {
      config.threefryPartitionable = c.mode !== "original";
      expect(drawKey(c), label(c)).toEqual(decode(c.out));
    }
  });

  it("every draw of bits has JAX's words: 3 widths, 14 shapes, both layouts", () => {
    const cases = golden<BitsCase>("bits");
    expect(cases).toHaveLength(420);
    for (const c of cases) {
      config.threefryPartitionable = c.mode === "partitionable";
      expectSameBits(random.bits(random.key(BigInt(c.seed)), c.shape, c.dtype), c.out, label(c));
    }
  });

  it.each(PROFILES)("the golden file of profile %s has no sampler that is not tested here", (_, folder) => {
    const names = new Set(golden<SamplerCase>(`${folder}samplers`).map((c) => c.fn));
    expect([...names].toSorted()).toEqual([...Object.keys(SAMPLERS), ...Object.keys(NEAR)].toSorted());
  });

  for (const [profile, folder] of PROFILES) {
    it.each(Object.keys(SAMPLERS))(`every draw of %s has JAX's bits, profile ${profile}`, (fn) => {
      const cases = golden<SamplerCase>(`${folder}samplers`).filter((c) => c.fn === fn);
      expect(cases.length).toBeGreaterThan(5);
      config.profile = profile;
      for (const c of cases) {
        config.threefryPartitionable = c.mode !== "original";
        expectSameBits(SAMPLERS[fn]!(random.key(BigInt(c.seed)), c.args), c.out, label(c));
      }
    });

    it.each(Object.keys(NEAR))(`every draw of %s is within 4e-6 of JAX's, profile ${profile}`, (fn) => {
      const cases = golden<SamplerCase>(`${folder}samplers`).filter((c) => c.fn === fn);
      expect(cases.length).toBeGreaterThan(5);
      config.profile = profile;
      for (const c of cases)
        expect(largestError(NEAR[fn]!(random.key(BigInt(c.seed)), c.args), c.out), label(c)).toBeLessThan(4e-6);
    });

    it.each(Object.keys(LARGE))(`a large draw of %s has the sha256 of JAX's, profile ${profile}`, (fn) => {
      const { seed, n, out } = golden<LargeCase>(`${folder}samplers_large`).find((c) => c.fn === fn)!;
      config.profile = profile;
      expect(sha256(LARGE[fn]!(random.key(BigInt(seed)), n).data)).toBe(out.sha256);
    });
  }
});
