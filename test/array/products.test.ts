import { afterAll, afterEach, describe, expect, it } from "vitest";
import { config, nnx, numpy as jnp, useBackend } from "../../src/index.ts";
import type { NDArray } from "../../src/index.ts";
import { firstDifference } from "../bits.ts";
import { floats } from "../contract/backends.ts";
import type { Encoded } from "../golden/load.ts";
import { golden } from "../golden/load.ts";
import { camelCase } from "../nnx/calls.ts";
import { excess, flat, numbers } from "../nnx/nn/closeness.ts";
import { toArray } from "../nnx/nn/layercases.ts";

interface Case {
  fn: string;
  args: unknown[];
  inputs: Encoded[];
  output: Encoded;
  output_float64: Encoded | null;
}

const CASES = golden<Case>("products").filter(({ fn }) => fn !== undefined);

type Call = (...args: unknown[]) => NDArray;

/** What a case calls: einsum takes its string first, pooling its options by JAX's names. */
function run({ fn, args, inputs }: Case): NDArray {
  const xs = inputs.map(toArray);
  if (fn === "einsum") return jnp.einsum(args[0] as string, ...xs);
  if (fn === "attend")
    return new nnx.Embed(args[0] as number, args[1] as number, { rngs: new nnx.Rngs(args[2] as number) }).attend(
      xs[0]!,
    );
  const named = camelCase(fn);
  const last = args.map((arg) =>
    typeof arg === "object" && !Array.isArray(arg)
      ? Object.fromEntries(Object.entries(arg as object).map(([name, value]) => [camelCase(name), value]))
      : arg,
  );
  return ((jnp as unknown as Record<string, Call>)[named] ?? (nnx as unknown as Record<string, Call>)[named]!)(
    ...xs,
    ...last,
  );
}

afterAll(() => useBackend("auto"));
afterEach(() => {
  config.products = "rounded";
});

describe("products, contractions and pooling give JAX's shapes, dtypes and values", () => {
  it.each(
    CASES.map((c, i) => {
      const inputs = c.inputs.map(({ dtype, shape }) => `${dtype}[${shape.join()}]`).join(" and ");
      return [`${c.fn} ${JSON.stringify(c.args)} of ${inputs} #${i}`, c] as const;
    }),
  )("%s", (_, c) => {
    for (const backend of ["core", "wasm"] as const) {
      useBackend(backend);
      const y = run(c);
      expect([y.dtype, y.shape]).toEqual([c.output.dtype, c.output.shape]);
      const jax = numbers(c.output);
      if (c.output_float64 === null) expect(flat(y)).toEqual(jax);
      else expect(excess(flat(y), jax, numbers(c.output_float64))).toBeLessThanOrEqual(0);
    }
  });
});

describe("a product's order of summation is the written one", () => {
  const x = floats(60, 3);
  const w = floats(60, 4);

  it("einsum sums shared letters in the order of their first appearance, the last fastest", () => {
    let sum = 0;
    for (let c = 0; c < 4; c++)
      for (let b = 0; b < 3; b++)
        for (let d = 0; d < 5; d++)
          sum = Math.fround(sum + Math.fround(x[(c * 3 + b) * 5 + d]! * w[(b * 5 + d) * 4 + c]!));
    expect(jnp.einsum("cbd,bdc->", jnp.array(x).reshape([4, 3, 5]), jnp.array(w).reshape([3, 5, 4])).item()).toBe(sum);
  });

  it("tensordot sums the listed axes in the order of the list, the last fastest", () => {
    let sum = 0;
    for (let b = 0; b < 3; b++)
      for (let c = 0; c < 4; c++)
        for (let d = 0; d < 5; d++)
          sum = Math.fround(sum + Math.fround(x[(c * 3 + b) * 5 + d]! * w[(b * 5 + d) * 4 + c]!));
    expect(
      jnp
        .tensordot(jnp.array(x).reshape([4, 3, 5]), jnp.array(w).reshape([3, 5, 4]), [
          [1, 0, 2],
          [0, 2, 1],
        ])
        .item(),
    ).toBe(sum);
  });

  // Batches that broadcast, of sizes below and above those of the loops and of the kernel of small products.
  describe.each<[batch: string, a: readonly number[], b: readonly number[]]>([
    ["[3] and [3]", [3], [3]],
    ["[3, 1] and [2]", [3, 1], [2]],
    ["[2] and [3, 1]", [2], [3, 1]],
    ["[1, 2] and [3, 1]", [1, 2], [3, 1]],
    ["[] and [3]", [], [3]],
    ["[3] and [1]", [3], [1]],
  ])("batches %s have the bits of each product alone", (_, before, behind) => {
    it.each(["float32", "bfloat16", "int32", "bool"] as const)("in %s", (dtype) => {
      const draw = (shape: readonly number[], seed: number): NDArray =>
        jnp
          .array(
            floats(
              shape.reduce((x, y) => x * y, 1),
              seed,
            ),
          )
          .reshape(shape)
          .mul(3)
          .astype(dtype);
      for (const products of ["rounded", "fused"] as const)
        for (const [rows, k, m] of [
          [2, 3, 4],
          [1, 3, 4],
          [5, 37, 9],
          [70, 65, 3],
        ] as const) {
          config.products = products;
          const [a, b] = [draw([...before, rows, k], 5), draw([...behind, k, m], 6)];
          const all = a.matmul(b);
          const batch = all.shape.slice(0, -2);
          const left = jnp.broadcastTo(a, [...batch, rows, k]).reshape([-1, rows, k]);
          const right = jnp.broadcastTo(b, [...batch, k, m]).reshape([-1, k, m]);
          const alone = jnp.stack(
            Array.from({ length: left.shape[0]! }, (__, i) => left.slice(i).matmul(right.slice(i))),
          );
          expect(all.dtype).toBe(dtype);
          expect(firstDifference(alone.data, all.data)).toBe(-1);
        }
    });
  });
});

