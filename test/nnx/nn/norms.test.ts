import { describe, expect, it } from "vitest";
import { nnx, numpy as jnp, random } from "../../../src/index.ts";
import type { NDArray } from "../../../src/index.ts";
import { promoteDtype } from "../../../src/nnx/nn/dtypes.ts";
import { Linear } from "../../../src/nnx/nn/linear.ts";
import { onEachBackend } from "../../backends.ts";
import { firstDifference } from "../../bits.ts";
import type { Case, State } from "./goldennorms.ts";
import { camelKeys, expectClose, expectSame, load, stateOf, toArray } from "./goldennorms.ts";

type Layer = (x: unknown, ...rest: unknown[]) => unknown;
const LAYERS = nnx as unknown as Record<string, new (...args: unknown[]) => Layer & { useRunningAverage?: boolean }>;
const CASES = load("norms").filter(({ group }) => group === "layer");

function make(item: Case, rngs: nnx.Rngs): Layer & { useRunningAverage?: boolean } {
  const init = nnx.initializers.normal(1);
  const cell = (name: unknown, ...sizes: unknown[]): Layer => new LAYERS[name as string]!(...sizes, { rngs });
  const options = camelKeys(item.options);
  const inits = { scaleInit: init, biasInit: init };
  const name = item.fn!;
  const [first, ...sizes] = item.arguments;
  if (name === "RNN") return new LAYERS.RNN!(cell(first, ...sizes), options);
  if (name === "Bidirectional") {
    const ahead = new LAYERS.RNN!(cell(first, ...sizes));
    return new LAYERS.Bidirectional!(ahead, new LAYERS.RNN!(cell(first, ...sizes)), options);
  }
  if (name.endsWith("ctralNorm") || name === "WeightNorm")
    return new LAYERS[name]!(new Linear(5, 4, { rngs }), { ...options, rngs });
  if (item.run.cell) return new LAYERS[name]!(...item.arguments, { ...options, biasInit: init, rngs });
  if (name === "GroupNorm" && !("numGroups" in options) && item.run.mask)
    return new LAYERS[name]!(...item.arguments, { ...options, rngs });
  // Cases are told apart by what their Params begin with: drawn, or ones and zeros.
  const drawn = Object.entries(item.state).some(([path, { data }]) => path === "scale" && data[0] !== 1);
  const biased = Object.entries(item.state).some(([path, { data }]) => path === "bias" && data[0] !== 0);
  return new LAYERS[name]!(...item.arguments, {
    ...options,
    ...(drawn ? { scaleInit: inits.scaleInit } : {}),
    ...(biased ? { biasInit: inits.biasInit } : {}),
    rngs,
  });
}

function run(layer: Layer & { useRunningAverage?: boolean }, item: Case): NDArray[] {
  const xs = item.inputs.map(toArray);
  const call = (...args: unknown[]): unknown => layer(...(args as [unknown]));
  if (item.run.mask) return [call(xs[0], { mask: xs[1] })].flat(9) as NDArray[];
  if (item.run.twice) return [call(xs[0]), call(xs[0])] as NDArray[];
  if (item.run.cell) return [call(xs.length > 2 ? xs.slice(1) : xs[1], xs[0])].flat(9) as NDArray[];
  if (item.run.seq) return [call(xs[0], xs[1] === undefined ? {} : { seqLengths: xs[1] })].flat(9) as NDArray[];
  if (!item.run.train) return [call(xs[0])] as NDArray[];
  const outputs = [call(xs[0]), call(xs[1])];
  layer.useRunningAverage = true;
  return [...outputs, call(xs[2])] as NDArray[];
}

/** Flax's paths and shapes; its bits, save for what is made by LAPACK's QR there. */
function expectState(layer: object, wanted: State, exact: boolean): void {
  const state = stateOf(layer);
  expect([...state.keys()].sort()).toEqual(Object.keys(wanted).sort());
  for (const [path, values] of Object.entries(wanted)) {
    const recurrent = /(^|\/)(dense_h|h[ifgo])\/kernel$/.test(path);
    if (exact && !recurrent) expectSame(state.get(path)!, values);
    else
      state
        .get(path)!
        .data.forEach((value, i) =>
          expect(Math.abs(value - values.data[i]!), path).toBeLessThanOrEqual(
            2e-6 * Math.max(1, Math.abs(values.data[i]!)),
          ),
        );
    expect(state.get(path)!.shape).toEqual(values.shape);
  }
}

