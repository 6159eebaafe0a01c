import { describe, expect, it } from "vitest";
import { nnx, numpy as jnp, RngError, ShapeError } from "../../../src/index.ts";
import type { NDArray } from "../../../src/index.ts";
import { useBackend } from "../../../src/backend/index.ts";
import { onEachBackend } from "../../backends.ts";
import { firstDifference } from "../../bits.ts";

const rngs = (): nnx.Rngs => new nnx.Rngs(0);
type Sized = new (size: number, options: { rngs: nnx.Rngs }) => (x: unknown) => NDArray;
const NORMS = [nnx.LayerNorm, nnx.RMSNorm, nnx.BatchNorm, nnx.InstanceNorm] as unknown as Sized[];

describe("G. arrays, layers: norms, Dropout, recurrent cells", () => {
  it("109. sizes that are none name the argument; 0 is one, and 1.5 is 1", () => {
    for (const Norm of NORMS) {
      expect(() => new Norm(-1, { rngs: rngs() })).toThrow(
        `nnx.${Norm.name}: "numFeatures" expected a size of at least 0, got -1`,
      );
      expect(() => new Norm(NaN, { rngs: rngs() })).toThrow(RangeError);
      for (const size of ["4", null, true])
        expect(() => new Norm(size as never, { rngs: rngs() })).toThrow(/"numFeatures" expected a number/);
      expect(() => new Norm(4, {} as never)).toThrow(/"rngs" expected an nnx.Rngs/);
      expect(new Norm(0, { rngs: rngs() })(jnp.zeros([2, 3, 0])).shape).toEqual([2, 3, 0]);
      expect(new Norm(1.5, { rngs: rngs() })([[[1], [2]]]).shape).toEqual([1, 2, 1]);
    }
    for (const Cell of [nnx.LSTMCell, nnx.OptimizedLSTMCell, nnx.GRUCell, nnx.SimpleCell] as (typeof nnx.GRUCell)[]) {
      expect(() => new Cell(-1, 3, { rngs: rngs() })).toThrow(/"inFeatures" expected a size/);
      expect(() => new Cell(2, "3" as never, { rngs: rngs() })).toThrow(/"hiddenFeatures" expected a number/);
      expect(() => new Cell(2, 3, undefined as never)).toThrow(/"rngs" expected an nnx.Rngs/);
    }
    expect(() => new nnx.GroupNorm(6, { numGroups: 4, rngs: rngs() })).toThrow(
      /"numGroups" expected a divisor of the 6 features, got 4/,
    );
    expect(() => new nnx.GroupNorm(6, { numGroups: 0, rngs: rngs() })).toThrow(RangeError);
    expect(() => new nnx.GroupNorm(6, { numGroups: 2, groupSize: 3, rngs: rngs() })).toThrow(
      /either "numGroups" or "groupSize"/,
    );
  });

  it("110. features that do not fit are a ShapeError naming both", () => {
    for (const Norm of NORMS)
      expect(() => new Norm(4, { rngs: rngs() })(jnp.ones([2, 3, 5]))).toThrow(
        /expected 4 features along axis 2, got shape \[2, 3, 5\]/,
      );
    expect(() => new nnx.GroupNorm(4, { numGroups: 2, rngs: rngs() })(jnp.ones([2, 5]))).toThrow(ShapeError);
    expect(() => new nnx.InstanceNorm(4, { featureAxes: 0, rngs: rngs() })(jnp.ones([4, 5]))).toThrow(ShapeError);
    expect(() => new nnx.LayerNorm(4, { reductionAxes: 3, rngs: rngs() })(jnp.ones([2, 4]))).toThrow(RangeError);
    expect(() => new nnx.RNN(new nnx.GRUCell(2, 3, { rngs: rngs() }))(jnp.ones([2]))).toThrow(ShapeError);
    expect(() =>
      new nnx.RNN(new nnx.GRUCell(2, 3, { rngs: rngs() }))(jnp.ones([4, 5, 2]), { seqLengths: [1n, 2n] }),
    ).toThrow(/"seqLengths" expected shape \[4\]/);
    expect(() => nnx.glu([1, 2, 3])).toThrow(ShapeError);
    const norm = new nnx.BatchNorm(4, { rngs: rngs() });
    expect(() => norm(jnp.ones([2, 5]))).toThrow(ShapeError);
    expect(norm.mean.get().tolist()).toEqual([0, 0, 0, 0]);
  });

  it("111. a batch of 0 gives a batch of 0", () => {
    for (const Norm of NORMS) expect(new Norm(4, { rngs: rngs() })(jnp.zeros([0, 3, 4])).shape).toEqual([0, 3, 4]);
    expect(new nnx.GroupNorm(4, { numGroups: 2, rngs: rngs() })(jnp.zeros([0, 4])).shape).toEqual([0, 4]);
    expect(new nnx.RNN(new nnx.GRUCell(2, 3, { rngs: rngs() }))(jnp.zeros([0, 5, 2])).shape).toEqual([0, 5, 3]);
    expect(new nnx.Dropout(0.5, { rngs: rngs() })(jnp.zeros([0, 2])).shape).toEqual([0, 2]);
    expect(nnx.softmax(jnp.zeros([0, 4])).shape).toEqual([0, 4]);
  });

  it("116. NaN, infinities, -0 and subnormals give the same bits on both backends", () => {
    const rows = [
      [NaN, NaN, NaN, NaN],
      [Infinity, Infinity, -Infinity, 1],
      [-0, 0, -0, -0],
      [1e-40, -1e-40, 2e-45, -2e-45],
      [1e-40, 1, -1e38, 3e38],
    ];
    const layers = [
      new nnx.LayerNorm(4, { rngs: rngs() }),
      new nnx.RMSNorm(4, { epsilon: 0, rngs: rngs() }),
      new nnx.GroupNorm(4, { numGroups: 2, rngs: rngs() }),
      nnx.softmax,
      nnx.logSoftmax,
      nnx.standardize,
      nnx.logsumexp,
      nnx.relu,
      nnx.gelu,
      nnx.silu,
      nnx.elu,
      nnx.softplus,
      jnp.sum,
      jnp.mean,
      jnp.var,
      jnp.max,
      jnp.prod,
    ] as ((x: unknown) => NDArray)[];
    try {
      for (const layer of layers) {
        for (const row of [...rows, rows]) {
          useBackend("core");
          const core = layer([row].flat(row === rows ? 1 : 0)).data;
          useBackend("wasm");
          expect(firstDifference(core, layer([row].flat(row === rows ? 1 : 0)).data)).toBe(-1);
        }
      }
    } finally {
      useBackend("auto");
    }
  });

  it("121. BatchNorm of one sample is its bias, and the variance kept shrinks", () => {
    const norm = new nnx.BatchNorm(2, { rngs: rngs() });
    expect(norm([[3, -4]]).tolist()).toEqual([[0, 0]]);
    expect(norm.var.get().tolist()).toEqual([0.99, 0.99].map(Math.fround));
    expect(norm(jnp.zeros([0, 2])).shape).toEqual([0, 2]);
    expect(norm.mean.get().tolist()).toEqual([NaN, NaN]);
    expect(() => new nnx.BatchNorm(2, { useRunningAverage: undefined, rngs: rngs() })([[1, 2]])).toThrow(
      /"useRunningAverage" expected a boolean, got none/,
    );
  });

  it("122. Dropout takes rates from 0 to 1; 1 gives zeros, 0 the input", () => {
    for (const rate of [-0.1, 1.1, NaN, Infinity])
      expect(() => new nnx.Dropout(rate)).toThrow(/"rate" expected a number from 0 to 1/);
    expect(() => new nnx.Dropout("0.5" as never)).toThrow(TypeError);
    expect(new nnx.Dropout(1, { rngs: rngs() })([1, NaN]).tolist()).toEqual([0, 0]);
    expect(new nnx.Dropout(0)([1, 2]).tolist()).toEqual([1, 2]);
    expect(() => new nnx.Dropout(0.5)([1])).toThrow(/"rngs" expected an Rngs, a stream or a key, got none/);
    expect(() => new nnx.Dropout(0.5, { rngs: 0 as never })).toThrow(TypeError);
    expect(() => new nnx.Dropout(0.5, { deterministic: undefined, rngs: rngs() })([1])).toThrow(
      /"deterministic" expected a boolean, got none/,
    );
    expect(() => new nnx.Dropout(0.5, { rngs: new nnx.Rngs({ params: 0 }) })).toThrow(RngError);
  });
});

