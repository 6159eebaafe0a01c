import { afterEach, expect, it } from "vitest";
import { kernels } from "../../src/backend/index.ts";
import { config } from "../../src/index.ts";
import type { UniformMap } from "../../src/random/draw.ts";
import { EXPONENTIAL } from "../../src/random/exponential.ts";
import { GUMBEL } from "../../src/random/gumbel.ts";
import { LAPLACE } from "../../src/random/laplace.ts";
import { LOGISTIC } from "../../src/random/logistic.ts";
import { boundsOf } from "../../src/random/truncatednormal.ts";
import { onEachBackend } from "../backends.ts";
import { sha256 } from "../bits.ts";
import type { Digest } from "../golden/load.ts";
import { golden } from "../golden/load.ts";

/** Of each value a draw can take, a word that gives it. */
const EVERY = new Uint32Array(2 ** 23);
for (let m = 0; m < EVERY.length; m++) EVERY[m] = m << 9;

/** The golden files, by profile. */
const FILES = { fma: "exhaustive", nofma: "nofma/exhaustive" } as const;

const MAPS: Record<string, () => UniformMap> = {
  exponential: () => EXPONENTIAL,
  gumbel: () => GUMBEL,
  laplace: () => LAPLACE,
  logistic: () => LOGISTIC,
};

const FUNCTIONS = ["normal", "truncated_normal", ...Object.keys(MAPS)];

function valuesOf(fn: string, bits: Uint32Array): Float32Array {
  const values = new Float32Array(bits.length);
  const fused = config.profile === "fma";
  if (fn === "normal") {
    kernels().normalFromBitsF32(bits, values, fused);
  } else if (fn === "truncated_normal") {
    const { minval, maxval, clipMin, clipMax } = boundsOf(-2, 2);
    kernels().truncatedNormalFromBitsF32(bits, minval, maxval, clipMin, clipMax, values, fused);
  } else {
    const { minval, maxval, apply } = MAPS[fn]!();
    kernels().uniformFromBitsF32(bits, minval, maxval, values, fused);
    apply(values);
  }
  return values;
}

afterEach(() => {
  config.profile = "fma";
});

onEachBackend("the whole map of a sampler", () => {
  it.each(
    FUNCTIONS.flatMap(
      (fn) =>
        [
          [fn, "fma"],
          [fn, "nofma"],
        ] as const,
    ),
  )("all 2^23 values a draw of %s can take have the sha256 of JAX's, profile %s", (fn, profile) => {
    config.profile = profile;
    const { out } = golden<{ fn: string; out: Digest }>(FILES[profile]).find((c) => c.fn === fn)!;
    expect(sha256(valuesOf(fn, EVERY))).toBe(out.sha256);
  });

  it.each(FUNCTIONS)("the nine low bits of a word change nothing in %s", (fn) => {
    const words = Uint32Array.from({ length: 4096 }, (_, i) => Math.imul(i, 0x9e3779b1));
    expect(
      valuesOf(
        fn,
        words.map((word) => word | 0x1ff),
      ),
    ).toEqual(
      valuesOf(
        fn,
        words.map((word) => word & ~0x1ff),
      ),
    );
  });
});
