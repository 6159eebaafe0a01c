import { describe, expect, it } from "vitest";
import { numpy as jnp, random } from "../../src/index.ts";

const key = random.key(7);
const logits = random.normal(random.key(1), [50, 12]);

describe("sampleLogits", () => {
  it("is categorical where nothing is left out", () => {
    expect(random.sampleLogits(key, logits)).toEqual(random.categorical(key, logits));
    expect(random.sampleLogits(key, logits, { topK: 12, topP: 1 })).toEqual(random.categorical(key, logits));
    expect(random.sampleLogits(key, logits, { temperature: 0.7 })).toEqual(
      random.categorical(key, jnp.divide(logits, 0.7)),
    );
  });

  it("is categorical of the logits left, the others at -Infinity", () => {
    const rows = logits.tolist() as number[][];
    const masked = rows.map((row) => {
      const third = row.toSorted((a, b) => b - a)[2]!;
      return row.map((x) => (x >= third ? x : -Infinity));
    });
    expect(random.sampleLogits(key, logits, { topK: 3 })).toEqual(random.categorical(key, jnp.array(masked)));
  });

  it("topK keeps the first of equal logits", () => {
    const drawn = random.sampleLogits(key, jnp.zeros([1000, 5]), { topK: 2 }).tolist() as number[];
    expect(new Set(drawn)).toEqual(new Set([0, 1]));
  });

  it("topP keeps the smallest number of categories that reach it, the most likely at least", () => {
    const row = [-1, -2, -3, -3].map((log2) => log2 * Math.LN2);
    const rows = jnp.array(Array.from({ length: 1000 }, () => row));
    const kinds = (topP: number): number[] =>
      [...new Set(random.sampleLogits(key, rows, { topP }).tolist() as number[])].sort();
    expect(kinds(1e-9)).toEqual([0]);
    expect(kinds(0.4)).toEqual([0]);
    expect(kinds(0.7)).toEqual([0, 1]);
    expect(kinds(0.8)).toEqual([0, 1, 2]);
    expect(kinds(1)).toEqual([0, 1, 2, 3]);
  });
});
