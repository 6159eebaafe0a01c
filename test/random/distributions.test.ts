import { afterEach, expect, it } from "vitest";
import { config } from "../../src/index.ts";
import { onEachBackend } from "../backends.ts";
import { golden } from "../golden/load.ts";
import type { Case } from "./cases.ts";
import { draw, expectSameBits, label, largestError } from "./cases.ts";

/** Bit for bit: what JAX computes with threefry and its own elementary functions alone. */
const SAME = [
  "bernoulli",
  "binomial",
  "categorical",
  "choice",
  "doubleSidedMaxwell",
  "exponential",
  "geometric",
  "gumbel",
  "lognormal",
  "maxwell",
  "multinomial",
  "pareto",
  "permutation",
  "poisson",
  "rademacher",
  "randint",
  "rayleigh",
  "triangular",
  "truncatedNormal",
  "uniform",
  "wald",
];

/** Within 4e-6, relative above 1: a power, tangent or reciprocal root of JAX's host, or LAPACK. */
const NEAR = [
  "ball",
  "beta",
  "cauchy",
  "chisquare",
  "dirichlet",
  "f",
  "gamma",
  "generalizedNormal",
  "loggamma",
  "multivariateNormal",
  "orthogonal",
  "t",
  "weibullMin",
];

afterEach(() => {
  config.threefryPartitionable = true;
  config.profile = "fma";
});

onEachBackend("golden values of the distributions, array arguments, odd arguments", () => {
  for (const [profile, file] of [
    ["fma", "random_more"],
    ["nofma", "nofma/random_more"],
  ] as const) {
    const cases = golden<Case>(file);
    const drawEach = (fn: string, check: (c: Case) => void): void => {
      const own = cases.filter((c) => c.fn === fn);
      expect(own.length).toBeGreaterThan(2);
      config.profile = profile;
      for (const c of own) {
        config.threefryPartitionable = c.mode !== "original";
        check(c);
      }
    };

    it(`every function of the file is tested, profile ${profile}`, () => {
      expect([...new Set(cases.map((c) => c.fn))].toSorted()).toEqual([...SAME, ...NEAR].toSorted());
    });

    it.each(SAME)(`every draw of %s has JAX's bits, profile ${profile}`, (fn) => {
      drawEach(fn, (c) => expectSameBits(draw(c), c.out, label(c)));
    });

    it.each(NEAR)(`every draw of %s is within 4e-6 of JAX's, profile ${profile}`, (fn) => {
      drawEach(fn, (c) => expect(largestError(draw(c), c.out), label(c)).toBeLessThan(4e-6));
    });
  }
});

onEachBackend("samplers by rejection, at small counts", () => {
  it.each([
    ["fma", "branches"],
    ["nofma", "nofma/branches"],
  ] as const)("a thousand draws each have JAX's bits, profile %s", (profile, file) => {
    config.profile = profile;
    for (const c of golden<Case>(file)) expectSameBits(draw(c), c.out, label(c));
  });
});
