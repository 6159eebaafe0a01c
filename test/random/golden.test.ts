import { afterEach, expect, it } from "vitest";
import { config } from "../../src/index.ts";
import { bits, foldIn, key, normal, split, uniform } from "../../src/random/index.ts";
import type { BitsDType } from "../../src/random/index.ts";
import { onEachBackend } from "../backends.ts";
import { hexWords, sha256 } from "../bits.ts";
import type { Digest, Encoded } from "../golden/load.ts";
import { decode, golden } from "../golden/load.ts";

interface KeyCase {
  fn: "key" | "split" | "fold_in";
  mode?: "original";
  seed: string;
  num?: number | number[];
  data?: number;
  out: Encoded;
}

interface BitsCase {
  mode: "partitionable" | "original";
  seed: string;
  dtype: BitsDType;
  shape: number[];
  out: Encoded;
}

interface SamplerCase {
  fn: string;
  mode?: "original";
  seed: string;
  args: { shape: number[]; minval?: number; maxval?: number };
  out: Encoded;
}

interface LargeCase {
  fn: string;
  seed: string;
  n: number;
  out: Digest;
}

afterEach(() => {
  config.threefryPartitionable = true;
});

function drawKey({ fn, seed, num, data }: KeyCase): Uint32Array {
  const root = key(BigInt(seed));
  if (fn === "key") return root.words;
  return fn === "split" ? split(root, num).words : foldIn(root, data!).words;
}

onEachBackend("golden values of jax.random", () => {
  const keys = golden<KeyCase>("keys");
  it.each(["key", "split", "fold_in"])("every %s has JAX's words", (fn) => {
    const cases = keys.filter((c) => c.fn === fn);
    expect(cases.length).toBeGreaterThan(10);
    for (const c of cases) {
      config.threefryPartitionable = c.mode !== "original";
      expect(drawKey(c), JSON.stringify({ ...c, out: undefined })).toEqual(decode(c.out));
    }
  });

  it("every draw of bits has JAX's words: 3 widths, 14 shapes, both layouts", () => {
    const cases = golden<BitsCase>("bits");
    expect(cases).toHaveLength(420);
    for (const c of cases) {
      config.threefryPartitionable = c.mode === "partitionable";
      const drawn = bits(key(BigInt(c.seed)), c.shape, c.dtype);
      expect(drawn.shape).toEqual(c.shape);
      expect(drawn.data, JSON.stringify({ ...c, out: undefined })).toEqual(decode(c.out));
    }
  });

  it.each(["normal", "uniform"])("every draw of %s has JAX's bits", (fn) => {
    const cases = golden<SamplerCase>("samplers").filter((c) => c.fn === fn);
    expect(cases.length).toBeGreaterThan(80);
    for (const c of cases) {
      config.threefryPartitionable = c.mode !== "original";
      const { shape, minval = 0, maxval = 1 } = c.args;
      const drawn = fn === "normal" ? normal(key(BigInt(c.seed)), shape) : uniform(key(BigInt(c.seed)), shape, { minval, maxval });
      expect(drawn.shape).toEqual(c.out.shape);
      expect(hexWords(drawn.data), JSON.stringify({ ...c, out: undefined })).toEqual(hexWords(decode(c.out)));
    }
  });

  it.each(["bits", "uniform", "normal"])("1 000 003 draws of %s have the sha256 of JAX's", (fn) => {
    const { seed, n, out } = golden<LargeCase>("samplers_large").find((c) => c.fn === fn)!;
    const draw = { bits, uniform, normal }[fn as "bits" | "uniform" | "normal"];
    expect(sha256(draw(key(BigInt(seed)), n).data)).toBe(out.sha256);
  });
});
