/** Right values where the library once gave others: long sums, 16-bit floats, edges of indexing. By real JAX. */
import { describe, expect, it } from "vitest";
import type { DType } from "../../src/array/index.ts";
import { nnx, numpy as jnp } from "../../src/index.ts";

const { fround } = Math;

/** How far `got` is from `right`, relative to it. */
function error(got: number, right: number): number {
  return Math.abs(got / right - 1);
}

describe("long sums keep their digits", () => {
  it("of equal numbers, to 1e-6", () => {
    for (const n of [1e5, 1e6, 3e7]) {
      const x = jnp.full([n], 0.1);
      expect(error(x.sum().item(), fround(0.1) * n), `sum of ${n}`).toBeLessThan(1e-6);
      expect(error(x.mean().item(), fround(0.1)), `mean of ${n}`).toBeLessThan(1e-6);
    }
    expect(error(jnp.full([1e7], 3.1).mean().item(), fround(3.1))).toBeLessThan(1e-6);
  });

  it("along either axis, and of squares", () => {
    const x = jnp.full([1e6, 3], 0.1);
    for (const sum of x.sum(0).data) expect(error(sum, fround(0.1) * 1e6)).toBeLessThan(1e-6);
    expect(error(jnp.linalg.norm(jnp.full([1e6], 0.1)).item(), fround(0.1) * 1e3)).toBeLessThan(1e-6);
    const ramp = jnp.arange(1e6).div(1e6);
    expect(error(ramp.var().item(), 1 / 12)).toBeLessThan(2e-6);
  });

  it("past 2^24: cumsum and dot", () => {
    const ones = jnp.ones([3e7]);
    expect(jnp.cumsum(ones).slice(-1).item()).toBe(3e7);
    expect(jnp.dot(ones, ones).item()).toBe(3e7);
  });

  it("cumsum has one accumulator for 1,024 terms, and blocks add up in the same way", () => {
    const x = Float32Array.from({ length: 2500 }, (_, i) => 1 / (i + 3));
    const running = (from: number, to: number): number => {
      let sum = 0;
      for (let i = from; i < to; i++) sum = fround(sum + x[i]!);
      return sum;
    };
    const got = jnp.cumsum(x).data;
    const first = running(0, 1024);
    const second = fround(first + running(1024, 2048));
    for (const i of [0, 1, 1000, 1023]) expect(got[i]).toBe(running(0, i + 1));
    for (const i of [1024, 1100, 2046]) expect(got[i]).toBe(fround(first + running(1024, i + 1)));
    for (const i of [2048, 2499]) expect(got[i]).toBe(fround(second + running(2048, i + 1)));
    expect([...jnp.cumsum(jnp.asarray(x).reshape([2500, 1]), 0).data]).toEqual([...got]);
  });
});

describe("16-bit floats", () => {
  const HALVES: readonly DType[] = ["bfloat16", "float16"];

  it("are pooled as numbers, rounded at every step", () => {
    for (const dtype of HALVES) {
      expect(nnx.maxPool(jnp.array([[-3], [-1]], dtype), [2]).tolist()).toEqual([[-1]]);
      expect(nnx.minPool(jnp.array([[-3], [-1]], dtype), [2]).tolist()).toEqual([[-3]]);
      const sums = nnx.pool(jnp.array([[1], [5], [2]], dtype), 0, (a, b) => a + b, [2]);
      expect(sums.tolist()).toEqual([[6], [7]]);
      expect(nnx.avgPool(jnp.array([[1], [2]], dtype), [2]).dtype).toBe(dtype);
    }
    const small = jnp.array([[1], [2 ** -8], [2 ** -8], [2 ** -8], [2 ** -8]], "bfloat16");
    expect(nnx.pool(small, 0, (a, b) => a + b, [5]).tolist()).toEqual([[1]]);
    expect(nnx.avgPool(small, [5]).tolist()).toEqual([[0.2001953125]]);
    expect(nnx.avgPool(small.astype("float16"), [5]).tolist()).toEqual([[0.203125]]);
    expect(nnx.avgPool(jnp.full([3, 1], 1, "bfloat16"), [3], { padding: "SAME", countIncludePad: false }).dtype).toBe(
      "float32",
    );
  });

  it("keep their dtype beside a bare number, and in sums of powers", () => {
    const a = [1.0390625, 2.46875, 0.9921875, -3.90625, 2.71875, 1.3359375, -1.609375, 1.7421875];
    const b = [1.09375, 0.8828125, 0.08544921875, 1.640625, -2.203125, -0.48828125, -1.4453125, 1.796875];
    const [x, y] = [jnp.array(a, "bfloat16"), jnp.array(b, "bfloat16")];
    const sum = jnp.logaddexp(x, y);
    expect(sum.dtype).toBe("bfloat16");
    expect(sum.tolist()).toEqual([1.7578125, 2.65625, 1.328125, 1.640625, 2.71875, 1.484375, -0.83203125, 2.46875]);
    const stacked = jnp.logsumexp(jnp.stack([x, y]), 0);
    expect(stacked.dtype).toBe("bfloat16");
    expect(stacked.tolist()).toEqual([
      1.7578125, 2.65625, 1.3359375, 1.640625, 2.71875, 1.484375, -0.83203125, 2.46875,
    ]);
    expect(jnp.logsumexp(x).item()).toBe(3.75);
    expect(jnp.logaddexp(x.slice(":1"), 1.5).dtype).toBe("bfloat16");
    expect(jnp.hypot(x.slice(":1"), 2).dtype).toBe("bfloat16");
    expect(jnp.copysign(x.slice(":1"), -2).dtype).toBe("bfloat16");
    expect(jnp.logaddexp(x, y.astype("float16")).dtype).toBe("float32");
  });
});

