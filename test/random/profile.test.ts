import { afterEach, expect, it } from "vitest";
import { kernels } from "../../src/backend.ts";
import { config } from "../../src/index.ts";
import * as jnp from "../../src/numpy.ts";
import { key, normal, uniform } from "../../src/random/index.ts";
import { onEachBackend } from "../backends.ts";
import { hexWords, sha256 } from "../bits.ts";
import type { Digest, Encoded } from "../golden/load.ts";
import { decode, golden } from "../golden/load.ts";

interface ElementwiseCase {
  fn: string;
  x: Encoded;
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

const FUNCTIONS = { exp: jnp.exp, expm1: jnp.expm1, log: jnp.log, log1p: jnp.log1p, tanh: jnp.tanh, erf: jnp.erf, erf_inv: jnp.erfInv, logistic: jnp.logistic, sqrt: jnp.sqrt };
const PROFILES = ["fma", "nofma"] as const;
const VALUES = 2 ** 23;

afterEach(() => {
  config.profile = "fma";
  config.threefryPartitionable = true;
});

onEachBackend("golden values of the elementary functions", () => {
  it.each(PROFILES)("every element has JAX's bits, profile %s", (profile) => {
    config.profile = profile;
    const cases = golden<ElementwiseCase>(profile === "fma" ? "elementwise" : "nofma/elementwise");
    expect(new Set(cases.map((c) => c.fn))).toEqual(new Set(Object.keys(FUNCTIONS)));
    for (const c of cases) {
      const y = FUNCTIONS[c.fn as keyof typeof FUNCTIONS](decode(c.x));
      expect(hexWords(y.data), c.fn).toEqual(hexWords(decode(c.out)));
    }
  });
});

onEachBackend("golden values of jax.random without fused multiply-add", () => {
  it.each(["normal", "uniform"])("every draw of %s has JAX's bits", (fn) => {
    config.profile = "nofma";
    const cases = golden<SamplerCase>("nofma/samplers").filter((c) => c.fn === fn);
    expect(cases.length).toBeGreaterThan(80);
    for (const c of cases) {
      config.threefryPartitionable = c.mode !== "original";
      const { shape, minval = 0, maxval = 1 } = c.args;
      const drawn = fn === "normal" ? normal(key(BigInt(c.seed)), shape) : uniform(key(BigInt(c.seed)), shape, { minval, maxval });
      expect(hexWords(drawn.data), JSON.stringify({ ...c, out: undefined })).toEqual(hexWords(decode(c.out)));
    }
  });

  it.each(["uniform", "normal"])("1 000 003 draws of %s have the sha256 of JAX's", (fn) => {
    config.profile = "nofma";
    const { seed, n, out } = golden<LargeCase>("nofma/samplers_large").find((c) => c.fn === fn)!;
    const draw = fn === "normal" ? normal : uniform;
    expect(sha256(draw(key(BigInt(seed)), n).data)).toBe(out.sha256);
  });

  it("all 2^23 values a draw of normal can take have the sha256 of JAX's", () => {
    const { out } = golden<{ fn: string; out: Digest }>("nofma/exhaustive").find((c) => c.fn === "normal")!;
    const bits = Uint32Array.from({ length: VALUES }, (_, m) => m << 9);
    const values = new Float32Array(VALUES);
    kernels().normalFromBitsF32(bits, values, false);
    expect(sha256(values)).toBe(out.sha256);
  });
});
