/** What many functions of nnx check is checked in one place: each must give its own name to the error. */
import { describe, expect, it } from "vitest";
import type { NDArray } from "../../src/index.ts";
import { nnx, numpy as jnp, optax, random } from "../../src/index.ts";
import { headline } from "../errors/failure.ts";

function thrownBy(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return headline(error);
  }
  return "nothing";
}

type Called = (...args: unknown[]) => unknown;

/** A step of a recurrent cell with one argument more. */
function step(cell: object, x: NDArray, more: unknown): unknown {
  const { initializeCarry } = cell as nnx.GRUCell;
  return (cell as Called)(initializeCarry.call(cell as nnx.GRUCell, x.shape, rngs), x, more);
}

const rngs = new nnx.Rngs(0);
const linear = new nnx.Linear(2, 3, { rngs });
const state = nnx.state(linear);
const never = 5 as never;
const sgd = optax.sgd(0.5);
const trainer = new nnx.Optimizer(linear, sgd, { wrt: nnx.Param });

describe("a number for a model", () => {
  it.each<[string, () => unknown]>([
    ["clone", () => nnx.clone(never)],
    ["findDuplicates", () => nnx.findDuplicates(never)],
    ["graphdef", () => nnx.graphdef(never)],
    ["map", () => nnx.map((_, leaf) => leaf, never)],
    ["pop", () => nnx.pop(never, nnx.Param)],
    ["recursiveMap", () => nnx.recursiveMap((_, x) => x, never)],
    ["setMetadata", () => nnx.setMetadata(never, {})],
    ["split", () => nnx.split(never)],
    ["state", () => nnx.state(never)],
    ["update", () => nnx.update(never, {})],
    ["view", () => nnx.view(never, {})],
    ["viewInfo", () => nnx.viewInfo(never)],
  ])("nnx.%s says so", (name, call) => {
    expect(thrownBy(call)).toBe(`TypeError: nnx.${name}: "node" expected a module or an Rngs, got 5`);
  });

  it.each<[string, string, () => unknown]>([
    ["Optimizer", "model", () => new nnx.Optimizer(never, sgd, { wrt: nnx.Param })],
    ["ModelAndOptimizer", "model", () => new nnx.ModelAndOptimizer(never, sgd)],
    ["Optimizer.update", "model", () => trainer.update(never, state)],
    ["EMA", "params", () => new nnx.EMA(never, 0.5)],
    ["EMA.update", "updates", () => new nnx.EMA(linear, 0.5).update(never)],
    ["EMA.applyTo", "model", () => new nnx.EMA(linear, 0.5).applyTo(never)],
  ])('nnx.%s names its "%s"', (name, argument, call) => {
    expect(thrownBy(call)).toBe(`TypeError: nnx.${name}: "${argument}" expected a module or an Rngs, got 5`);
  });

  it.each<[string, () => unknown]>([
    ["backupKeys", () => nnx.backupKeys(never)],
    ["forkRngs", () => nnx.forkRngs(never)],
    ["splitRngs", () => nnx.splitRngs(never, { splits: 2 })],
    ["splitRngs", () => nnx.splitRngs(null as never)],
  ])("nnx.%s says so", (name, call) => {
    const [, got] = /got (.*)$/.exec(thrownBy(call))!;
    expect(["5", "null"]).toContain(got);
    expect(thrownBy(call)).toBe(`TypeError: nnx.${name}: "node" expected a module, an Rngs or a stream, got ${got}`);
  });
});

describe("a transformation in the place of the model that was forgotten", () => {
  it.each<[string, () => unknown]>([
    ["Optimizer", () => new nnx.Optimizer(sgd as never, sgd as never)],
    ["Optimizer", () => new nnx.Optimizer(sgd, { wrt: nnx.Param } as never)],
    ["ModelAndOptimizer", () => new nnx.ModelAndOptimizer(sgd, sgd)],
  ])("nnx.%s says so", (name, call) => {
    expect(thrownBy(call)).toBe(`TypeError: nnx.${name}: "model" expected a module or an Rngs, got Object`);
  });
});

