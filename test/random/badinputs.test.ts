import { afterEach, describe, expect, it } from "vitest";
import { config, KeyError, LimitError, nnx, numpy as jnp, random, ShapeError } from "../../src/index.ts";
import type { Key } from "../../src/random/index.ts";

const key0 = random.key(0);

/** Every sampler that takes a shape, as a function of it. */
const SHAPED: Record<string, (key: Key, shape: never) => unknown> = {
  bernoulli: (key, shape) => random.bernoulli(key, 0.5, shape),
  beta: (key, shape) => random.beta(key, 1, 1, shape),
  binomial: (key, shape) => random.binomial(key, 3, 0.5, shape),
  categorical: (key, shape) => random.categorical(key, [0, 1], { shape }),
  cauchy: (key, shape) => random.cauchy(key, shape),
  chisquare: (key, shape) => random.chisquare(key, 1, shape),
  choice: (key, shape) => random.choice(key, 5, shape),
  dirichlet: (key, shape) => random.dirichlet(key, [1, 1], shape),
  doubleSidedMaxwell: (key, shape) => random.doubleSidedMaxwell(key, 0, 1, shape),
  exponential: (key, shape) => random.exponential(key, shape),
  f: (key, shape) => random.f(key, 1, 1, shape),
  gamma: (key, shape) => random.gamma(key, 1, shape),
  ball: (key, shape) => random.ball(key, 2, 2, shape),
  generalizedNormal: (key, shape) => random.generalizedNormal(key, 2, shape),
  geometric: (key, shape) => random.geometric(key, 0.5, shape),
  gumbel: (key, shape) => random.gumbel(key, shape),
  laplace: (key, shape) => random.laplace(key, shape),
  loggamma: (key, shape) => random.loggamma(key, 1, shape),
  logistic: (key, shape) => random.logistic(key, shape),
  lognormal: (key, shape) => random.lognormal(key, 1, shape),
  maxwell: (key, shape) => random.maxwell(key, shape),
  multivariateNormal: (key, shape) => random.multivariateNormal(key, [0], [[1]], shape),
  normal: (key, shape) => random.normal(key, shape),
  orthogonal: (key, shape) => random.orthogonal(key, 2, shape),
  pareto: (key, shape) => random.pareto(key, 1, shape),
  poisson: (key, shape) => random.poisson(key, 1, shape),
  rademacher: (key, shape) => random.rademacher(key, shape),
  randint: (key, shape) => random.randint(key, shape, 0, 10),
  rayleigh: (key, shape) => random.rayleigh(key, 1, shape),
  t: (key, shape) => random.t(key, 1, shape),
  triangular: (key, shape) => random.triangular(key, 0, 1, 2, shape),
  truncatedNormal: (key, shape) => random.truncatedNormal(key, -2, 2, shape),
  uniform: (key, shape) => random.uniform(key, shape),
  wald: (key, shape) => random.wald(key, 1, shape),
  weibullMin: (key, shape) => random.weibullMin(key, 1, 1, shape),
};

const NAMES = Object.keys(SHAPED);

afterEach(() => {
  config.profile = "fma";
});

