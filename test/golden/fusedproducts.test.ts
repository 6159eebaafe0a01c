import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { config, nnx, numpy as jnp, random } from "../../src/index.ts";
import type { NDArray } from "../../src/index.ts";
import { onEachBackend } from "../backends.ts";
import { firstDifference, sha256 } from "../bits.ts";
import type { Encoded } from "./load.ts";
import { decode, golden } from "./load.ts";

interface Case {
  fn: string;
  shape: [n: number, m: number];
  first: number;
  sha256?: string;
  outputs?: Encoded[];
}

const CASES = golden<Case>("fused_products");
const INPUTS = [0, 1, 2];

function linear(x: NDArray, w: NDArray, b: NDArray): NDArray {
  const layer = new nnx.Linear(w.shape[0]!, w.shape[1]!, { rngs: new nnx.Rngs(0) });
  layer.kernel.set(w);
  layer.bias!.set(b);
  return layer(x);
}

/** The forms of test/golden/oracle_fusedproducts.py. */
const FORMS: Record<string, (x: NDArray, w: NDArray, b: NDArray) => NDArray> = {
  vector: (x, w) => x.matmul(w),
  row: (x, w) => x.reshape([1, -1]).matmul(w),
  vecmat: (x, w) => jnp.vecmat(x, w),
  einsum: (x, w) => jnp.einsum("k,km->m", x, w),
  linear: (x, w, b) => linear(x.reshape([1, -1]), w, b),
  linearJit: (x, w, b) => linear(x.reshape([1, -1]), w, b),
  relu: (x, w, b) => nnx.relu(linear(x, w, b)),
};

function drawn(seed: number, shape: number[]): NDArray {
  return random.normal(random.key(seed), shape);
}

function results({ fn, shape: [n, m], first }: Case): Float32Array[] {
  return INPUTS.map((i) => {
    const seed = first + 3 * i;
    return FORMS[fn]!(drawn(seed, [n]), drawn(seed + 1, [n, m]), drawn(seed + 2, [m])).data as Float32Array;
  });
}

function digest(arrays: readonly Float32Array[]): string {
  return sha256(new Uint32Array(Float32Array.from(arrays.flatMap((array) => [...array])).buffer));
}

onEachBackend('products with config.products = "fused"', () => {
  beforeAll(() => {
    config.products = "fused";
  });
  afterAll(() => {
    config.products = "rounded";
  });

  const exact = CASES.filter(({ fn, sha256: sum }) => fn !== "mlp" && sum !== undefined);

  it("are of at least 60 shapes", () => {
    expect(new Set(exact.map(({ shape }) => shape.join("x"))).size).toBeGreaterThanOrEqual(60);
  });

  it.each(exact)("$fn of $shape has JAX's bits", (one) => {
    expect(digest(results(one))).toBe(one.sha256);
  });

  it("an MLP of one row has JAX's bits", () => {
    const [{ first, sha256: expected }] = CASES.filter(({ fn }) => fn === "mlp") as [Case];
    const outputs = INPUTS.map((i) => {
      let seed = first + 7 * i;
      let x = drawn(seed++, [784]);
      for (const [n, m] of [
        [784, 128],
        [128, 64],
        [64, 10],
      ] as const) {
        x = linear(x, drawn(seed++, [n, m]).mul(0.1), drawn(seed++, [m]));
        if (m !== 10) x = nnx.relu(x);
      }
      return x.data as Float32Array;
    });
    expect(digest(outputs)).toBe(expected);
  });
});

describe("where JAX adds in another way, columns may differ", () => {
  it.each(CASES.filter(({ outputs }) => outputs !== undefined))("$shape: by rounding alone", (one) => {
    config.products = "fused";
    const found = results(one);
    config.products = "rounded";
    const [n, m] = one.shape;
    for (const [i, output] of one.outputs!.entries()) {
      const expected = decode(output) as Float32Array;
      const column = firstDifference(found[i]!, expected);
      // Only the last column, of what is one more than a multiple of 8.
      if (m > 2) expect([-1, m - 1]).toContain(column);
      for (const [j, y] of expected.entries()) expect(Math.abs(found[i]![j]! - y)).toBeLessThanOrEqual(n * 2 ** -20);
    }
  });
});
