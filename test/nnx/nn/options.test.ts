import { describe, expect, it } from "vitest";
import type { NDArray } from "../../../src/index.ts";
import { nnx, numpy as jnp, RngError } from "../../../src/index.ts";

const rngs = new nnx.Rngs(0);
type Options = Record<string, unknown>;

describe("options that Flax has and that could only be ignored here", () => {
  it.each<[string, (options: Options) => unknown, Options]>([
    ["Linear dotGeneral", (o) => new nnx.Linear(2, 3, o as never), { dotGeneral: () => 0 }],
    ["Linear preferredElementType", (o) => new nnx.Linear(2, 3, o as never), { preferredElementType: "float32" }],
    ["LinearGeneral dotGeneralCls", (o) => new nnx.LinearGeneral(2, 3, o as never), { dotGeneralCls: class {} }],
    ["Einsum einsumOp", (o) => new nnx.Einsum("ab,bc->ac", [2, 3], null, o as never), { einsumOp: () => 0 }],
    ["Conv convGeneralDilated", (o) => new nnx.Conv(2, 3, 3, o as never), { convGeneralDilated: () => 0 }],
    [
      "MultiHeadAttention qkvDotGeneral",
      (o) => new nnx.MultiHeadAttention(2, 4, o as never),
      { qkvDotGeneral: () => 0 },
    ],
    ["LayerNorm axisIndexGroups", (o) => new nnx.LayerNorm(2, o as never), { axisIndexGroups: [[0]] }],
    ["GRUCell dotGeneral", (o) => new nnx.GRUCell(2, 3, o as never), { dotGeneral: () => 0 }],
    [
      "RNN stateAxes",
      ({ rngs: streams, ...o }) => new nnx.RNN(new nnx.GRUCell(2, 3, { rngs: streams as nnx.Rngs }), o),
      { stateAxes: {} },
    ],
    [
      "RNN broadcastRngs",
      ({ rngs: streams, ...o }) => new nnx.RNN(new nnx.GRUCell(2, 3, { rngs: streams as nnx.Rngs }), o),
      { broadcastRngs: true },
    ],
  ])("%s is a TypeError that says why", (name, make, options) => {
    const [option] = Object.keys(options) as [string];
    expect(() => make({ rngs, ...options })).toThrow(TypeError);
    const [layer] = name.split(" ");
    expect(() => make({ rngs, ...options })).toThrow(
      new RegExp(`${layer}: "${option}" expected nothing, got .*\\. (There|Steps)`),
    );
    expect(() => make({ rngs, [option]: null })).not.toThrow();
  });

  it("a precision of at most float32's is what there is; another is a RangeError", () => {
    for (const precision of ["default", "high", "highest", "float32", null] as const)
      expect(new nnx.Linear(2, 3, { precision, rngs })([1, 2]).shape).toEqual([3]);
    expect(() => new nnx.Linear(2, 3, { precision: "bfloat16" as never, rngs })).toThrow(
      /"precision" expected one of default, high, highest, float32, fastest/,
    );
  });
});

describe("promoteDtype, a function of one's own, is asked by every layer", () => {
  const asked: unknown[] = [];
  const promoteDtype = ((operands: readonly (NDArray | undefined)[]) => {
    asked.push(operands.length);
    return operands.map((x) => (x === undefined ? undefined : jnp.asarray(x as never).mul(2)));
  }) as never;

  it.each<[string, () => (x: NDArray) => unknown]>([
    ["Linear", () => new nnx.Linear(4, 2, { promoteDtype, rngs })],
    ["LayerNorm", () => new nnx.LayerNorm(4, { promoteDtype, rngs })],
    ["RMSNorm", () => new nnx.RMSNorm(4, { promoteDtype, rngs })],
    ["GroupNorm", () => new nnx.GroupNorm(4, { numGroups: 2, promoteDtype, rngs })],
    ["InstanceNorm", () => new nnx.InstanceNorm(4, { promoteDtype, rngs })],
    ["BatchNorm", () => new nnx.BatchNorm(4, { promoteDtype, rngs })],
    ["GRUCell", () => new nnx.RNN(new nnx.GRUCell(4, 2, { promoteDtype, rngs })) as never],
  ])("%s", (_, make) => {
    asked.length = 0;
    make()(jnp.ones([3, 4]));
    expect(asked.length).toBeGreaterThan(0);
  });
});