describe("a number for a State", () => {
  it.each<[string, () => unknown]>([
    ["diffState", () => nnx.diffState(never, state)],
    ["diffState", () => nnx.diffState(state, never)],
    ["filterState", () => nnx.filterState(never, nnx.Param)],
    ["mapState", () => nnx.mapState((_, leaf) => leaf, never)],
    ["replaceByPureDict", () => nnx.replaceByPureDict(never, {})],
    ["splitState", () => nnx.splitState(never, nnx.Param)],
    ["toFlatState", () => nnx.toFlatState(never)],
    ["toPureDict", () => nnx.toPureDict(never)],
  ])("nnx.%s says so", (name, call) => {
    expect(thrownBy(call)).toMatch(new RegExp(`^TypeError: nnx\\.${name}: "state" expected .*, got 5`));
  });
});

describe("filters that cannot be met", () => {
  it.each<[string, () => unknown]>([
    ["split", () => nnx.split(linear, nnx.BatchStat)],
    ["splitState", () => nnx.splitState(state, nnx.BatchStat)],
  ])("nnx.%s names itself where a leaf is left", (name, call) => {
    expect(thrownBy(call)).toMatch(
      new RegExp(`^StateError: UnexpectedKeys: nnx\\.${name}: "filters" expected to match`),
    );
  });

  it.each<[string, () => unknown]>([
    ["filterState", () => nnx.filterState(state, nnx.Rest, nnx.Param)],
    ["pop", () => nnx.pop(linear, nnx.Rest, nnx.Param)],
    ["split", () => nnx.split(linear, nnx.Rest, nnx.Param)],
    ["splitState", () => nnx.splitState(state, nnx.Rest, nnx.Param)],
    ["state", () => nnx.state(linear, nnx.Rest, nnx.Param)],
  ])("nnx.%s names itself where nnx.Rest is not the last", (name, call) => {
    expect(thrownBy(call)).toMatch(new RegExp(`^RangeError: nnx\\.${name}: "filters" expected .*Rest`));
  });
});

describe("a Variable that a function under nnx.vmap captured", () => {
  const captured = new nnx.Linear(2, 3, { rngs });
  const { kernel } = captured;
  const optimizer = new nnx.Optimizer(captured, optax.sgd(1), { wrt: nnx.Param });
  const gradients = nnx.grad((model: nnx.Linear) => model(jnp.ones([2])).sum())(captured);
  it.each<[string, () => unknown]>([
    ["Param.set", () => kernel.set(jnp.ones([2, 3]))],
    ["Param.setRawValue", () => kernel.setRawValue(jnp.ones([2, 3]))],
    ["Param.setMetadata", () => kernel.setMetadata("a", 1)],
    ["Param.delMetadata", () => kernel.delMetadata("a")],
    ["Param.updateFromState", () => kernel.updateFromState(new nnx.Param(jnp.ones([2, 3])))],
    ["nnx.update", () => nnx.update(captured, { kernel: jnp.ones([2, 3]) })],
    ["nnx.setMetadata", () => nnx.setMetadata(captured, { a: 1 })],
    ["Optimizer.update", () => optimizer.update(captured, gradients)],
  ])("%s says so", (name, call) => {
    const before = kernel.get();
    const step = (x: NDArray): NDArray => (call(), x);
    expect(thrownBy(() => nnx.vmap(step)(jnp.ones([2, 3])))).toMatch(
      new RegExp(`^TypeError: ${name}: a function under nnx\\.vmap expected to write to what it makes`),
    );
    expect(kernel.get()).toBe(before);
  });
});

