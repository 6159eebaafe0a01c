import { describe, expect, it } from "vitest";
import type { NDArray } from "../../../src/index.ts";
import { nnx, numpy as jnp, random, ShapeError } from "../../../src/index.ts";
import { onEachBackend } from "../../backends.ts";
import { hexWords } from "../../bits.ts";
import { decode, golden } from "../../golden/load.ts";
import type { AttentionCase, FunctionCase, MaskCase } from "./attentioncases.ts";
import { toOptions } from "./attentioncases.ts";
import { excess, flat, numbers } from "./closeness.ts";
import { toArray } from "./layercases.ts";

const CASES = golden<AttentionCase>("attention");
const MASKS = CASES.filter((c): c is MaskCase => c.fn.endsWith("Mask") || c.fn === "combineMasks");
const FUNCTIONS_BY_NAME = {
  makeAttentionMask: nnx.makeAttentionMask,
  makeCausalMask: nnx.makeCausalMask,
  combineMasks: nnx.combineMasks,
} as unknown as Record<MaskCase["fn"], (...args: unknown[]) => NDArray>;
const FUNCTIONS = CASES.filter((c): c is FunctionCase => c.fn === "dotProductAttention");

/** Rows `from` to `to` of batch element `b` of [3, 9, 2, 7]. */
function rowsOf(x: NDArray, b: number, from: number, to: number): NDArray {
  return jnp.array(x.data.slice((b * 9 + from) * 14, (b * 9 + to) * 14)).reshape([to - from, 2, 7]);
}

describe("masks are Flax's", () => {
  it.each(MASKS.map((c, i) => [`${c.fn} #${i}`, c] as const))("%s", (_, { fn, args, options, out }) => {
    const mask = FUNCTIONS_BY_NAME[fn](...args.map(toArray), options);
    expect(mask.dtype).toBe(out.dtype);
    expect(mask.shape).toEqual(out.shape);
    expect(hexWords(mask.data)).toEqual(hexWords(decode(out)));
  });

  it("compare queries and keys as they are told", () => {
    const same = nnx.makeAttentionMask([1, 2], [2, 2, 1], { pairwiseFn: (q, k) => jnp.subtract(q, k) });
    expect(same.tolist()).toEqual([
      [
        [-1, -1, 0],
        [0, 0, 1],
      ],
    ]);
  });

  it("combine to nothing where there is none, and refuse unlike ranks", () => {
    expect(nnx.combineMasks(undefined, null)).toBeUndefined();
    expect(nnx.combineMasks()).toBeUndefined();
    expect(() => nnx.combineMasks([1, 0], [[1, 0]])).toThrow(/one rank, got shapes \[2\], \[1, 2\]/);
    expect(() => nnx.combineMasks([1, 0], [1, 0, 1])).toThrow(ShapeError);
    expect(() => nnx.makeCausalMask(3)).toThrow(ShapeError);
  });
});

onEachBackend("dotProductAttention answers as Flax", () => {
  it.each(FUNCTIONS.map((c) => [c.name, c] as const))("%s", (_, c) => {
    const options = toOptions(c.options);
    if (typeof options.dropoutRng === "number") options.dropoutRng = random.key(options.dropoutRng);
    let sown: NDArray | undefined;
    const module = c.weights
      ? {
          sow: (_kind: unknown, name: string, value: NDArray) =>
            (sown = name === "attention_weights" ? value : undefined),
        }
      : undefined;
    const out = nnx.dotProductAttention(toArray(c.query), toArray(c.key), toArray(c.value), { ...options, module });
    expect(out.shape).toEqual(c.out.shape);
    expect(excess(flat(out), numbers(c.out), numbers(c.float64))).toBeLessThanOrEqual(0);
    if (!c.weights) return;
    expect(sown!.shape).toEqual(c.weights.shape);
    expect(excess(flat(sown!), numbers(c.weights), numbers(c.weights64!))).toBeLessThanOrEqual(0);
  });

  it("gives a row the bits it has alone, however many rows and batches come along", () => {
    const [q, k, v] = ["q", "k", "v"].map((_, i) => random.normal(random.key(i), [3, 9, 2, 7])) as [
      NDArray,
      NDArray,
      NDArray,
    ];
    const whole = nnx.dotProductAttention(q, k, v, { isCausal: true });
    for (let b = 0; b < 3; b++) {
      for (let t = 0; t < 9; t++) {
        const alone = nnx.dotProductAttention(rowsOf(q, b, t, t + 1), rowsOf(k, b, 0, t + 1), rowsOf(v, b, 0, t + 1));
        expect(hexWords(alone.data)).toEqual(hexWords(rowsOf(whole, b, t, t + 1).data));
      }
    }
  });
});