onEachBackend("G. along axes", () => {
  it("117. softmax of all -Infinity, of 1e38 and of length 0 and 1 is JAX's", () => {
    expect(nnx.softmax([-Infinity, -Infinity]).tolist()).toEqual([NaN, NaN]);
    expect(nnx.softmax([1e38, 1e38, -1e38]).tolist()).toEqual([0.5, 0.5, 0]);
    expect(nnx.softmax(jnp.zeros([0])).shape).toEqual([0]);
    expect(nnx.softmax([-7]).tolist()).toEqual([1]);
    expect(nnx.logSoftmax([-Infinity, -Infinity]).tolist()).toEqual([NaN, NaN]);
    expect(nnx.logsumexp([-Infinity, -Infinity]).item()).toBe(-Infinity);
    expect(nnx.logsumexp(jnp.zeros([0])).item()).toBe(-Infinity);
  });

  it("118. LayerNorm of a constant row without epsilon is NaN, as 0 times infinity is", () => {
    const norm = new nnx.LayerNorm(4, { epsilon: 0, rngs: rngs() });
    expect(norm([3, 3, 3, 3]).tolist()).toEqual([NaN, NaN, NaN, NaN]);
    expect(new nnx.LayerNorm(4, { rngs: rngs() })([3, 3, 3, 3]).tolist()).toEqual([0, 0, 0, 0]);
  });

  it("a BatchNorm keeps its statistics where the mask does not fit", () => {
    const norm = new nnx.BatchNorm(2, { rngs: rngs() });
    expect(() => norm([[1, 2]], { mask: [true, true, false] })).toThrow(
      'nnx.BatchNorm: "mask" expected a shape that broadcasts to [1, 2], got [3]',
    );
    expect([norm.mean.get().tolist(), norm.var.get().tolist()]).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  it("123. lengths 1 to 67 and 1023 to 1025 have the bits of their beginnings' sums", () => {
    const x = new nnx.Rngs(1).normal([1025]).data as Float32Array;
    for (const n of [...Array.from({ length: 67 }, (_, i) => i + 1), 1023, 1024, 1025]) {
      const parts = new Float32Array(16);
      for (let k = 0; k < n; k++) parts[k % 16] = parts[k % 16]! + x[k]!;
      for (const half of [8, 4, 2, 1]) for (let p = 0; p < half; p++) parts[p] = parts[p]! + parts[p + half]!;
      expect(jnp.sum(x.slice(0, n)).item(), `of ${n}`).toBe(parts[0]);
      expect(nnx.softmax(x.slice(0, n)).sum().item()).toBeCloseTo(1, 5);
    }
  });
});