describe("a reordered weight is never stale", () => {
  it("einsum reads a weight afresh once its elements were handed out", () => {
    const x = jnp.array([[1, 10]]);
    const w = jnp.array([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    for (let call = 0; call < 3; call++) expect(jnp.einsum("ij,kj->ik", x, w).tolist()).toEqual([[21, 43, 65]]);
    w.data[0] = 100;
    expect(jnp.einsum("ij,kj->ik", x, w).tolist()).toEqual([[120, 43, 65]]);
    w.data[0] = 200;
    for (let call = 0; call < 3; call++) expect(jnp.einsum("ij,kj->ik", x, w).tolist()).toEqual([[220, 43, 65]]);
  });
});

describe("what does not fit is an error with the shapes or the string", () => {
  it.each([
    ["ij,jk->ik", "1 operands"],
    ["ij->ik", '"k" is in none'],
    ["ij->ii", "every letter once"],
    ["i1->i", '"i1" is not that'],
    ["ij->i->j", 'one "->" at most'],
    ["i....j->i", "is not that"],
  ])("einsum %s", (text, message) => {
    expect(() => jnp.einsum(text, jnp.ones([2, 2]))).toThrow(RangeError);
    expect(() => jnp.einsum(text, jnp.ones([2, 2]))).toThrow(message);
  });

  it("einsum names sizes that differ and terms that are too long or short", () => {
    expect(() => jnp.einsum("ij,jk->ik", jnp.ones([2, 3]), jnp.ones([4, 5]))).toThrow(
      /shapes \[2, 3\] and \[4, 5\] .* "j" has sizes 3 and 4/,
    );
    expect(() => jnp.einsum("ijk->i", jnp.ones([2, 3]))).toThrow(/shape \[2, 3\] of operand 0/);
    expect(() => jnp.einsum("i->i", jnp.ones([2, 3]))).toThrow(/shape \[2, 3\] of operand 0/);
    expect(() => jnp.einsum("ii->i", jnp.ones([2, 3]))).toThrow(/shapes \[2, 3\] do not fit .* "i" has sizes 2 and 3/);
    expect(() => jnp.einsum("ii->i", jnp.ones([1, 3]))).toThrow(/"i" has sizes 1 and 3 in one operand/);
    expect(() => jnp.einsum(3 as never, jnp.ones([2, 3]))).toThrow(TypeError);
  });

  it("products name both shapes", () => {
    for (const f of [jnp.matmul, jnp.dot, jnp.inner, jnp.vdot])
      expect(() => f(jnp.ones([2, 3]), jnp.ones([4, 5]))).toThrow(/\[2, 3\] and .*\[4, 5\]/);
    expect(() => jnp.matmul(jnp.ones([2, 3, 4]), jnp.ones([5, 4, 6]))).toThrow(/\[2\] and \[5\] do not broadcast/);
    expect(() => jnp.matmul(jnp.ones([2, 3]), jnp.ones([5, 4, 6]))).toThrow(
      /expected the last size of "a" to be the last but one of "b", 4, got 3/,
    );
    expect(() => jnp.tensordot(jnp.ones([2, 3]), jnp.ones([4, 5]))).toThrow(/\[2, 3\] and \[4, 5\]/);
    expect(() => jnp.tensordot(jnp.ones([2, 3]), jnp.ones([4, 5]), 3)).toThrow(/at least 3 axes/);
    expect(() =>
      jnp.tensordot(jnp.ones([2, 3]), jnp.ones([3, 5]), [
        [0, 0],
        [0, 1],
      ]),
    ).toThrow(/different axes/);
    expect(() => jnp.tensordot(jnp.ones([2, 3]), jnp.ones([3, 5]), [2, 0])).toThrow(RangeError);
    expect(() => jnp.tensordot(jnp.ones([2, 3]), jnp.ones([3, 5]), "1" as never)).toThrow(TypeError);
  });
});
