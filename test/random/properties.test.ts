import { expect, it } from "vitest";
import { random } from "../../src/index.ts";
import { onEachBackend } from "../backends.ts";

const { key } = random;

function mean(values: Iterable<number>): number {
  const all = [...values];
  return all.reduce((a, b) => a + b, 0) / all.length;
}

onEachBackend("properties of the samplers", () => {
  it.each([2, 3, 100, 1625, 1626, 5000])("a permutation of %i has every number once", (n) => {
    const drawn = random.permutation(key(n), n).data;
    expect([...drawn].toSorted((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
    expect(drawn).not.toEqual(random.permutation(key(n + 1), n).data);
  });

  it("slices move whole, lanes on their own when independent", () => {
    const x = Float32Array.from({ length: 60 }, (_, i) => i);
    const rows = random.permutation(key(1), random.permutation(key(0), x).reshape([12, 5])).tolist() as number[][];
    expect(rows.flat().toSorted((a, b) => a - b)).toEqual([...x]);
    const lanes = random
      .permutation(
        key(1),
        Array.from({ length: 5 }, () => [0, 1, 2, 3, 4, 5]),
        { axis: 1, independent: true },
      )
      .tolist() as number[][];
    for (const lane of lanes) expect(lane.toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(new Set(lanes.map(String)).size).toBeGreaterThan(1);
  });

  it("choice without replacement repeats nothing, with or without probabilities", () => {
    expect(new Set(random.choice(key(2), 50, [50], { replace: false }).data).size).toBe(50);
    expect(new Set(random.choice(key(2), 4, [4], { replace: false, p: [0.1, 0.2, 0.3, 0.4] }).data).size).toBe(4);
  });

  it("randint stays within its bounds, in every dtype", () => {
    for (const dtype of ["int32", "uint32", "uint16", "uint8"] as const) {
      const drawn = random.randint(key(3), [2000], 7, 29, dtype);
      expect(drawn.dtype).toBe(dtype);
      expect(new Set(drawn.data)).toEqual(new Set(Array.from({ length: 22 }, (_, i) => i + 7)));
    }
  });

  it("truncatedNormal stays strictly inside its bounds", () => {
    for (const x of random.truncatedNormal(key(4), -0.5, 1.5, [5000]).data) {
      expect(x).toBeGreaterThan(-0.5);
      expect(x).toBeLessThan(1.5);
    }
  });

  it("means are where they belong", () => {
    const n = [4000];
    const k = key(5);
    const means: [string, Iterable<number>, number, number][] = [
      ["bernoulli", random.bernoulli(k, 0.3, n).data, 0.3, 0.04],
      ["beta", random.beta(k, 2, 6, n).data, 0.25, 0.02],
      ["binomial", random.binomial(k, 100, 0.3, n).data, 30, 0.4],
      ["chisquare", random.chisquare(k, 3, n).data, 3, 0.2],
      ["exponential", random.exponential(k, n).data, 1, 0.08],
      ["gamma", random.gamma(k, 2.5, n).data, 2.5, 0.15],
      ["geometric", random.geometric(k, 0.25, n).data, 4, 0.3],
      ["gumbel", random.gumbel(k, n).data, 0.5772, 0.1],
      ["laplace", random.laplace(k, n).data, 0, 0.12],
      ["logistic", random.logistic(k, n).data, 0, 0.15],
      ["poisson", random.poisson(k, 12, n).data, 12, 0.3],
      ["rademacher", random.rademacher(k, n).data, 0, 0.08],
      ["triangular", random.triangular(k, 0, 1, 5, n).data, 2, 0.1],
      ["wald", random.wald(k, 1, n).data, 1, 0.1],
      ["weibullMin", random.weibullMin(k, 2, 1, n).data, 2, 0.16],
    ];
    for (const [name, values, expected, tolerance] of means)
      expect(Math.abs(mean(values) - expected), name).toBeLessThan(tolerance);
  });

  it("dirichlet sums to 1, ball stays within 1, multinomial adds up", () => {
    for (const point of random.dirichlet(key(6), [0.3, 2, 5], [100]).tolist() as number[][])
      expect(point.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    for (const point of random.ball(key(6), 3, 2, [100]).tolist() as number[][])
      expect(point.reduce((sum, x) => sum + x * x, 0)).toBeLessThanOrEqual(1);
    for (const counts of random.multinomial(key(6), 37, [0.2, 0.3, 0.5], { shape: [50, 3] }).tolist() as number[][])
      expect(counts.reduce((a, b) => a + b)).toBe(37);
  });

  it.each([
    [6, 6],
    [9, 4],
    [4, 9],
  ])("orthogonal [%i, %i] has orthonormal rows or columns", (n, m) => {
    const q = random.orthogonal(key(7), n, [], "float32", m).tolist() as number[][];
    const vectors = n < m ? q : q[0]!.map((_, j) => q.map((row) => row[j]!));
    for (const [i, a] of vectors.entries()) {
      for (const [j, b] of vectors.entries())
        expect(a.reduce((sum, x, t) => sum + x * b[t]!, 0)).toBeCloseTo(i === j ? 1 : 0, 5);
    }
  });

  it("a prefix does not depend on the length", () => {
    for (const draw of [
      random.exponential,
      random.gumbel,
      random.laplace,
      random.logistic,
      random.cauchy,
      random.rademacher,
    ]) {
      expect(draw(key(8), [50]).data.slice(0, 7)).toEqual(draw(key(8), [7]).data);
    }
  });
});

it("bare words give bare words, and the same draws", () => {
  const bare = random.PRNGKey(42);
  expect([bare.dtype, bare.shape, bare.tolist()]).toEqual(["uint32", [2], [0, 42]]);
  const children = random.split(bare, 3);
  expect([children.dtype, children.shape]).toEqual(["uint32", [3, 2]]);
  expect(children.tolist()).toEqual(random.keyData(random.split(key(42), 3)).tolist());
  expect(random.foldIn(bare, 7).tolist()).toEqual(random.keyData(random.foldIn(key(42), 7)).tolist());
  expect(random.keyData(bare).tolist()).toEqual([0, 42]);
  expect(random.clone(bare).tolist()).toEqual([0, 42]);
  expect(random.gamma(bare, 2, [3])).toEqual(random.gamma(key(42), 2, [3]));
  expect(random.wrapKeyData(children).shape).toEqual([3]);
});