describe("inputs of the wrong features", () => {
  const x = jnp.ones([4, 5, 7]);
  it.each<[string, () => unknown]>([
    ["Linear", () => new nnx.Linear(3, 2, { rngs })(x)],
    ["LinearGeneral", () => new nnx.LinearGeneral(3, 2, { rngs })(x)],
    ["Conv", () => new nnx.Conv(3, 2, 2, { rngs })(x)],
    ["ConvTranspose", () => new nnx.ConvTranspose(3, 2, 2, { rngs })(x)],
    ["Embed.attend", () => new nnx.Embed(3, 2, { rngs }).attend(x)],
    ["LayerNorm", () => new nnx.LayerNorm(3, { rngs })(x)],
    ["RMSNorm", () => new nnx.RMSNorm(3, { rngs })(x)],
    ["GroupNorm", () => new nnx.GroupNorm(3, { numGroups: 1, rngs })(x)],
    ["InstanceNorm", () => new nnx.InstanceNorm(3, { rngs })(x)],
    ["BatchNorm", () => new nnx.BatchNorm(3, { rngs })(x)],
    ["MultiHeadAttention", () => new nnx.MultiHeadAttention(1, 3, { decode: false, rngs })(x)],
    ["LoRA", () => new nnx.LoRA(3, 2, 2, { rngs })(x)],
    ["Linear", () => new nnx.LoRALinear(3, 2, { loraRank: 1, rngs })(x)],
  ])("nnx.%s says so", (name, call) => {
    expect(thrownBy(call)).toMatch(new RegExp(`^ShapeError: nnx\\.${name}: `));
  });
});

describe("an argument that is no array", () => {
  const q = jnp.ones([2, 1, 4]);
  const none = (() => 0) as never;
  it.each<[string, () => unknown]>([
    ["query", () => nnx.dotProductAttention(none, q, q)],
    ["key", () => nnx.dotProductAttention(q, none, q)],
    ["value", () => nnx.dotProductAttention(q, q, none)],
    ["bias", () => nnx.dotProductAttention(q, q, q, { bias: none })],
    ["mask", () => nnx.dotProductAttention(q, q, q, { mask: none })],
  ])('nnx.dotProductAttention names "%s"', (name, call) => {
    expect(thrownBy(call)).toMatch(new RegExp(`^TypeError: nnx\\.dotProductAttention: "${name}" expected an array`));
  });
});

describe("a mask that is no array", () => {
  const x = jnp.ones([4, 5, 6]);
  const mask = (() => 0) as never;
  it.each<[string, () => unknown]>([
    ["LayerNorm", () => new nnx.LayerNorm(6, { rngs })(x, { mask })],
    ["RMSNorm", () => new nnx.RMSNorm(6, { rngs })(x, { mask })],
    ["GroupNorm", () => new nnx.GroupNorm(6, { numGroups: 1, rngs })(x, { mask })],
    ["InstanceNorm", () => new nnx.InstanceNorm(6, { rngs })(x, { mask })],
    ["BatchNorm", () => new nnx.BatchNorm(6, { rngs })(x, { mask })],
  ])("nnx.%s says so", (name, call) => {
    expect(thrownBy(call)).toMatch(new RegExp(`^TypeError: nnx\\.${name}: "mask" expected`));
  });

  it("combineMasks names the shapes in the order they came", () => {
    expect(thrownBy(() => nnx.combineMasks(jnp.ones([2, 3]), jnp.ones([4, 3])))).toBe(
      "ShapeError: nnx.combineMasks: shapes [2, 3] and [4, 3] do not broadcast: sizes 2 and 4 differ",
    );
  });
});

describe("an epsilon that is no number", () => {
  const options = { epsilon: "a" as never, rngs };
  it.each<[string, () => unknown]>([
    ["LayerNorm", () => new nnx.LayerNorm(6, options)],
    ["RMSNorm", () => new nnx.RMSNorm(6, options)],
    ["GroupNorm", () => new nnx.GroupNorm(6, { numGroups: 1, ...options })],
    ["InstanceNorm", () => new nnx.InstanceNorm(6, options)],
    ["BatchNorm", () => new nnx.BatchNorm(6, options)],
    ["SpectralNorm", () => new nnx.SpectralNorm(new nnx.Linear(2, 3, { rngs }), options)],
    ["WeightNorm", () => new nnx.WeightNorm(new nnx.Linear(2, 3, { rngs }), options)],
  ])("nnx.%s says so", (name, call) => {
    expect(thrownBy(call)).toMatch(new RegExp(`^TypeError: nnx\\.${name}: "epsilon" expected a number`));
  });
});

it("every kind of Variable is called as its class", () => {
  const kinds = Object.entries(nnx).filter(
    ([, x]) => typeof x === "function" && ((x as unknown) === nnx.Variable || x.prototype instanceof nnx.Variable),
  );
  expect(kinds.length).toBeGreaterThan(10);
  for (const [name, kind] of kinds) expect((kind as unknown as { kind: string }).kind).toBe(name);
});