describe("pools of other dtypes", () => {
  it("bools have extremes and no average; integers are summed in their dtype", () => {
    expect(nnx.maxPool(jnp.array([[false], [true], [false]]), [2]).tolist()).toEqual([[true], [true]]);
    expect(nnx.maxPool(jnp.array([[false], [false]]), [2]).tolist()).toEqual([[false]]);
    expect(nnx.minPool(jnp.array([[true], [true], [false]]), [2]).tolist()).toEqual([[true], [false]]);
    expect(() => nnx.avgPool(jnp.array([[true]]), [1])).toThrow(/expected numbers, got bool/);
    const wrapped = nnx.avgPool(jnp.array([[100], [100]], "int8"), [2]);
    expect([wrapped.dtype, wrapped.tolist()]).toEqual(["float32", [[-28]]]);
  });
});

describe("edges of indexing", () => {
  it("takeAlongAxis counts negative indices from the end in every mode", () => {
    const places = new Int32Array([-1, -2, -4, 3]);
    const x = new Int32Array([10, 20, 30]);
    expect(jnp.takeAlongAxis(x, places, 0, { mode: "clip" }).tolist()).toEqual([30, 20, 10, 30]);
    expect(jnp.takeAlongAxis(x, places, 0).tolist()).toEqual([30, 20, -(2 ** 31), -(2 ** 31)]);
  });

  it("takeAlongAxis goes along the last axis where it is told none, and flattens for null", () => {
    const x = [
      [3, 1],
      [5, 9],
    ];
    // jnp.take_along_axis(x, [[1], [0]]), jnp.take_along_axis(x, [3, 0], None)
    expect(jnp.takeAlongAxis(x, [[1], [0]]).tolist()).toEqual([[1], [5]]);
    expect(jnp.takeAlongAxis(x, [3, 0], null).tolist()).toEqual([9, 3]);
    expect(jnp.takeAlongAxis(x, [3, 0], { axis: null }).tolist()).toEqual([9, 3]);
    expect(() => jnp.takeAlongAxis(x, [[1], [0]], null)).toThrow(/expected 1 axes for shape \[4\]/);
  });

  it("takeAlongAxis of an empty axis is 0 at every index", () => {
    const x = jnp.zeros([0], "int8");
    expect(jnp.takeAlongAxis(x, new Int32Array([-1, 1, 1]), 0).tolist()).toEqual([0, 0, 0]);
    expect(
      jnp
        .takeAlongAxis(
          jnp.zeros([2, 0]),
          [[0], [5]].map(([i]) => [BigInt(i!)]),
          1,
        )
        .tolist(),
    ).toEqual([[0], [0]]);
  });

  it("argwhere of a scalar has one empty row, or none", () => {
    expect(jnp.argwhere(5).shape).toEqual([1, 0]);
    expect(jnp.argwhere(0).shape).toEqual([0, 0]);
  });

  it("at combines in the dtype that both promote to", () => {
    const twice = [0n, 0n];
    const small = jnp.array([1, 5], "int8");
    expect(small.at(twice).add(1.7).tolist()).toEqual([4, 5]);
    expect(small.at(twice).multiply(1.5).tolist()).toEqual([2, 5]);
    expect(small.at(0).add(300.5).tolist()).toEqual([127, 5]);
    expect(
      small
        .at(twice)
        .add(new Int32Array([300, 400]))
        .tolist(),
    ).toEqual([-67, 5]);
    const ones = jnp.ones([2], "bfloat16");
    expect(
      ones
        .at(twice)
        .add(new Float32Array([2 ** -8, 2 ** -8]))
        .tolist(),
    ).toEqual([1.0078125, 1]);
    expect(
      ones
        .at(twice)
        .add(jnp.full([2], 2 ** -8, "bfloat16"))
        .tolist(),
    ).toEqual([1, 1]);
    expect(
      jnp
        .array([2 ** 31 - 1, 0], "int32")
        .at(1)
        .add(0.5).dtype,
    ).toBe("int32");
  });

  it("at adds numbers to bools, and no bools", () => {
    const bools = jnp.array([true, false]);
    expect(bools.at([0n, 0n]).add(-1).tolist()).toEqual([true, false]);
    expect(
      bools
        .at([0n, 1n])
        .add(new Int32Array([-1, 1]))
        .tolist(),
    ).toEqual([false, true]);
    expect(bools.at([0n, 1n]).max(0.5).tolist()).toEqual([true, true]);
    expect(() => bools.at(0).add(true)).toThrow(/at\(\)\.add: "x" expected numbers, got bool/);
    expect(() => bools.at(0).multiply(true)).toThrow(/at\(\)\.multiply: "x" expected numbers, got bool/);
    expect(bools.at(0).min(false).tolist()).toEqual([false, false]);
  });
});

