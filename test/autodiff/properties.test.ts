import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jvp, numpy as jnp, vjp } from "../../src/index.ts";
import type { NDArray } from "../../src/index.ts";
import type { Rule } from "../../src/autodiff/rule.ts";
import { rules } from "../../src/autodiff/rules/index.ts";
import type { PropertyCase, Range } from "./propertycases.ts";
import { PROPERTY_CASES } from "./propertycases.ts";

const RUNS = 100;
const lengths = fc.record({
  m: fc.integer({ min: 1, max: 3 }),
  n: fc.integer({ min: 1, max: 4 }),
  k: fc.integer({ min: 1, max: 3 }),
});
const seeds = fc.nat(2 ** 31 - 1);

/** mulberry32, in [0, 1). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, n) => size * n, 1);
}

/**
 * Inputs whose elements, all of them, are apart: in the cells of a grid, whose middles are left free because kinks are
 * there (zero, one). Differences cross no tie and no corner then.
 */
function inputsOf(shapes: readonly (readonly number[])[], ranges: readonly Range[], next: () => number): NDArray[] {
  const total = shapes.reduce((sum, shape) => sum + sizeOf(shape), 0);
  const cells = Array.from({ length: total }, (_, i) => i);
  for (let i = total - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [cells[i], cells[j]] = [cells[j]!, cells[i]!];
  }
  let start = 0;
  return shapes.map((shape, i) => {
    const [low, high] = ranges[Math.min(i, ranges.length - 1)]!;
    const own = cells.slice(start, (start += sizeOf(shape)));
    return jnp.array(Float32Array.from(own, (cell) => low + ((high - low) * (cell + 0.3)) / total)).reshape(shape);
  });
}

/** Numbers of -1 to 1, none near zero. */
function direction(shape: readonly number[], next: () => number): NDArray {
  const values = Float32Array.from({ length: sizeOf(shape) }, () => (next() < 0.5 ? -1 : 1) * (0.25 + 0.75 * next()));
  return jnp.array(values).reshape(shape);
}

/** The sum of products in float64. */
function inner(a: NDArray, b: NDArray): number {
  const [x, y] = [a.data, b.data];
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
  return sum;
}

function norm(a: NDArray): number {
  return Math.sqrt(inner(a, a));
}

const H = 2 ** -8;

/** The derivative of `f` at 0 by central differences, with the error of h^2 taken out. */
function difference(f: (t: number) => number): number {
  const [near, far] = [(f(H) - f(-H)) / (2 * H), (f(2 * H) - f(-2 * H)) / (4 * H)];
  return (4 * near - far) / 3;
}

/** `x` with the input at `place` moved along `v`. */
function moved(x: readonly NDArray[], place: number, v: NDArray, t: number): NDArray[] {
  return x.map((y, i) => (i === place ? y.add(v.mul(t)) : y));
}

/** How often each rule was called. */
const calls = new Map<object, number>();
const table = rules();
const originals = new Map(table);

beforeAll(() => {
  for (const [operation, rule] of originals)
    if (rule !== null)
      table.set(operation, ((...args: Parameters<Rule<never, never>>) => {
        calls.set(operation, (calls.get(operation) ?? 0) + 1);
        return rule(...args);
      }) as Rule<never, never>);
});

afterAll(() => {
  for (const [operation, rule] of originals) table.set(operation, rule);
});

type Drawn = { readonly x: NDArray[]; readonly next: () => number };

/** Draws inputs for a case and checks what they give, a few times. */
function check({ shapes, ranges }: PropertyCase, property: (drawn: Drawn) => void): void {
  fc.assert(
    fc.property(lengths, seeds, (sizes, seed) => {
      const next = generator(seed);
      property({ x: inputsOf(shapes(sizes), ranges, next), next });
    }),
    { numRuns: RUNS },
  );
}

/** Expects a derivative along `v` to be what differences say; noise of float32 is measured by `noise`. */
function expectDerivative(gradient: NDArray, v: NDArray, f: (t: number) => number, noise: number): void {
  const expected = difference(f);
  const tolerance = 2e-3 * norm(gradient) * norm(v) + 1e-4 * noise;
  expect(Math.abs(inner(gradient, v) - expected)).toBeLessThanOrEqual(tolerance);
}

/** The sum of the sizes of products. */
function noiseOf(a: NDArray, b: NDArray): number {
  return inner(jnp.abs(a), jnp.abs(b));
}

describe.each(PROPERTY_CASES)("$name", (testCase) => {
  const { f } = testCase;

  it("has the gradients that differences give", () => {
    check(testCase, ({ x, next }) => {
      const [out, pull] = vjp(f, ...x);
      const ct = direction(out.shape, next);
      const gradients = pull(ct);
      x.forEach((input, i) => {
        const v = direction(input.shape, next);
        expectDerivative(gradients[i]!, v, (t) => inner(ct, f(...moved(x, i, v, t))), noiseOf(ct, out));
      });
    });
  });

  it("has a derivative along a direction that is the transpose of its gradient", () => {
    check(testCase, ({ x, next }) => {
      const [out, pull] = vjp(f, ...x);
      const ct = direction(out.shape, next);
      const tangents = x.map(({ shape }) => direction(shape, next));
      const [, tangentOut] = jvp(f, x, tangents);
      const gradients = pull(ct);
      const back = gradients.reduce((sum, gradient, i) => sum + inner(gradient, tangents[i]!), 0);
      const scale = gradients.reduce(
        (sum, gradient, i) => sum + noiseOf(gradient, tangents[i]!),
        noiseOf(ct, tangentOut),
      );
      expect(Math.abs(inner(ct, tangentOut) - back)).toBeLessThanOrEqual(1e-5 * scale + 1e-6 * noiseOf(ct, out));
    });
  });

  it("has the second derivatives that differences of gradients give", () => {
    check(testCase, ({ x, next }) => {
      const ct = direction(f(...x).shape, next);
      const along = x.map(({ shape }) => direction(shape, next));
      const slope = (...y: NDArray[]): NDArray =>
        vjp(f, ...y)[1](ct).reduce((sum, gradient, i) => sum.add(gradient.mul(along[i]!).sum()), jnp.array(0));
      const [, pull] = vjp(slope, ...x);
      const second = pull(jnp.array(1));
      const gradients = vjp(f, ...x)[1](ct);
      // Gradients are sums of terms that may cancel, of the size of the cotangents at least.
      const noise = gradients.reduce(
        (sum, gradient, i) => sum + noiseOf(gradient, along[i]!) + norm(ct) * norm(along[i]!),
        0,
      );
      x.forEach((input, i) => {
        const v = direction(input.shape, next);
        const at = (t: number): number =>
          vjp(f, ...moved(x, i, v, t))[1](ct).reduce((sum, gradient, j) => sum + inner(gradient, along[j]!), 0);
        expectDerivative(second[i]!, v, at, noise);
      });
    });
  });
});

it("every rule was called", () => {
  const missing = [...originals].filter(([operation, rule]) => rule !== null && !calls.has(operation));
  expect(missing.map(([operation]) => (operation as unknown as { name: string }).name)).toEqual([]);
});
