import { describe, expect, it } from "vitest";
import { random } from "../../src/index.ts";
import { orthonormalize } from "../../src/random/orthonormal.ts";

function drawn(count: number, length: number): Float64Array[] {
  const rows = random.normal(random.key(count), [count, length]);
  return [...rows].map((row) => Float64Array.from(row.data));
}

function dot(x: Float64Array, y: Float64Array): number {
  return x.reduce((sum, value, i) => sum + value * y[i]!, 0);
}

describe("orthonormalize", () => {
  // A panel has 32 vectors, a block of their elements 256; pairs and fours of vectors go together.
  it.each([
    [1, 1],
    [3, 5],
    [32, 40],
    [33, 33],
    [67, 300],
    [71, 513],
    [98, 98],
  ])("%d vectors of %d have length 1, and are orthogonal to each other", (count, length) => {
    const vectors = drawn(count, length);
    orthonormalize(vectors);
    let worst = 0;
    vectors.forEach((x, i) =>
      vectors.forEach((y, j) => (worst = Math.max(worst, Math.abs(dot(x, y) - (i === j ? 1 : 0))))),
    );
    expect(worst).toBeLessThan(1e-12);
  });

  it("what depends on the vectors before is removed, and a vector of zeros stays", () => {
    const vectors = drawn(40, 64);
    const before = vectors.map((x) => x.slice());
    orthonormalize(vectors);
    // Each is in the span of those up to it: the one that it was is the sum of its parts.
    before.forEach((x, i) => {
      const rest = x.slice();
      for (const unit of vectors.slice(0, i + 1)) {
        const part = dot(x, unit);
        unit.forEach((value, at) => (rest[at]! -= part * value));
      }
      expect(Math.sqrt(dot(rest, rest))).toBeLessThan(1e-10);
      expect(dot(x, vectors[i]!)).toBeGreaterThan(0);
    });
    const [zeros] = [new Float64Array(4)];
    orthonormalize([Float64Array.of(1, 0, 0, 0), zeros]);
    expect([...zeros]).toEqual([0, 0, 0, 0]);
  });
});