describe("dtypes", () => {
  it("average sums integers as floats", () => {
    const weights = new Int32Array([2147483647, 2147483647]);
    expect(jnp.average(new Int32Array([6, 7]), { weights }).item()).toBe(6.5);
    expect(jnp.average(jnp.array([6, 7], "bfloat16"), { weights: new Int8Array([1, 2]) }).dtype).toBe("bfloat16");
    expect(jnp.average(jnp.array([true, false]), { weights: jnp.array([true, true]) }).item()).toBe(0.5);
  });

  it("a number that diff appends is weak", () => {
    const x = new Int32Array([1, 2, 4]);
    const whole = jnp.diff(x, { append: 1 });
    expect([whole.dtype, whole.tolist()]).toEqual(["int32", [1, 2, -3]]);
    expect(jnp.diff(x, { append: 1.5 }).dtype).toBe("float32");
    expect(jnp.diff(jnp.array([1, 2, 4], "bfloat16"), { append: 1.5, prepend: new Int32Array([2]) }).tolist()).toEqual([
      -1, 1, 2, -2.5,
    ]);
    expect(jnp.diff(jnp.array([true, false]), { append: 1 }).tolist()).toEqual([-1, 1]);
  });

  it("round leaves integers as they are, and refuses bools and tens of integers", () => {
    expect(jnp.round(new Int32Array([1, 15]), 1).tolist()).toEqual([1, 15]);
    expect(() => jnp.round(new Int32Array([1, 15]), -1)).toThrow(/"decimals" expected at least 0 for integers, got -1/);
    expect(() => jnp.round(jnp.array([true]))).toThrow(/"x" expected numbers, got bool/);
    expect(jnp.round(jnp.array([1, 15, 25], "bfloat16"), -1).tolist()).toEqual([0, 20, 20]);
  });
});

describe("convolutions without a place", () => {
  it("have an empty axis", () => {
    const rngs = new nnx.Rngs(0);
    const padding = [
      [2, 1],
      [0, 0],
    ] as const;
    expect(new nnx.Conv(2, 1, [2, 2], { padding, rngs })(jnp.ones([1, 6, 1, 2])).shape).toEqual([1, 8, 0, 1]);
    expect(new nnx.Conv(2, 1, [4], { padding: "VALID", rngs })(jnp.ones([1, 0, 2])).shape).toEqual([1, 0, 1]);
    expect(new nnx.ConvTranspose(2, 1, [4], { padding: "VALID", rngs })(jnp.ones([1, 0, 2])).tolist()).toEqual([
      [[0], [0], [0]],
    ]);
  });

  it("and so have recurrent layers without a step", () => {
    const rnn = new nnx.RNN(new nnx.LSTMCell(2, 3, { rngs: new nnx.Rngs(0) }));
    expect(rnn(jnp.ones([1, 0, 2])).shape).toEqual([1, 0, 3]);
    expect(rnn(jnp.ones([0, 2, 2])).shape).toEqual([0, 2, 3]);
  });
});