onEachBackend("layers", () => {
  it.each(
    CASES.map(
      (item, i) => [`${item.fn} #${i} ${JSON.stringify([item.arguments, item.options, item.run])}`, item] as const,
    ),
  )("%s is Flax's", (_, item) => {
    const layer = make(item, new nnx.Rngs(item.seed));
    expectState(layer, item.state, true);
    const outputs = run(layer, item);
    expect(outputs.length).toBe(item.outputs.length);
    if (item.fn === "Dropout") outputs.forEach((y, i) => expectSame(y, item.outputs[i]!));
    else outputs.forEach((y, i) => expectClose(y, item.outputs[i]!, item.outputs_float64?.[i]));
    expectState(layer, item.state_after, false);
  });
});

describe("axes", () => {
  const x = new nnx.Rngs(3).normal([2, 3, 4, 4]);
  const rngs = new nnx.Rngs(0);
  const makers: Record<string, (axes: object) => (x: NDArray) => NDArray> = {
    LayerNorm: (axes) => new nnx.LayerNorm(4, { rngs, ...axes }),
    RMSNorm: (axes) => new nnx.RMSNorm(4, { rngs, ...axes }),
    GroupNorm: (axes) => new nnx.GroupNorm(4, { numGroups: 2, rngs, ...axes }),
  };

  it.each(Object.entries(makers))("of %s count from the end where they are negative", (name, make) => {
    for (const [below, above] of [
      [[-1], [3]],
      [
        [-2, -1],
        [2, 3],
      ],
      [
        [-3, -1],
        [1, 3],
      ],
    ]) {
      const [one, other] = [make({ reductionAxes: below }), make({ reductionAxes: above })];
      expect(firstDifference(one(x).data, other(x).data), String(below)).toBe(-1);
    }
    expect(() => make({ reductionAxes: [-5, -1] })(x)).toThrow(`nnx.${name}: "axes" expected an axis from -4 to 3`);
  });
});

describe("layers", () => {
  it("the fused rows have the bits of the general way", () => {
    const init = nnx.initializers.normal(1);
    const x = new nnx.Rngs(3).normal([5, 33]);
    const layer = new nnx.LayerNorm(33, { scaleInit: init, biasInit: init, rngs: new nnx.Rngs(1) });
    expect(firstDifference(layer(x).data, layer(x, { mask: jnp.ones([5, 33], "bool") }).data)).toBe(-1);
    const rms = new nnx.RMSNorm(33, { scaleInit: init, rngs: new nnx.Rngs(1) });
    expect(firstDifference(rms(x).data, rms(x, { mask: [true] }).data)).toBe(-1);
  });

  it("setView takes the flags it knows and says which", () => {
    const norm = new nnx.BatchNorm(2, { rngs: new nnx.Rngs(0) });
    expect(norm.setView({ useRunningAverage: true, deterministic: true })).toEqual(["useRunningAverage"]);
    expect(norm.useRunningAverage).toBe(true);
    expect(norm.setView({})).toEqual([]);
    const drop = new nnx.Dropout(0.5);
    expect(drop.setView({ deterministic: true, rngs: new nnx.Rngs(0), other: 1 })).toEqual(["deterministic", "rngs"]);
    expect([drop.deterministic, drop.rngs?.tag]).toEqual([true, "default"]);
    expect(() => norm.setView({ useRunningAverage: 1 })).toThrow(TypeError);
    expect(() => drop.setView({ deterministic: 0 })).toThrow(TypeError);
  });

  it("constructing a Dropout consumes one count of the stream that serves it", () => {
    const rngs = new nnx.Rngs(0);
    expect(new nnx.Dropout(0.5, { rngs }).rngs?.tag).toBe("default");
    expect(rngs.default.count.get().item()).toBe(1);
    const named = new nnx.Rngs({ params: 0, dropout: 1 });
    expect(new nnx.Dropout(0.5, { rngs: named }).rngs?.tag).toBe("dropout");
    expect(named.params.count.get().item()).toBe(0);
  });

  it("an LSTM's carry takes two keys, a GRU's one, and no stream is an error", () => {
    const rngs = new nnx.Rngs(0);
    new nnx.LSTMCell(2, 3, { rngs: new nnx.Rngs(1) }).initializeCarry([4, 2], rngs);
    expect(rngs.default.count.get().item()).toBe(2);
    const gru = new nnx.GRUCell(2, 3, { rngs: new nnx.Rngs(1) });
    expect(gru.initializeCarry([4, 2], rngs).shape).toEqual([4, 3]);
    expect(rngs.default.count.get().item()).toBe(3);
    expect(() => gru.initializeCarry([4, 2])).toThrow(/"rngs" expected an Rngs or a stream/);
  });
});

