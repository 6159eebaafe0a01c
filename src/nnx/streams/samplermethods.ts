import type { NDArray, ShapeLike } from "../../array/index.ts";
import type { Key, KeyLike } from "../../random/index.ts";
import {
  ball,
  bernoulli,
  beta,
  binomial,
  bits,
  categorical,
  cauchy,
  chisquare,
  choice,
  dirichlet,
  doubleSidedMaxwell,
  exponential,
  f,
  gamma,
  generalizedNormal,
  geometric,
  gumbel,
  laplace,
  loggamma,
  logistic,
  lognormal,
  maxwell,
  multinomial,
  multivariateNormal,
  normal,
  orthogonal,
  pareto,
  permutation,
  poisson,
  rademacher,
  randint,
  rayleigh,
  sampleLogits,
  t,
  triangular,
  truncatedNormal,
  uniform,
  wald,
  weibullMin,
} from "../../random/index.ts";
import {
  deltaOrthogonal,
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  kaimingNormal,
  kaimingUniform,
  lecunNormal,
  lecunUniform,
  varianceScaling,
  xavierNormal,
  xavierUniform,
} from "../initializers/index.ts";

/**
 * The samplers of `random` that an Rngs and a stream have as methods. A new one is imported and named here, nothing
 * else: a namespace, read by computed names, would stay whole in every bundle.
 */
const SAMPLERS = {
  ball,
  bernoulli,
  beta,
  binomial,
  bits,
  categorical,
  cauchy,
  chisquare,
  choice,
  dirichlet,
  doubleSidedMaxwell,
  exponential,
  f,
  gamma,
  generalizedNormal,
  geometric,
  gumbel,
  laplace,
  loggamma,
  logistic,
  lognormal,
  maxwell,
  multinomial,
  multivariateNormal,
  normal,
  orthogonal,
  pareto,
  permutation,
  poisson,
  rademacher,
  randint,
  rayleigh,
  sampleLogits,
  t,
  triangular,
  truncatedNormal,
  uniform,
  wald,
  weibullMin,
};

/**
 * The initializers that an Rngs and a stream have as methods, Flax's choice: `normal`, `uniform`, `truncatedNormal`
 * and `orthogonal` are the samplers of these names, and what ignores its key needs no stream.
 */
const INITIALIZERS = {
  deltaOrthogonal,
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  kaimingNormal,
  kaimingUniform,
  lecunNormal,
  lecunUniform,
  varianceScaling,
  xavierNormal,
  xavierUniform,
};

type Samplers = typeof SAMPLERS;
type Initializers = typeof INITIALIZERS;

/** What follows the key; nothing where all is given by name. */
type AfterKey<Args> = Args extends readonly [key: infer First, ...places: infer Places]
  ? KeyLike extends First
    ? Places
    : never
  : never;

/** A sampler without its key. */
type Keyless<F> = F extends (...args: infer Args) => infer Result ? (...args: AfterKey<Args>) => Result : never;

/** An initializer that brings its own key: one is drawn at every call. */
export type KeylessInitializer = (shape: ShapeLike, dtype?: "float32") => NDArray;

/** The samplers as methods: `rngs.normal([3, 4])` is `random.normal(rngs(), [3, 4])`. */
type SamplerMethods = { [Name in keyof Samplers]: Keyless<Samplers[Name]> };

/** The initializers as methods: `rngs.lecunNormal()([3, 4])` is `nnx.initializers.lecunNormal()(rngs(), [3, 4])`. */
type InitializerMethods = {
  [Name in keyof Initializers]: (...args: Parameters<Initializers[Name]>) => KeylessInitializer;
};

/** What an Rngs and a stream can draw: each sampler's call takes one key, of an Rngs the default stream's. */
export interface Draws extends SamplerMethods, InitializerMethods {}

/** Puts the methods of `Draws` on a prototype whose instances give a key when they are called. */
export function defineSamplerMethods(prototype: Draws): void {
  for (const [name, sampler] of Object.entries(SAMPLERS)) {
    const sample = sampler as (key: Key, ...args: unknown[]) => NDArray;
    define(prototype, name, function draw(this: () => Key, ...args: unknown[]) {
      return sample(this(), ...args);
    });
  }
  for (const [name, maker] of Object.entries(INITIALIZERS)) {
    const make = maker as (...args: unknown[]) => (key: Key, ...args: unknown[]) => NDArray;
    define(prototype, name, function initializer(this: () => Key, ...options: unknown[]) {
      const init = make(...options);
      return (...args: unknown[]) => init(this(), ...args);
    });
  }
}

function define(prototype: object, name: string, value: unknown): void {
  Object.defineProperty(prototype, name, { value, configurable: true, writable: true });
}
