/** jax.ops, with the values of JAX 0.10.2. */
import { describe, expect, it } from "vitest";
import { grad, jax, numpy as jnp } from "../../src/index.ts";
import type { NDArray } from "../../src/index.ts";

const { segmentMax, segmentMin, segmentProd, segmentSum } = jax.ops;
const ids = jnp.array([1, 0, 1, 7, -1], "int32");
const data = jnp.array([1, 2, 3, 4, 5]);
const { inf } = jnp;

describe.each([
  [segmentSum, [2, 4], 0, 0],
  [segmentMax, [2, 3], -inf, -2147483648],
  [segmentMin, [2, 1], inf, 2147483647],
  [segmentProd, [2, 3], 1, 1],
] as const)("%o", (f, first, empty, emptyInteger) => {
  it("gathers rows by segment, and leaves out ids outside, negative ones too", () => {
    expect(f(data, ids, 2).tolist()).toEqual(first);
    expect(f(data, { segmentIds: ids, numSegments: 2 }).tolist()).toEqual(first);
  });

  it("has segments up to the largest id by default, empty ones too", () => {
    expect(f(data, ids).tolist()).toEqual([...first, empty, empty, empty, empty, empty, 4]);
    expect(f(jnp.zeros([0, 2]), jnp.zeros([0], "int32")).shape).toEqual([0, 2]);
  });

  it("keeps the dtype", () => {
    const found = f(data.astype("int32"), ids, { numSegments: 4 });
    expect(found.dtype).toBe("int32");
    expect(found.tolist()).toEqual([...first, emptyInteger, emptyInteger]);
  });

  it("takes ids of several axes", () => {
    expect(
      f(
        jnp.ones([2, 2, 3]),
        jnp.array(
          [
            [0, 1],
            [1, 1],
          ],
          "int32",
        ),
      ).shape,
    ).toEqual([2, 3]);
  });

  it("refuses ids that are no integers, or do not fit", () => {
    expect(() => f(data, [1, 0, 1, 7, -1])).toThrow('"segmentIds" expected integers, got dtype float32');
    expect(() => f(data, jnp.array([1], "int32"))).toThrow('"segmentIds" expected the first axes of "data"');
    expect(() => f(data, ids, { numSegments: -1 })).toThrow('"numSegments"');
  });
});

const slopes = (f: (x: NDArray) => NDArray, x: NDArray): unknown => grad((y: NDArray) => f(y).sum())(x).tolist();

describe("gradients", () => {
  it("are those of the rows that count; greatest rows that are equal share", () => {
    expect(slopes((x) => segmentSum(x, ids, 3), data)).toEqual([1, 1, 1, 0, 0]);
    expect(slopes((x) => segmentMax(x, ids, 2), data)).toEqual([0, 1, 1, 0, 0]);
    expect(slopes((x) => segmentMin(x, ids, 2), data)).toEqual([1, 1, 0, 0, 0]);
    expect(slopes((x) => segmentMax(x, ids, 2), jnp.array([3, 2, 3, 4, 5]))).toEqual([0.5, 1, 0.5, 0, 0]);
  });

  it("of products are refused where ids repeat, as in JAX", () => {
    expect(() => slopes((x) => segmentProd(x, ids, 2), data)).toThrow("expected each place once");
  });
});
