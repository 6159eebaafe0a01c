import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { NDArray } from "../../src/index.ts";
import { grad, lax, numpy as jnp } from "../../src/index.ts";

const double = (x: number): readonly [number, null] => [x * 2, null];

const power = (x: NDArray): NDArray =>
  lax.scan((y: NDArray, k: NDArray) => [y.mul(x).mul(k), null] as const, jnp.array(1), jnp.array([1, 2, 3]))[0];

describe("lax.scan", () => {
  it("goes through trees, in both directions", () => {
    const xs = { a: jnp.array([1, 2, 3]), b: [jnp.array([10, 20, 30])] };
    const step = (sum: NDArray, x: typeof xs) => [sum.add(x.a), { y: sum, z: x.b[0]! }] as const;
    const [total, ys] = lax.scan(step as never, jnp.array(0) as never, xs) as unknown as [
      NDArray,
      { y: NDArray; z: NDArray },
    ];
    expect([total.item(), ys.y.tolist(), ys.z.tolist()]).toEqual([6, [0, 1, 3], [10, 20, 30]]);
    const [, back] = lax.scan(step as never, jnp.array(0) as never, xs, { reverse: true }) as unknown as [
      NDArray,
      { y: NDArray },
    ];
    expect(back.y.tolist()).toEqual([5, 3, 0]);
  });

  it("takes a length by place or by name, and no other option", () => {
    expect(lax.scan(double, 1, null, 4)[0]).toBe(16);
    expect(lax.scan(double, 1, null, { length: 5, unroll: 2 })[0]).toBe(32);
    expect(() => lax.scan(double, 1, null, { len: 5 } as never)).toThrow(/lax\.scan: "options" expected .*, got "len"/);
  });

  it("is differentiated", () => {
    expect(grad(power)(jnp.array(2)).item()).toBe(6 * 3 * 4);
  });
});

describe("lax.associativeScan", () => {
  it("is the running sum, whatever the length, axis and direction", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 17 }), fc.boolean(), fc.constantFrom(0, 1), (n, reverse, axis) => {
        const x = jnp.arange(3 * n).reshape(axis === 0 ? [n, 3] : [3, n]);
        const got = lax.associativeScan((a: NDArray, b: NDArray) => a.add(b), x, { reverse, axis });
        expect(got.tolist()).toEqual(lax.cumsum(x, axis, reverse).tolist());
      }),
    );
  });

  it("keeps the order of a function that is not commutative", () => {
    const matrices = jnp.array([
      [
        [1, 1],
        [0, 1],
      ],
      [
        [1, 0],
        [1, 1],
      ],
      [
        [0, 1],
        [1, 0],
      ],
      [
        [2, 0],
        [0, 1],
      ],
      [
        [1, 2],
        [3, 4],
      ],
    ]);
    const got = lax.associativeScan((a: NDArray, b: NDArray) => a.matmul(b), matrices);
    let product = jnp.eye(2);
    const expected = matrices.unstack().map((matrix) => (product = product.matmul(matrix)).tolist());
    expect(got.tolist()).toEqual(expected);
  });
});

it("lax.map stacks what a function gives of each entry", () => {
  expect(lax.map((x: NDArray) => x.mul(2), jnp.array([1, 2])).tolist()).toEqual([2, 4]);
});

it("lax.reduceWindow folds any function of two numbers", () => {
  const got = lax.reduceWindow([1, 2, 3], 1, (a: number, b: number) => a * b, [2], [1], "SAME");
  expect(got.tolist()).toEqual([2, 6, 3]);
});

it.each([
  ["by name", () => lax.dynamicSliceInDim([1, 2, 3], 1, 2, { axis: 0 })],
  [
    "all by name",
    () =>
      (lax.dynamicSliceInDim as unknown as (o: object) => NDArray)({ operand: [1, 2, 3], startIndex: 1, sliceSize: 2 }),
  ],
  ["by place", () => lax.dynamicSliceInDim([1, 2, 3], 1, 2, 0)],
])("Python's keywords and places translate: %s", (_, call) => {
  expect(call().tolist()).toEqual([2, 3]);
});

it.each([
  ["lax.dynamicSliceInDim", () => lax.dynamicSliceInDim([1], 0, 1, { axes: 0 } as never)],
  ["lax.cumsum", () => lax.cumsum([1], 0, true, 5 as never)],
  ["lax.convGeneralDilated", () => lax.convGeneralDilated([[[1]]], [[[1]]], [1], "SAME", { groups: 2 } as never)],
])("%s takes nothing else", (fn, call) => {
  expect(call).toThrow(TypeError);
  expect(call).toThrow(fn);
});

it("a negative place counts from the end unless allowNegativeIndices is false", () => {
  expect(lax.dynamicSliceInDim([1, 2, 3], -1, 1).tolist()).toEqual([3]);
  expect(lax.dynamicSliceInDim([1, 2, 3], -1, 1, { allowNegativeIndices: false }).tolist()).toEqual([1]);
  expect(lax.dynamicIndexInDim([1, 2, 3], -1, { allowNegativeIndices: false, keepdims: false }).item()).toBe(1);
});

describe("a tree whose one key is the name of its place", () => {
  const xs = jnp.array([1, 2]);

  it("is read as that name, and named it is the tree", () => {
    expect(lax.map((x: NDArray) => x.mul(2), { xs }).tolist()).toEqual([2, 4]);
    expect(lax.map((x: { xs: NDArray }) => x.xs.mul(2), { xs: { xs } }).tolist()).toEqual([2, 4]);
  });

  it("is a tree beside other keys", () => {
    const mapped = lax.map((x: { xs: NDArray; ys: NDArray }) => x.xs.add(x.ys), { xs, ys: xs });
    expect(mapped.tolist()).toEqual([2, 4]);
  });
});