describe("dotProductAttention refuses", () => {
  const x = jnp.ones([5, 2, 4]);
  const call =
    (key: NDArray, value: NDArray, options = {}) =>
    () =>
      nnx.dotProductAttention(x, key, value, options);

  it("shapes that do not fit, naming all of them", () => {
    expect(call(jnp.ones([1, 5, 2, 4]), x)).toThrow(
      /one rank .*got query \[5, 2, 4\], key \[1, 5, 2, 4\], value \[5, 2, 4\]/,
    );
    expect(call(jnp.ones([5, 2, 3]), x)).toThrow(/one width/);
    expect(call(jnp.ones([6, 2, 4]), x)).toThrow(/as many values as keys/);
    expect(call(jnp.ones([5, 4, 4]), jnp.ones([5, 4, 4]))).toThrow(/a multiple of them of query/);
    expect(call(x, jnp.ones([5, 1, 4]))).toThrow(/as many heads of value as of key/);
    expect(call(x, jnp.ones([5, 2, 3]))).toThrow(/width of value/);
    expect(() => nnx.dotProductAttention(jnp.ones([5, 4]), x, x)).toThrow(ShapeError);
    expect(() =>
      nnx.dotProductAttention(jnp.ones([2, 5, 2, 4]), jnp.ones([3, 5, 2, 4]), jnp.ones([2, 5, 2, 4])),
    ).toThrow(/same batch axes/);
  });

  it("masks and biases that do not broadcast", () => {
    expect(call(x, x, { mask: jnp.ones([3, 5, 5]) })).toThrow(
      /"mask" expected a shape that broadcasts to \[..., heads, queries, keys\] = \[2, 5, 5\], got \[3, 5, 5\]/,
    );
    expect(call(x, x, { bias: jnp.ones([1, 2, 5, 5]) })).toThrow(/"bias"/);
  });

  it("a dropout rate that is none, and dropout without a key", () => {
    for (const dropoutRate of [-0.1, 1.5, NaN]) expect(call(x, x, { dropoutRate })).toThrow(RangeError);
    expect(call(x, x, { dropoutRate: "0.5" })).toThrow(TypeError);
    expect(call(x, x, { dropoutRate: 0.5 })).toThrow(/"dropoutRng" expected a key/);
  });

  it("nothing that is merely empty", () => {
    const none = nnx.dotProductAttention(jnp.ones([0, 5, 2, 4]), jnp.ones([0, 5, 2, 4]), jnp.ones([0, 5, 2, 4]));
    expect(none.shape).toEqual([0, 5, 2, 4]);
    expect(nnx.dotProductAttention(jnp.ones([2, 1, 3]), jnp.ones([0, 1, 3]), jnp.ones([0, 1, 3])).tolist()).toEqual([
      [[0, 0, 0]],
      [[0, 0, 0]],
    ]);
  });
});

it("dotProductAttention takes bias and mask by place and by name", () => {
  const [query, key, value, bias] = [0, 1, 2, 3].map((seed) => random.normal(random.key(seed), [3, 1, 4]));
  const scores = bias!.slice(":", 0, ":3").reshape([1, 3, 3]);
  const mask = jnp.tri(3, 3).astype("bool");
  const plain = nnx.dotProductAttention(query!, key!, value!).tolist();
  const biased = nnx.dotProductAttention(query!, key!, value!, { bias: scores }).tolist();
  const both = nnx.dotProductAttention(query!, key!, value!, { bias: scores, mask }).tolist();
  expect(biased).not.toEqual(plain);
  expect(both).not.toEqual(biased);
  expect(nnx.dotProductAttention(query!, key!, value!, scores).tolist()).toEqual(biased);
  expect(nnx.dotProductAttention(query!, key!, value!, scores, mask).tolist()).toEqual(both);
  expect(nnx.dotProductAttention(query!, key!, value!, scores, { mask }).tolist()).toEqual(both);
});
