import { expect } from "vitest";
import type { NDArray } from "../../src/index.ts";
import { numpy, random } from "../../src/index.ts";
import { hexWords } from "../bits.ts";
import type { BitsDType, Key } from "../../src/random/index.ts";
import type { Encoded } from "../golden/load.ts";
import { decode } from "../golden/load.ts";

/** An argument as the generators write it. */
type Argument = number | string | boolean | number[] | Encoded | { readonly number: string };

/** One draw of random_more.json: arguments in their order, then options. */
export interface Case {
  readonly fn: string;
  readonly mode?: "original";
  readonly seed: string;
  readonly args: Argument[];
  readonly options?: Record<string, Argument>;
  readonly out: Encoded;
}

export interface KeyCase {
  fn: "key" | "split" | "fold_in";
  mode?: "original";
  seed: string;
  num?: number | number[];
  data?: number;
  out: Encoded;
}

export interface BitsCase {
  mode: "partitionable" | "original";
  seed: string;
  dtype: BitsDType;
  shape: number[];
  out: Encoded;
}

export interface SamplerCase {
  fn: string;
  mode?: "original";
  seed: string;
  args: Record<string, never>;
  out: Encoded;
}

const FUNCTIONS: Record<string, unknown> = { ...random };

export function argument(x: Argument): unknown {
  if (typeof x !== "object" || Array.isArray(x)) return x;
  return "number" in x ? Number(x.number) : numpy.array(decode(x)).reshape(x.shape);
}

export function draw({ fn, seed, args, options }: Case): NDArray {
  const sample = FUNCTIONS[fn] as (...args: unknown[]) => NDArray;
  const named =
    options === undefined ? [] : [Object.fromEntries(Object.entries(options).map(([name, x]) => [name, argument(x)]))];
  return sample(random.key(BigInt(seed)), ...args.map(argument), ...named);
}

/** The words of a case of keys.json. */
export function drawKey({ fn, seed, num, data }: KeyCase): Uint32Array {
  const root = random.key(BigInt(seed));
  if (fn === "key") return root.words;
  return fn === "split" ? random.split(root, num).words : random.foldIn(root, data!).words;
}

/** What tells one case from another. */
export function label(c: object): string {
  return JSON.stringify({ ...c, out: undefined });
}

export function expectSameBits(drawn: NDArray, out: Encoded, what: string): void {
  expect(drawn.shape, what).toEqual(out.shape);
  expect(drawn.dtype, what).toBe(out.dtype);
  expect(hexWords(drawn.data), what).toEqual(hexWords(decode(out)));
}

/** The largest difference of two arrays, relative to values above 1; equal infinities and NaNs count as 0. */
export function largestError(drawn: NDArray, out: Encoded): number {
  expect(drawn.shape).toEqual(out.shape);
  const expected = decode(out);
  const errors = Array.from(drawn.data, (x, i) =>
    Object.is(x, expected[i]!) ? 0 : Math.abs(x - expected[i]!) / Math.max(1, Math.abs(expected[i]!)),
  );
  return errors.reduce((most, error) => (error <= most ? most : error), 0);
}

/** How the golden files name the arguments of each sampler. */
export const SAMPLERS: Record<string, (key: Key, args: Record<string, never>) => NDArray> = {
  uniform: (key, { shape, ...bounds }) => random.uniform(key, shape, bounds),
  normal: (key, { shape }) => random.normal(key, shape),
  truncated_normal: (key, { lower, upper, shape }) => random.truncatedNormal(key, lower, upper, shape),
  bernoulli: (key, { p, shape, ...mode }) => random.bernoulli(key, p, shape, mode),
  randint: (key, { shape, minval, maxval }) => random.randint(key, shape, minval, maxval),
  exponential: (key, { shape }) => random.exponential(key, shape),
  gumbel: (key, { shape, mode }) => random.gumbel(key, shape, "float32", mode),
  laplace: (key, { shape }) => random.laplace(key, shape),
  logistic: (key, { shape }) => random.logistic(key, shape),
  rademacher: (key, { shape }) => random.rademacher(key, shape),
  permutation: (key, { n, x, ...how }) => random.permutation(key, n ?? (argument(x) as NDArray), how),
  choice: (key, { n, shape, p, replace }) =>
    random.choice(key, n, shape, p === undefined ? { replace } : { replace, p: argument(p) as NDArray }),
  categorical: (key, { logits, ...how }) => random.categorical(key, argument(logits) as NDArray, how),
  poisson: (key, { lam, shape }) => random.poisson(key, lam, shape),
};

/** Samplers through which JAX takes a step from its host, or LAPACK: within 4e-6. */
export const NEAR: typeof SAMPLERS = {
  gamma: (key, { a, shape }) => random.gamma(key, a, shape),
  beta: (key, { a, b, shape }) => random.beta(key, a, b, shape),
  dirichlet: (key, { alpha, shape }) => random.dirichlet(key, alpha, shape),
  cauchy: (key, { shape }) => random.cauchy(key, shape),
  orthogonal: (key, { n }) => random.orthogonal(key, n),
};

/** A draw of uniform in 16-bit floats. */
export interface HalfCase {
  readonly seed: number;
  readonly shape: number[];
  readonly minval: number;
  readonly maxval: number;
  readonly dtype: "bfloat16" | "float16";
  readonly original: boolean;
  readonly result: Encoded;
}