describe("recurrent layers", () => {
  it("carryInit of the constructor makes the first carry, unless initializeCarry is told another", () => {
    const cell = new nnx.OptimizedLSTMCell(2, 3, { carryInit: nnx.initializers.ones, rngs });
    expect(cell.initializeCarry([1, 2], rngs)[1].tolist()).toEqual([[1, 1, 1]]);
    expect(cell.initializeCarry([1, 2], rngs, nnx.initializers.zeros)[0].tolist()).toEqual([[0, 0, 0]]);
  });

  it("keepRngs keeps a fork of the stream carry; without, initializeCarry must be given one", () => {
    const streams = new nnx.Rngs({ params: 0, carry: 1 });
    const cell = new nnx.GRUCell(2, 3, { keepRngs: true, rngs: streams });
    expect(streams.carry.count.get().item()).toBe(1);
    expect(nnx.toFlatState(nnx.state(cell, nnx.RngState)).map(([path]) => path.join("/"))).toEqual([
      "rngs/count",
      "rngs/key",
    ]);
    expect(cell.initializeCarry([1, 2]).shape).toEqual([1, 3]);
    expect(cell.rngs!.count.get().item()).toBe(1);
    expect(() => new nnx.GRUCell(2, 3, { rngs }).initializeCarry([1, 2])).toThrow(RngError);
  });

  it("metadata of kernels and biases arrive", () => {
    const cell = new nnx.GRUCell(2, 3, {
      kernelMetadata: { tag: "k" },
      recurrentKernelMetadata: { tag: "r" },
      biasMetadata: { tag: "b" },
      rngs,
    });
    expect([cell.dense_i.kernel.tag, cell.dense_h.kernel.tag, cell.dense_i.bias!.tag]).toEqual(["k", "r", "b"]);
  });

  it("returnCarry, of the constructor or of the call, types and gives the pair", () => {
    const cell = new nnx.GRUCell(2, 3, { rngs });
    const x = jnp.ones([4, 5, 2]);
    const [carry, outputs] = new nnx.RNN(cell, { returnCarry: true })(x);
    const [carryToo, same] = new nnx.RNN(cell)(x, { returnCarry: true });
    expect([carry.shape, outputs.shape, carryToo.tolist(), same.tolist()]).toEqual([
      [4, 3],
      [4, 5, 3],
      carry.tolist(),
      outputs.tolist(),
    ]);
    const both = new nnx.Bidirectional(new nnx.RNN(cell), new nnx.RNN(new nnx.OptimizedLSTMCell(2, 3, { rngs })), {
      returnCarry: true,
    });
    const [[ahead, [c, h]], merged] = both(x);
    expect([ahead.shape, c.shape, h.shape, merged.shape]).toEqual([
      [4, 3],
      [4, 3],
      [4, 3],
      [4, 5, 6],
    ]);
    expect(both(x, { returnCarry: false }).shape).toEqual([4, 5, 6]);
    expect(new nnx.RNN(cell, { unroll: 4 })(x).tolist()).toEqual(outputs.tolist());
    expect(() => new nnx.RNN(cell, { unroll: 0 })).toThrow(RangeError);
  });
});

describe("Sequential", () => {
  it("passes { rngs } on to the layers that take it, and to no other", () => {
    const seen: unknown[][] = [];
    const net = new nnx.Sequential(
      new nnx.Dropout(0.5),
      (...args: unknown[]) => (seen.push(args), args[0] as NDArray),
      new nnx.Sequential(new nnx.Dropout(0.5)),
    );
    const y = net(jnp.ones([64]), { rngs: new nnx.Rngs({ dropout: 1 }) });
    expect(y.tolist()).toEqual(expect.arrayContaining([0, 4]));
    expect(seen[0]!.length).toBe(1);
    expect(() => net(jnp.ones([4]))).toThrow(/"rngs" expected an Rngs/);
    for (const layer of [new nnx.MultiHeadAttention(2, 4, { rngs }), new nnx.RNN(new nnx.GRUCell(2, 3, { rngs }))])
      expect(layer.acceptsRngs).toBe(true);
  });
});