describe("one argument too many", () => {
  const x = jnp.ones([2, 3]);
  it.each<[string, string, (more: never) => unknown]>([
    ["Linear", "inputs", (more) => (new nnx.Linear(3, 2, { rngs }) as Called)(x, more)],
    ["LinearGeneral", "inputs", (more) => (new nnx.LinearGeneral(3, 2, { rngs }) as Called)(x, more)],
    ["Conv", "inputs", (more) => (new nnx.Conv(3, 2, 1, { rngs }) as Called)(x, more)],
    ["ConvTranspose", "inputs", (more) => (new nnx.ConvTranspose(3, 2, 1, { rngs }) as Called)(x, more)],
    ["Embed", "inputs", (more) => (new nnx.Embed(3, 2, { rngs }) as Called)(x, more)],
    ["LoRA", "x", (more) => (new nnx.LoRA(3, 1, 2, { rngs }) as Called)(x, more)],
    ["LoRALinear", "x", (more) => (new nnx.LoRALinear(3, 2, { loraRank: 1, rngs }) as Called)(x, more)],
    ["PReLU", "inputs", (more) => (new nnx.PReLU() as Called)(x, more)],
    ["LSTMCell", "carry, inputs", (more) => step(new nnx.LSTMCell(3, 2, { rngs }), x, more)],
    ["OptimizedLSTMCell", "carry, inputs", (more) => step(new nnx.OptimizedLSTMCell(3, 2, { rngs }), x, more)],
    ["GRUCell", "carry, inputs", (more) => step(new nnx.GRUCell(3, 2, { rngs }), x, more)],
    ["SimpleCell", "carry, inputs", (more) => step(new nnx.SimpleCell(3, 2, { rngs }), x, more)],
  ])("nnx.%s has %s", (name, places, call) => {
    const count = places.split(",").length;
    expect(thrownBy(() => call(5 as never))).toBe(
      `TypeError: nnx.${name}: expected at most ${count} argument${count > 1 ? "s" : ""} by place (${places}), ` +
        `got ${count + 1}: 5 is one too many`,
    );
    expect(thrownBy(() => call({ a: 1 } as never))).toBe(`TypeError: nnx.${name}: "options" expected nothing, got "a"`);
  });
});

describe("a scalar for a sequence", () => {
  it.each<[string, string, () => unknown]>([
    ["makeAttentionMask", "queryInput", () => nnx.makeAttentionMask(1, [1])],
    ["makeAttentionMask", "keyInput", () => nnx.makeAttentionMask([1], 1)],
    ["makeCausalMask", "x", () => nnx.makeCausalMask(1)],
  ])('nnx.%s names "%s"', (name, argument, call) => {
    expect(thrownBy(call)).toBe(`ShapeError: nnx.${name}: "${argument}" expected at least one axis, got a scalar`);
  });
});

it.each<[unknown, string]>([
  [null, "null"],
  [5, "5"],
  [[1], "an array of length 1"],
  [new Map(), "Map"],
  [linear, "Linear"],
])("setAttributes takes no %s for the attributes", (given, got) => {
  expect(thrownBy(() => linear.setAttributes(nnx.Dropout, given as never))).toBe(
    `TypeError: setAttributes: "attributes" expected an object of attributes as the last argument, got ${got}.`,
  );
});

describe("nnx.LinearGeneral names", () => {
  it.each<[string, () => unknown]>([
    ['RangeError: nnx.LinearGeneral: "inFeatures"', () => new nnx.LinearGeneral(-1, 2, { rngs })],
    ['RangeError: nnx.LinearGeneral: "outFeatures"', () => new nnx.LinearGeneral(2, -1, { rngs })],
  ])("%s", (start, call) => {
    expect(thrownBy(call).startsWith(start)).toBe(true);
  });
});

it("a Dropout's call takes a key as it is", () => {
  const layer = new nnx.Dropout(0.5);
  const x = jnp.ones([64]);
  const key = random.key(3);
  expect(layer(x, { rngs: key as never }).tolist()).toEqual(layer(x, { rngs: key as never }).tolist());
});