/** Another function that does the same: layers go the general way with it. */
const general: typeof promoteDtype = (operands, dtype) => promoteDtype(operands, dtype);
const drawn = (): { scaleInit: unknown; biasInit: unknown; rngs: nnx.Rngs } => ({
  scaleInit: nnx.initializers.normal(1),
  biasInit: nnx.initializers.normal(1),
  rngs: new nnx.Rngs(5),
});
const input = (shape: number[]): NDArray => random.normal(random.key(1), shape).mul(3).add(1);
const SHAPES = [
  [3, 12],
  [2, 5, 12],
  [2, 4, 3, 48],
  [1, 7, 7, 64],
];

onEachBackend("norms in their usual case", () => {
  it.each(SHAPES.map((shape) => [shape.join(" x "), shape] as const))("have the bits of any other, %s", (_, shape) => {
    const x = input(shape);
    const size = shape.at(-1)!;
    const makers: ((options: object) => (x: NDArray) => NDArray)[] = [
      (options) => new nnx.BatchNorm(size, { ...drawn(), ...options } as never),
      (options) => new nnx.BatchNorm(size, { ...drawn(), ...options, useRunningAverage: true } as never),
      (options) =>
        new nnx.BatchNorm(size, {
          ...drawn(),
          ...options,
          useRunningAverage: true,
          useFastVariance: false,
          useScale: false,
        } as never),
      (options) => new nnx.InstanceNorm(size, { ...drawn(), ...options } as never),
      (options) => new nnx.LayerNorm(size, { ...drawn(), ...options } as never),
      (options) => new nnx.RMSNorm(size, { scaleInit: drawn().scaleInit, rngs: drawn().rngs, ...options } as never),
      ...[1, 2, 4, 12, size]
        .filter((numGroups) => size % numGroups === 0)
        .map(
          (numGroups) => (options: object) => new nnx.GroupNorm(size, { ...drawn(), ...options, numGroups } as never),
        ),
    ];
    for (const make of makers) {
      const [usual, other] = [make({}), make({ promoteDtype: general })];
      expect(firstDifference(usual(x).data, other(x).data)).toBe(-1);
      if (!(usual instanceof nnx.BatchNorm)) continue;
      for (const kept of ["mean", "var"] as const)
        expect(firstDifference(usual[kept].get().data, (other as unknown as nnx.BatchNorm)[kept].get().data)).toBe(-1);
    }
  });

  it("rows longer than the kernel's are normalised all the same", () => {
    const x = input([2, 16385]);
    const [layer, group] = [
      new nnx.LayerNorm(16385, drawn() as never),
      new nnx.GroupNorm(16385, { ...drawn(), numGroups: 1 } as never),
    ];
    expect(firstDifference(layer(x).data, group(x).data)).toBe(-1);
    expect(layer(x).shape).toEqual([2, 16385]);
  });

  it("an input of another width is refused as ever", () => {
    for (const Layer of [nnx.BatchNorm, nnx.InstanceNorm, nnx.LayerNorm, nnx.GroupNorm]) {
      const layer = new (Layer as new (size: number, options: object) => (x: NDArray) => NDArray)(4, {
        ...drawn(),
        ...(Layer === nnx.GroupNorm ? { numGroups: 2 } : {}),
      });
      expect(() => layer(input([2, 3, 6]))).toThrow(/expected/);
    }
  });
});