describe("samplers", () => {
  it("146: keys of one Rngs go to concurrent callers in the order of their calls", async () => {
    const rngs = new nnx.Rngs(0);
    const draw = async (pause: number): Promise<number> => {
      const own = rngs.params();
      await new Promise((resolve) => setTimeout(resolve, pause));
      return random.normal(own, []).item();
    };
    const together = await Promise.all([draw(5), draw(0)]);
    const again = new nnx.Rngs(0);
    expect(together).toEqual([random.normal(again.params(), []).item(), random.normal(again.params(), []).item()]);
  });

  it.each(NAMES)("130: %s without a key is a KeyError that names it", (name) => {
    for (const notKey of [0, undefined, null, new Uint32Array(2), jnp.zeros([2]), random.split(key0)]) {
      expect(() => SHAPED[name]!(notKey as never, [2] as never)).toThrow(KeyError);
      expect(() => SHAPED[name]!(notKey as never, [2] as never)).toThrow(`random.${name}: "key" expected`);
    }
  });

  it.each(NAMES)("131: a bad shape for %s is an error before anything is allocated", (name) => {
    const draw = (shape: unknown) => () => SHAPED[name]!(key0, shape as never);
    expect(draw([-1])).toThrow(ShapeError);
    expect(draw([NaN])).toThrow(RangeError);
    expect(draw(["3"])).toThrow(TypeError);
    expect(draw([2 ** 33])).toThrow(LimitError);
    expect(draw([2 ** 20, 2 ** 20])).toThrow(LimitError);
    expect(draw("3")).toThrow(TypeError);
    for (const shape of [[-1], ["3"], [2 ** 33]]) expect(draw(shape)).toThrow(`random.${name}: "shape"`);
  });

  it.each(NAMES)("132: %s of no elements is right, and a size of 1.5 is 1", (name) => {
    const shapeOf = (shape: number[]): readonly number[] =>
      (SHAPED[name]!(key0, shape as never) as { shape: readonly number[] }).shape;
    const inner = shapeOf([3]).slice(1);
    expect(shapeOf([0])).toEqual([0, ...inner]);
    expect(shapeOf([1.5])).toEqual([1, ...inner]);
    expect(shapeOf([2, 0])).toEqual([2, 0, ...inner]);
  });

  it.each(NAMES)("133: %s gives the same bits for a key used before", (name) => {
    expect(SHAPED[name]!(key0, [3] as never)).toEqual(SHAPED[name]!(key0, [3] as never));
  });

  it("134: randint with min >= max gives min, as JAX", () => {
    expect(random.randint(key0, [3], 5, 5).tolist()).toEqual([5, 5, 5]);
    expect(random.randint(key0, [3], 9, -3).tolist()).toEqual([9, 9, 9]);
  });

  it("134: randint draws a span of 2^32", () => {
    const [low, high] = random.split(key0);
    const drawn = random.randint(key0, [64], -(2 ** 31), 2 ** 31).tolist() as number[];
    expect(drawn).toEqual(Array.from(random.bits(high!, [64]).data, (x) => (x - 2 ** 31) | 0));
    expect(random.randint(key0, [4], 0, 2 ** 32, "uint32").data).toEqual(random.bits(high!, [4]).data);
    expect(low!.equals(high!)).toBe(false);
  });

  it.each([
    [NaN, RangeError],
    [Infinity, RangeError],
    [2 ** 32 + 1, RangeError],
    [-(2 ** 31) - 1, RangeError],
    ["3", TypeError],
    [null, TypeError],
  ])("134: randint of a bound %s is an error that names it", (bound, kind) => {
    expect(() => random.randint(key0, [2], 0, bound as never)).toThrow(kind);
    expect(() => random.randint(key0, [2], 0, bound as never)).toThrow('random.randint: "maxval" expected');
    expect(() => random.randint(key0, [2], bound as never, 3)).toThrow('random.randint: "minval" expected');
  });

  it.each(["float32", "bool", "int64", undefined + ""])("134: randint of dtype %s is a TypeError", (dtype) => {
    expect(() => random.randint(key0, [2], 0, 3, dtype as never)).toThrow(TypeError);
    expect(() => random.randint(key0, [2], 0, 3, dtype as never)).toThrow('random.randint: "dtype" expected');
  });

  it("135: uniform with bounds in the wrong order, equal or infinite gives JAX's answer", () => {
    expect(random.uniform(key0, [3], { minval: 2, maxval: 2 }).tolist()).toEqual([2, 2, 2]);
    for (const x of random.uniform(key0, [9], { minval: 3, maxval: 1 }).data) expect(x).toBe(3);
    for (const x of random.uniform(key0, [9], { maxval: Infinity }).data) expect(x).toBe(Infinity);
    expect(() => random.uniform(key0, [2], { minval: "0" as never })).toThrow(TypeError);
    expect(() => random.uniform(key0, [2], { maxval: null as never })).toThrow(/random\.uniform: "maxval" expected/);
  });

  it("140: one seed in two streams gives equal keys and equal draws", () => {
    expect(random.normal(random.key(3), [4])).toEqual(random.normal(random.key(3), [4]));
  });

  it("141: categorical of NaN, of all -Infinity and of nothing", () => {
    expect(random.categorical(key0, [0, NaN, 1, NaN]).item()).toBe(1);
    expect(random.categorical(key0, [-Infinity, -Infinity]).item()).toBe(0);
    expect(() => random.categorical(key0, [])).toThrow(RangeError);
    expect(() => random.categorical(key0, [])).toThrow('random.categorical: "logits" expected at least one category');
    expect(() => random.categorical(key0, 3)).toThrow(RangeError);
    expect(() => random.categorical(key0, "x" as never)).toThrow(/random\.categorical: "logits" expected/);
    expect(() => random.categorical(key0, [1, 2], { axis: 1 })).toThrow(
      /random\.categorical: "axis" expected an axis from -1 to 0, got 1/,
    );
    expect(() =>
      random.categorical(
        key0,
        [
          [1, 2],
          [3, 4],
        ],
        { shape: [3] },
      ),
    ).toThrow(ShapeError);
    expect(() => random.categorical(key0, [1, 2], { shape: [3], replace: false })).toThrow(/at most 2 draws/);
    expect(() => random.categorical(key0, [1, 2], { mode: "x" as never })).toThrow(
      /random\.categorical: "mode" expected/,
    );
  });

  it("142: sampleLogits refuses a topK, topP or temperature out of range, and 0 is the first of the largest", () => {
    const logits = [
      [0, 2, 2],
      [5, 1, 0],
    ];
    for (const topK of [0, -1, 4, NaN, Infinity])
      expect(() => random.sampleLogits(key0, logits, { topK })).toThrow(/random\.sampleLogits: "topK" expected/);
    for (const topP of [0, -1, 1.5, NaN])
      expect(() => random.sampleLogits(key0, logits, { topP })).toThrow(
        /random\.sampleLogits: "topP" expected a probability in \(0, 1\], got/,
      );
    for (const temperature of [-1, NaN, Infinity])
      expect(() => random.sampleLogits(key0, logits, { temperature })).toThrow(
        /random\.sampleLogits: "temperature" expected a finite number/,
      );
    for (const option of ["topP", "temperature", "topK"])
      expect(() => random.sampleLogits(key0, logits, { [option]: "1" })).toThrow(TypeError);
    expect(() => random.sampleLogits(key0, [[]])).toThrow(RangeError);
    expect(() => random.sampleLogits(key0, 3)).toThrow(RangeError);
    expect(random.sampleLogits(key0, logits, { temperature: 0 }).tolist()).toEqual([1, 0]);
    expect(random.sampleLogits(key0, logits, { temperature: 0, topK: 1, topP: 0.1 }).tolist()).toEqual([1, 0]);
  });

  it("143: permutation of 0, 1 and 2^31", () => {
    expect(random.permutation(key0, 0).shape).toEqual([0]);
    expect(random.permutation(key0, -3).shape).toEqual([0]);
    expect(random.permutation(key0, 1).tolist()).toEqual([0]);
    expect(random.permutation(key0, 5.7).size).toBe(5);
    expect(() => random.permutation(key0, 2 ** 31)).toThrow(LimitError);
    expect(() => random.permutation(key0, NaN)).toThrow(RangeError);
    expect(() => random.permutation(key0, jnp.array(3))).toThrow(/random\.permutation: "x" expected/);
    expect(() => random.permutation(key0, "3" as never)).toThrow(TypeError);
    expect(() => random.permutation(key0, [1, 2], { axis: 1 })).toThrow(/random\.permutation: "axis" expected/);
  });

  it("143: choice of too little is a RangeError that names what is wrong", () => {
    expect(() => random.choice(key0, 0, [1])).toThrow(/random\.choice: "a" expected at least one item/);
    expect(() => random.choice(key0, 3, [4], { replace: false })).toThrow(
      /random\.choice: "shape" expected at most 3 draws/,
    );
    expect(() => random.choice(key0, 3, [1], { p: [0.5, 0.5] })).toThrow(/random\.choice: "p" expected shape \[3\]/);
    expect(() => random.choice(key0, 3, [1], { p: 0.5 })).toThrow(RangeError);
    expect(random.choice(key0, 0, [0]).shape).toEqual([0]);
  });

  it("144: bernoulli of NaN, below 0 and above 1", () => {
    for (const mode of ["low", "high"] as const) {
      expect(random.bernoulli(key0, NaN, [3], { mode }).tolist()).toEqual([false, false, false]);
      expect(random.bernoulli(key0, -1, [3], { mode }).tolist()).toEqual([false, false, false]);
      expect(random.bernoulli(key0, 2, [3], { mode }).tolist()).toEqual([true, true, true]);
    }
    expect(() => random.bernoulli(key0, jnp.array([1n]))).toThrow(
      /random\.bernoulli: "p" expected a float32 array or a number, got int32/,
    );
    expect(() => random.bernoulli(key0, "x" as never)).toThrow(TypeError);
    expect(() => random.bernoulli(key0, 0.5, [2], { mode: "mid" as never })).toThrow(
      /random\.bernoulli: "mode" expected/,
    );
  });

  it("145: truncatedNormal with lower >= upper gives JAX's answer, just below upper", () => {
    for (const [lower, upper] of [
      [1, -1],
      [0.5, 0.5],
    ] as const) {
      for (const x of random.truncatedNormal(key0, lower, upper, [5]).data) {
        expect(x).toBeLessThan(upper);
        expect(x).toBeCloseTo(upper, 6);
      }
    }
    expect(() => random.truncatedNormal(key0, "a" as never, 1)).toThrow(/random\.truncatedNormal: "lower" expected/);
    expect(() => random.truncatedNormal(key0, 0, 1, [2], "int32" as never)).toThrow(
      /random\.truncatedNormal: "dtype" expected/,
    );
  });

  it("parameters that do not broadcast to the shape are a ShapeError with both shapes", () => {
    expect(() => random.gamma(key0, [1, 2, 3], [2])).toThrow(ShapeError);
    expect(() => random.gamma(key0, [1, 2, 3], [])).toThrow(
      'random.gamma: "shape" expected one that the parameters broadcast to, got [] where they make [3]',
    );
    expect(() => random.beta(key0, [1, 2, 3], [1, 2])).toThrow(/\[3\] and \[2\]/);
  });

  it("infinite and undefined counts end, with JAX's answer", () => {
    expect(random.binomial(key0, Infinity, 0.3).item()).toBe(Infinity);
    expect(random.binomial(key0, Infinity, 0).item()).toBe(Infinity);
    expect(random.binomial(key0, NaN, 0.3).item()).toBeNaN();
    expect(random.binomial(key0, 10, NaN).item()).toBeNaN();
    expect(random.gamma(key0, [0, Infinity]).tolist()).toEqual([0, Infinity]);
    expect(random.gamma(key0, [NaN, -1]).tolist()).toEqual([NaN, NaN]);
    expect(random.poisson(key0, 0).item()).toBe(0);
  });

  it("parameters are never written to", () => {
    const a = jnp.array([1, 2, 3]);
    random.gamma(key0, a);
    random.truncatedNormal(key0, a, a.add(1));
    random.categorical(key0, a);
    random.permutation(key0, a);
    random.choice(key0, a, [3], { p: a, replace: false });
    random.geometric(key0, a.div(4));
    random.binomial(key0, a, a.div(4));
    expect(a.tolist()).toEqual([1, 2, 3]);
  });
});
