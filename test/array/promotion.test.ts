/**
 * The dtypes that functions of two arrays give against those of real JAX: test/golden/promotion.json, from the folder
 * that FLAXEN_GOLDEN_PROMOTION names where it is set.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import type { ArrayLike, DType, NDArray } from "../../src/array/index.ts";
import { nn, numpy as jnp } from "../../src/index.ts";

const FOLDER = process.env.FLAXEN_GOLDEN_PROMOTION ?? fileURLToPath(new URL("../golden", import.meta.url));

const FILE = JSON.parse(readFileSync(join(FOLDER, "promotion.json"), "utf8")) as {
  kinds: (DType | "int" | "float")[];
  letters: Record<string, string>;
  numbers: Record<string, number>;
  calls: Record<string, string[]>;
};

type Call = (a: never, b: never) => unknown;
const THREE = jnp.array([true, true, true]);

/** What is called, and the shapes of the two: those of oracle_promotion.py. */
const CALLS: Record<string, [call: Call, a: number[], b: number[]]> = {
  interp: [(a, b) => jnp.interp(a, b, jnp.ones([3])), [], [3]],
  interpBoth: [(a, b) => jnp.interp(a, b, b), [], [3]],
  trapezoid: [(a, b) => jnp.trapezoid(a, b), [3], [3]],
  trapezoidDx: [(a, b) => jnp.trapezoid(a, { dx: b }), [3], []],
  gradient: [(a, b) => jnp.gradient(a, b), [3], []],
  gradientAt: [(a, b) => jnp.gradient(a, b), [3], [3]],
  cov: [(a, b) => jnp.cov(a, b), [3], [3]],
  corrcoef: [(a, b) => jnp.corrcoef(a, b), [3], [3]],
  quantile: [(a, b) => jnp.quantile(a, b), [3], []],
  percentile: [(a, b) => jnp.percentile(a, b), [3], []],
  average: [(a, b) => jnp.average(a, { weights: b }), [3], [3]],
  histogram: [(a, b) => jnp.histogram(a, 3, { range: [0, 2], weights: b })[0], [3], [3]],
  polyadd: [jnp.polyadd, [3], [2]],
  polysub: [jnp.polysub, [3], [2]],
  polymul: [(a, b) => jnp.polymul(a, b), [3], [2]],
  polydiv: [(a, b) => jnp.polydiv(a, b)[0], [3], [2]],
  polyval: [jnp.polyval, [3], []],
  polyfit: [(a, b) => jnp.polyfit(a, b, 1), [3], [3]],
  polyint: [(a, b) => jnp.polyint(a, 1, b), [3], []],
  cross: [(a, b) => jnp.cross(a, b), [3], [3]],
  outer: [(a, b) => jnp.outer(a, b), [], [2]],
  outerLast: [(a, b) => jnp.outer(a, b), [2], []],
  kron: [(a, b) => jnp.kron(a, b), [], [2]],
  dot: [(a, b) => jnp.dot(a, b), [3], []],
  inner: [(a, b) => jnp.inner(a, b), [3], [3]],
  vdot: [(a, b) => jnp.vdot(a, b), [3], [3]],
  matmul: [(a, b) => jnp.matmul(a, b), [2, 3], [3]],
  tensordot: [(a, b) => jnp.tensordot(a, b, 0), [2], []],
  einsum: [(a, b) => jnp.einsum("i,->i", a, b), [2], []],
  convolve: [(a, b) => jnp.convolve(a, b), [3], [2]],
  correlate: [(a, b) => jnp.correlate(a, b), [3], [2]],
  intersect1d: [(a, b) => jnp.intersect1d(a, b), [3], []],
  setxor1d: [(a, b) => jnp.setxor1d(a, b), [3], []],
  linspace: [(a, b) => jnp.linspace(a, b, 3), [], []],
  logspace: [(a, b) => jnp.logspace(a, b, 3), [], []],
  where: [(a, b) => jnp.where(true, a, b), [], [2]],
  clip: [(a, b) => jnp.clip(a, b), [3], []],
  select: [(a, b) => jnp.select([THREE, THREE], [a, a], b), [3], []],
  select3: [(a, b) => jnp.select([THREE, THREE], [a, b], 0), [3], [3]],
  concatenate: [(a, b) => jnp.concatenate([a, b]), [3], [2]],
  stack: [(a, b) => jnp.stack([a, b]), [], []],
  append: [(a, b) => jnp.append(a, b), [3], []],
  insert: [(a, b) => jnp.insert(a, 1, b), [3], []],
  diff: [(a, b) => jnp.diff(a, { append: b }), [3], []],
  "linalg.solve": [jnp.linalg.solve, [2, 2], [2]],
  "linalg.multiDot": [(a, b) => jnp.linalg.multiDot([a, b]), [2, 3], [3]],
  "linalg.matrixPower": [(a) => jnp.linalg.matrixPower(a, 2), [2, 2], []],
  "nn.logmeanexp": [(a) => nn.logmeanexp(a), [3], []],
};

/** An operand of a kind: 1, 2, 3 along an axis, so that nothing is divided by zero. */
function operand(kind: DType | "int" | "float", shape: number[]): ArrayLike {
  const number = FILE.numbers[kind];
  if (number !== undefined) return number;
  const x = shape.length === 2 ? jnp.eye(shape[0]!, shape[1]) : jnp.arange(1, (shape[0] ?? 1) + 1);
  return (shape.length === 0 ? x.reshape([]) : x).astype(kind as DType);
}

it.each(Object.keys(FILE.calls))("%s gives the dtypes that JAX gives", (name) => {
  const [call, a, b] = CALLS[name]!;
  const wrong: string[] = [];
  FILE.kinds.forEach((first, i) =>
    FILE.kinds.forEach((second, j) => {
      const want = FILE.calls[name]![i]![j]!;
      if (want === "-") return;
      const result = call(operand(first, a) as never, operand(second, b) as never) as NDArray;
      const got = FILE.letters[result.dtype]!;
      if (got !== want) wrong.push(`${first} and ${second}: expected ${want}, got ${got}`);
    }),
  );
  expect(wrong).toEqual([]);
});
