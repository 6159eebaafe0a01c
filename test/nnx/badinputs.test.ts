import { describe, expect, it } from "vitest";
import { nnx, numpy as jnp, random } from "../../src/index.ts";

class Layer extends nnx.Module {
  readonly bias: nnx.Param;
  readonly kernel: nnx.Param;
  readonly count = new nnx.BatchStat(jnp.zeros([], "int32"));
  constructor(rows = 2, columns = 3) {
    super();
    this.kernel = new nnx.Param(jnp.ones([rows, columns]));
    this.bias = new nnx.Param(jnp.zeros([columns]));
  }
}

class Tied extends nnx.Module {
  readonly encoder = new Layer();
  readonly decoder: nnx.Param;
  constructor() {
    super();
    this.decoder = this.encoder.kernel;
  }
}

class Cyclic extends nnx.Module {
  readonly layer = new Layer();
  readonly me = this;
}

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof nnx.StateError) return error.code;
    throw error;
  }
  return "none";
}

describe("F: a state that does not fit a model changes nothing (bad-inputs.md)", () => {
  it("97 missing keys: merge lists all of them; update leaves what is not mentioned", () => {
    const [graphdef, state] = nnx.split(new Layer());
    const part = nnx.filterState(state, nnx.PathContains("bias"));
    expect(() => nnx.merge(graphdef, part)).toThrow(/MissingKeys: .* got none for count, kernel/);
    const layer = new Layer();
    nnx.update(layer, { bias: [1, 2, 3] });
    expect([layer.bias.get().tolist(), layer.kernel.get().tolist()]).toEqual([
      [1, 2, 3],
      [
        [1, 1, 1],
        [1, 1, 1],
      ],
    ]);
  });

  it("98 extra keys: merge, update and replaceByPureDict list them, unlike Flax, whose update adds them", () => {
    const [graphdef, state] = nnx.split(new Layer());
    const more = nnx.mergeState(state, { scale: jnp.ones([1]), other: { deep: jnp.ones([1]) } });
    expect(() => nnx.merge(graphdef, more)).toThrow(/UnexpectedKeys: .* got other\/deep, scale/);
    expect(() => nnx.replaceByPureDict(state, { scale: 1, nothing: 2 })).toThrow(
      /UnexpectedKeys: .*"scale".*"nothing"/,
    );
    const layer = new Layer();
    expect(() => nnx.update(layer, { scale: new nnx.Param([5]), "layers.0.bias": [1] })).toThrow(
      /UnexpectedKeys: .*"scale" expected to be in the model.*"layers\.0\.bias" expected/,
    );
    expect(nnx.state(layer).has("scale")).toBe(false);
    expect(codeOf(() => nnx.update(layer, { other: { deep: [1] }, bias: [9, 9, 9] }))).toBe("UnexpectedKeys");
    expect(layer.bias.get().tolist()).toEqual([0, 0, 0]);
  });

  it("99 another shape, of the same size too, is a ShapeMismatch with both", () => {
    const layer = new Layer();
    expect(() => nnx.update(layer, { kernel: jnp.ones([3, 2]) })).toThrow(
      /ShapeMismatch: .*"kernel" expected shape \[2, 3\], got \[3, 2\]/,
    );
    expect(() => nnx.replaceByPureDict(nnx.state(layer), { kernel: jnp.ones([3, 2]) })).toThrow(
      /\[2, 3\], got \[3, 2\]/,
    );
    expect(layer.kernel.shape).toEqual([2, 3]);
  });

  it("100 another dtype is a DtypeMismatch that says how to cast; plain numbers take the dtype", () => {
    const layer = new Layer();
    expect(() => nnx.update(layer, { kernel: jnp.ones([2, 3], "int32") })).toThrow(
      /DtypeMismatch: .*"kernel" expected float32, got int32\. Cast it with \.astype\("float32"\)/,
    );
    expect(codeOf(() => nnx.update(layer, { kernel: random.key(0) }))).toBe("DtypeMismatch");
    nnx.update(layer, { count: 3 });
    expect([layer.count.dtype, layer.count.get().item()]).toEqual(["int32", 3]);
  });

  it("101 a failure at the last of 1000 leaves all 1000 unchanged", () => {
    const list = new nnx.List(Array.from({ length: 1000 }, () => new nnx.Param([1, 2])));
    const state = nnx.mapState(
      (path, leaf) => (leaf as nnx.Param).replace(path[0] === 999 ? [1, 2, 3] : [7, 7]),
      nnx.state(list),
    );
    expect(codeOf(() => nnx.update(list, state))).toBe("ShapeMismatch");
    expect(list.map((v) => v.get().tolist())).toEqual(Array.from({ length: 1000 }, () => [1, 2]));
  });

  it("102 two equal keys for one shared Variable are one value, two others are not", () => {
    class Shared extends nnx.Module {
      readonly a = new nnx.RngKey(random.key(0));
      readonly b = this.a;
    }
    const model = new Shared();
    nnx.update(model, { a: random.key(1), b: random.key(1) } as never);
    expect(model.a.get().equals(random.key(1))).toBe(true);
    expect(() => nnx.update(model, { a: random.key(2), b: random.key(3) } as never)).toThrow(/AliasConflict/);
  });

  it("102 two values for one shared Variable are an AliasConflict; the same value twice is none", () => {
    const tied = new Tied();
    expect(() => nnx.update(tied, { encoder: { kernel: jnp.zeros([2, 3]) }, decoder: jnp.ones([2, 3]) })).toThrow(
      /AliasConflict: .*"encoder\/kernel" and "decoder"/,
    );
    expect(tied.decoder.get().tolist()).toEqual([
      [1, 1, 1],
      [1, 1, 1],
    ]);
    nnx.update(tied, { encoder: { kernel: jnp.zeros([2, 3]) }, decoder: jnp.zeros([2, 3]) });
    expect(tied.decoder.get().tolist()).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  it("103 an update between two calls shows in the second alone: arrays are never written to", () => {
    const layer = new Layer();
    const before = layer.kernel.get();
    nnx.update(layer, { kernel: jnp.zeros([2, 3]) });
    expect(before.tolist()).toEqual([
      [1, 1, 1],
      [1, 1, 1],
    ]);
  });

  it("105 the state of another class is a GraphMismatch", () => {
    expect(codeOf(() => nnx.update(new Layer(), nnx.state(new Tied())))).toBe("UnexpectedKeys");
    expect(codeOf(() => nnx.update(new Tied(), { encoder: jnp.ones([1]) }))).toBe("GraphMismatch");
    expect(codeOf(() => nnx.update(new Tied(), { decoder: { kernel: jnp.ones([1]) } }))).toBe("GraphMismatch");
    expect(() => nnx.update(new Layer(), { bias: new nnx.BatchStat([1, 2, 3]) })).toThrow(
      /GraphMismatch: .*"bias" expected a Param, got a BatchStat/,
    );
  });

  it("106 a thousand updates change values and nothing else", () => {
    const tied = new Tied();
    const [graphdef, state] = nnx.split(tied);
    for (let i = 0; i < 1000; i++)
      nnx.update(
        tied,
        nnx.mapState((_, leaf) => (leaf as nnx.Param).copy(), state),
      );
    expect(nnx.graphdef(tied).equals(graphdef)).toBe(true);
    expect(nnx.state(tied).size).toBe(state.size);
  });

  it("107 one Param in two modules stays one through split, merge, clone and update", () => {
    const tied = new Tied();
    for (const model of [tied, nnx.clone(tied), nnx.merge(...nnx.split(tied)), nnx.view(tied, {})]) {
      nnx.update(model, { decoder: jnp.zeros([2, 3]) });
      expect(model.encoder.kernel).toBe(model.decoder);
      expect(model.encoder.kernel.get().tolist()).toEqual([
        [0, 0, 0],
        [0, 0, 0],
      ]);
    }
  });

  it("108 a cyclic model is split, merged, cloned and updated", () => {
    const cyclic = new Cyclic();
    const copy = nnx.clone(cyclic);
    expect([copy.me === copy, copy.layer === cyclic.layer]).toEqual([true, false]);
    expect(nnx.merge(...nnx.split(cyclic)).me.layer.kernel).toBe(cyclic.layer.kernel);
    nnx.update(cyclic, { me: { me: { layer: { bias: [1, 1, 1] } } } });
    expect(cyclic.layer.bias.get().tolist()).toEqual([1, 1, 1]);
  });
});

describe("E: names and paths that are awkward in JavaScript", () => {
  it.each(["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"])(
    "87-88 %s is a plain name in states, or refused on a module; Object.prototype stays",
    (name) => {
      const before = Reflect.ownKeys(Object.prototype);
      const state = nnx.fromFlatState([[["a", name, "b"], jnp.ones([1])]]);
      const pure = nnx.toPureDict(state) as Record<string, Record<string, unknown>>;
      expect(Object.keys(pure.a!)).toEqual([name]);
      expect(nnx.mergeState(pure).get("a", name, "b").shape).toEqual([1]);
      expect(nnx.traversals.flattenMapping(pure)[0]![0]).toEqual(["a", name, "b"]);
      const layer = new Layer();
      const own = JSON.parse(`{ "${name}": 5 }`) as object;
      expect(codeOf(() => nnx.update(layer, own))).toBe("UnexpectedKeys");
      expect(Object.getPrototypeOf(layer)).toBe(Layer.prototype);
      expect(Reflect.ownKeys(Object.prototype)).toEqual(before);
      expect(() => new nnx.Dict().set("constructor", 1)).toThrow(/no method's name/);
    },
  );

  it('90 only canonical numbers are indices: "0", not "00", "-0" or "1e0"', () => {
    const restored = nnx.restoreIntPaths({ "0": 1, "00": 2, "-0": 3, "1e0": 4, "12": { "7": 5 } });
    expect([...restored.keys()]).toEqual([0, 12, "00", "-0", "1e0"]);
    expect([...(restored.get(12) as Map<number, number>).entries()]).toEqual([[7, 5]]);
    const list = new nnx.List([new nnx.Param([1])]);
    nnx.update(list, { 0: [2] });
    expect(list[0]!.get().tolist()).toEqual([2]);
    expect(codeOf(() => nnx.update(list, { "00": [3] }))).toBe("UnexpectedKeys");
    expect(codeOf(() => nnx.update(list, { 1: new nnx.Param([4]) }))).toBe("UnexpectedKeys");
    expect(list.length).toBe(1);
  });

  it("a list may be given as a plain array, by index", () => {
    const model = new nnx.Dict({ layers: new nnx.List([new Layer(), new Layer()]), scale: new nnx.Param([1, 2]) });
    nnx.update(model, { layers: [{ bias: [1, 2, 3] }, { bias: [4, 5, 6] }], scale: [3, 4] });
    const biases = (): unknown =>
      [0, 1].map((i) => (nnx.state(model).get("layers", i, "bias") as nnx.Param).get().tolist());
    expect(biases()).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(codeOf(() => nnx.update(model, { layers: [{}, {}, { bias: [1, 2, 3] }] }))).toBe("UnexpectedKeys");
    const state = nnx.state(model);
    nnx.replaceByPureDict(state, { layers: [{ bias: [7, 8, 9] }] });
    nnx.update(model, state);
    expect(biases()).toEqual([
      [7, 8, 9],
      [4, 5, 6],
    ]);
    expect(codeOf(() => nnx.replaceByPureDict(state, { layers: [{}, {}, { bias: [1, 2, 3] }] }))).toBe(
      "UnexpectedKeys",
    );
  });

  it("91 a leaf and a branch at one path are a PathConflict, in either order", () => {
    const one = jnp.ones([1]);
    expect(
      codeOf(() =>
        nnx.fromFlatState([
          [["a"], one],
          [["a", "b"], one],
        ]),
      ),
    ).toBe("PathConflict");
    expect(
      codeOf(() =>
        nnx.fromFlatState([
          [["a", "b"], one],
          [["a"], one],
        ]),
      ),
    ).toBe("PathConflict");
    expect(codeOf(() => nnx.mergeState({ a: one }, { a: { b: one } }))).toBe("PathConflict");
    expect(
      codeOf(() =>
        nnx.toPureDict(
          nnx.fromFlatState([
            [[0], one],
            [["0"], one],
          ]),
        ),
      ),
    ).toBe("PathConflict");
    expect(codeOf(() => nnx.fromFlatState([[[], one]]))).toBe("PathConflict");
  });

  it("92, 94 names that differ by normal form or by case are different", () => {
    const state = nnx.fromFlatState(["\u00e9", "e\u0301", "A", "a"].map((name) => [[name], jnp.ones([1])]));
    expect(state.keys()).toEqual(["A", "a", "e\u0301", "\u00e9"]);
  });

  it("95 paths of 10,000 parts are a LimitError, not an overflow", () => {
    const path = Array.from({ length: 10_000 }, () => "a");
    expect(() => nnx.fromFlatState([[path, jnp.ones([1])]])).toThrow(/at most 1000 parts, got 10000/);
    let deep: object = { x: 1 };
    for (let i = 0; i < 10_000; i++) deep = { a: deep };
    expect(() => nnx.traversals.flattenMapping(deep)).toThrow(/at most 1000 levels/);
    let model: nnx.Module = new Layer();
    for (let i = 0; i < 10_000; i++) model = new nnx.List([model]);
    expect(() => nnx.state(model)).toThrow(/at most 1000 deep/);
  });
});
