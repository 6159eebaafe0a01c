/** What a clone shares with its original, for every kind of leaf and every option. */
import { describe, expect, it } from "vitest";
import { nnx, numpy as jnp, random } from "../../src/index.ts";
import type { NDArray } from "../../src/index.ts";

class Model extends nnx.Module<[x: NDArray], NDArray> {
  readonly linear = new nnx.Linear(3, 4, { rngs: new nnx.Rngs(0) });
  readonly dropout = new nnx.Dropout(0.5, { rngs: new nnx.Rngs(1) });
  readonly rngs = new nnx.Rngs({ params: 2, noise: 3 });
  readonly buffer = jnp.array([5]);
  readonly list = new nnx.Variable([jnp.array([1]), { a: jnp.array([2]) }] as never);
  readonly object = new nnx.Variable({ a: jnp.array([3]), b: [random.key(4)] } as never);
  readonly shared = this.linear;
  readonly name = "model";

  override __call__(x: NDArray): NDArray {
    return this.dropout(this.linear(x)).add(this.rngs.noise!.normal([4]));
  }
}

type Leaf = nnx.Variable | NDArray;

const leavesOf = (model: object): Leaf[] => nnx.toFlatState(nnx.state(model)).map(([, leaf]) => leaf as Leaf);
const valueOf = (leaf: Leaf): unknown => (leaf instanceof nnx.Variable ? leaf.getRawValue() : leaf);
const isArray = (x: unknown): x is NDArray => x instanceof Object && "tolist" in x;

const OPTIONS = [
  ["by default", undefined, { variables: true, arrays: false }],
  ["nothing said", {}, { variables: true, arrays: false }],
  ["variables: true", { variables: true }, { variables: true, arrays: false }],
  ["variables: false", { variables: false }, { variables: false, arrays: false }],
  ["arrays: true", { arrays: true }, { variables: true, arrays: true }],
  ["arrays: false", { arrays: false }, { variables: true, arrays: false }],
  ["both", { variables: true, arrays: true }, { variables: true, arrays: true }],
  ["neither", { variables: false, arrays: false }, { variables: false, arrays: false }],
] as const;

describe.each(OPTIONS)("nnx.clone, %s", (_, options, { variables, arrays }) => {
  it(`has ${variables ? "new" : "the same"} Variables and ${arrays ? "new" : "the same"} arrays`, () => {
    const model = new Model();
    const copy = nnx.clone(model, options);
    expect(copy).not.toBe(model);
    expect(copy.linear).not.toBe(model.linear);
    expect(copy.shared).toBe(copy.linear);
    expect(copy.name).toBe("model");
    const [ours, theirs] = [leavesOf(model), leavesOf(copy)];
    expect(theirs.length).toBe(ours.length);
    ours.forEach((leaf, i) => {
      const other = theirs[i]!;
      if (leaf instanceof nnx.Variable) {
        expect(other === leaf, "the Variable").toBe(!variables);
        expect(other.constructor).toBe(leaf.constructor);
        expect((other as nnx.Variable).metadata).toEqual(leaf.metadata);
      }
      const [value, copied] = [valueOf(leaf), valueOf(other)];
      if (!isArray(value)) expect(copied, "keys and containers").toBe(value);
      else {
        expect(copied === value, "the array").toBe(!arrays);
        expect((copied as NDArray).data === value.data, "its elements").toBe(!arrays);
        expect((copied as NDArray).tolist()).toEqual(value.tolist());
        expect((copied as NDArray).dtype).toEqual(value.dtype);
      }
    });
  });

  it("gives the same answers, and draws on its own", () => {
    const model = new Model();
    const copy = nnx.clone(model, options);
    const x = jnp.array([1, 2, 3]);
    const first = model(x).tolist();
    const count = copy.rngs.noise!.count.get().item();
    expect(count).toBe(variables ? 0 : 1);
    if (variables) expect(copy(x).tolist()).toEqual(first);
    else expect(copy(x).tolist()).not.toEqual(first);
  });

  it(`a weight that is set in the copy is ${variables ? "its own" : "set in both"}`, () => {
    const model = new Model();
    const before = model.linear.kernel.get();
    const copy = nnx.clone(model, options);
    copy.linear.kernel.set(jnp.zeros([3, 4]));
    expect(model.linear.kernel.get() === before).toBe(variables);
  });
});

it("what has no elements, under evalShape, is cloned with new arrays too", () => {
  const shapes = nnx.evalShape(() => nnx.clone(new Model(), { arrays: true }));
  expect(shapes.linear.kernel.shape).toEqual([3, 4]);
  expect(() => shapes.linear.kernel.get().data).toThrow(/no values/);
});

it("a Rngs, a stream, a list and a dictionary are cloned as what they are", () => {
  const rngs = new nnx.Rngs(0);
  rngs.params!();
  const copy = nnx.clone(rngs, { arrays: true });
  expect(copy.params!().equals(rngs.params!())).toBe(true);
  const list = nnx.clone(new nnx.List([new nnx.Param([1]), "text"]), { arrays: true });
  expect([list.length, list.get(1)]).toEqual([2, "text"]);
  const dict = nnx.clone(new nnx.Dict({ a: new nnx.Param([1]), b: 2 }), { arrays: true });
  expect([dict.get("b"), (dict.get("a") as nnx.Param).get().tolist()]).toEqual([2, [1]]);
});

describe("Variables print what they hold", () => {
  it.each([
    [new nnx.Param([1, 2]), "Param([1. 2.])"],
    [new nnx.Variable({ a: 1, b: jnp.array([2]) } as never), "Variable({a: 1, b: [2.]})"],
    [new nnx.Variable([jnp.array([1]), { a: [jnp.array([2]), "x"] }] as never), "Variable([[1.], {a: [[2.], x]}])"],
    [new nnx.BatchStat(jnp.array(3)), "BatchStat(3.0)"],
  ])("%s", (variable, text) => {
    expect(String(variable)).toBe(text);
  });
});

it("keeps items of data that are called as members of Object.prototype", () => {
  class Held extends nnx.Module {
    readonly items = nnx.data({ toString: new nnx.Param([1]), valueOf: new nnx.Param([2]) });
  }
  const model = new Held();
  for (const copy of [nnx.clone(model), nnx.merge(...nnx.split(model))]) {
    expect(Object.keys(copy.items)).toEqual(["toString", "valueOf"]);
    expect(nnx.toFlatState(nnx.state(copy))).toEqual(nnx.toFlatState(nnx.state(model)));
  }
});
