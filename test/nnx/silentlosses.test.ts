/** What would be lost without a word is an error that says so, or is not lost. */
import { describe, expect, it } from "vitest";
import type { NDArray } from "../../src/index.ts";
import { nnx, optax, numpy as jnp } from "../../src/index.ts";

class Holder extends nnx.Module {
  readonly held: unknown;
  constructor(held: unknown) {
    super();
    this.held = held;
  }
}

/** What looks at a whole model. */
const WALKS: readonly ((model: nnx.Module) => unknown)[] = [
  (model) => nnx.state(model),
  (model) => nnx.split(model),
  (model) => nnx.clone(model),
  (model) => nnx.graphdef(model),
];

const param = (): nnx.Param => new nnx.Param([1]);

describe("attributes", () => {
  it.each<[string, () => unknown]>([
    ["a Map of Params", () => new Map([["a", param()]])],
    ["a Set of Params", () => new Set([param()])],
    ["a Map with Params for keys", () => new Map([[param(), 1]])],
    ["a Map of lists of Params", () => new Map([["a", [param()]]])],
    ["a plain object with a Map of Params", () => ({ a: new Map([["a", param()]]) })],
  ])("%s are refused wherever the model is walked", (_, make) => {
    const model = new Holder(make());
    for (const walk of WALKS)
      expect(() => walk(model)).toThrow(/^Holder\.held: expected a module, a Variable or an array, got /);
  });

  it("Maps and Sets of configuration stay", () => {
    const tables = new Map([["a", [1, 2]]]);
    expect((nnx.clone(new Holder(tables)) as Holder).held).toBe(tables);
    expect(nnx.state(new Holder(new Set([1]))).size).toBe(0);
  });

  it("a typed array is refused, unless it is said to be configuration", () => {
    expect(() => nnx.state(new Holder(new Float32Array(3)))).toThrow(
      /^Holder\.held: expected a module, a Variable or an array, got Float32Array of length 3.*\n.*nnx\.Param\(x\)/,
    );
    expect(() => nnx.data(new Float32Array(3))).toThrow(/jnp\.array\(x\)/);
    const table = nnx.static(Uint8Array.of(1, 2));
    expect((nnx.clone(new Holder(table)) as Holder).held).toBe(table);
  });

  it("a Map of Params is no model", () => {
    expect(() => nnx.state(new Map([["a", param()]]))).toThrow(/expected a module or an Rngs, got Map/);
    expect(() => nnx.data(new Map([["a", param()]]))).toThrow(/expected an array, a module/);
  });
});

describe("an item past the end of a List", () => {
  it.each([1, 5])("at %i of 1", (index) => {
    const list = new nnx.List([param()]);
    list[index] = param();
    const message = new RegExp(`expected one below the length 1, got an item at ${index}`);
    for (const walk of WALKS) expect(() => walk(list)).toThrow(message);
    if (index === 1) expect(() => [...list]).toThrow(message);
  });

  it("set and push are right", () => {
    const list = new nnx.List([param()]);
    list[0] = param();
    list.push(param());
    expect([[...list].length, nnx.state(list).size]).toEqual([2, 2]);
  });
});

describe("a forward pass that is a function of the instance", () => {
  class Arrow extends nnx.Module<[x: NDArray], NDArray> {
    readonly w = new nnx.Param([2]);
    __call__ = (x: NDArray): NDArray => jnp.multiply(x, this.w);
  }

  it("runs", () => {
    expect(new Arrow()(jnp.array([3])).tolist()).toEqual([6]);
  });

  it.each<[string, (model: Arrow) => unknown]>([
    ["clone", nnx.clone],
    ["split", nnx.split],
    ["view", (model) => nnx.view(model, { raiseIfNotFound: false })],
  ])("but nnx.%s, which makes a copy, says that it would read the original", (_, copy) => {
    expect(() => copy(new Arrow())).toThrow(/^Arrow\.__call__: expected a method, got a function of the instance/);
  });
});

/** A model of a class as a JavaScript program has it: TypeScript keeps what it is given by `declare`. */
function build(source: string): nnx.Linear {
  const Class = new Function("nnx", `return ${source}`)(nnx) as typeof nnx.Linear;
  return new Class(2, 2, { rngs: new nnx.Rngs(0) });
}

const USES: readonly ((model: nnx.Linear) => unknown)[] = [(model) => model([1, 2]), ...WALKS];

describe("a field that a subclass declares again", () => {
  it.each([
    ["class B extends nnx.Linear { kernel; }", "kernel"],
    ["class B extends nnx.Linear {\n  kernel\n}", "kernel"],
    [
      "class B extends nnx.Linear { constructor(...a) { super(...a); " +
        'Object.defineProperty(this, "kernel", { value: void 0 }); } }',
      "kernel",
    ],
    [
      "class B extends nnx.LayerNorm { scale; constructor(a, b, o) { super(a, o); } " +
        "__call__(x) { return this.scale.get(); } }",
      "scale",
    ],
  ])("%s", (source, field) => {
    for (const use of USES)
      expect(() => use(build(source))).toThrow(
        new RegExp(`^B\\.${field}: expected what the base class set, got undefined.*\n.*\n.*declare ${field}`),
      );
  });

  it.each([
    "class B extends nnx.Linear { extra; }",
    "class B extends nnx.Linear { bias; constructor(a, b, o) { super(a, b, o); this.bias = null; } }",
    "class B extends nnx.Linear { dtype = undefined; }",
  ])("is none where the base class does not set it, or it has a value: %s", (source) => {
    expect(build(source)([1, 2]).shape).toEqual([2]);
  });
});

describe("a module that vmap passes whole", () => {
  const x = jnp.arange(12).reshape([3, 2, 2]).astype("float32");
  const over = (model: nnx.BatchNorm): NDArray =>
    nnx.vmap((m: nnx.BatchNorm, row: NDArray) => m(row), { inAxes: [null, 0] })(model, x);

  it("may not be written different values by its steps, as BatchNorm in training does", () => {
    const model = new nnx.BatchNorm(2, { rngs: new nnx.Rngs(0) });
    const before = model.mean.get();
    expect(() => over(model)).toThrow(/^nnx\.vmap: argument 0 expected no step to write.*different values of mean/);
    expect(model.mean.get()).toBe(before);
  });

  it("may be read, and written one value", () => {
    const model = new nnx.BatchNorm(2, { useRunningAverage: true, rngs: new nnx.Rngs(0) });
    expect(over(model).shape).toEqual([3, 2, 2]);
    const rngs = new nnx.Rngs(0);
    const keys = nnx.vmap((r: nnx.Rngs, row: NDArray) => row.add(r.normal([2])), { inAxes: [null, 0] })(rngs, x);
    expect([keys.shape, rngs.default.count.get().item()]).toEqual([[3, 2, 2], 1]);
  });
});

it("a plain attribute of a captured module may change at every step of vmap", () => {
  class Counter extends nnx.Module {
    n = 0;
  }
  const counter = new Counter();
  const ys = nnx.vmap((row: NDArray) => {
    counter.n += 5;
    return row;
  })(jnp.ones([3]));
  expect([ys.tolist(), counter.n]).toEqual([[1, 1, 1], 15]);
});

describe("a Variable that a function under vmap captured", () => {
  const x = jnp.ones([3, 2]);
  const count: nnx.Variable = new nnx.Variable(jnp.zeros([]));
  const add = (row: NDArray): NDArray => {
    count.set(count.get().add(1));
    return row;
  };
  const captured = /expected to write to what it makes or is given, got a \w+ that it captured/;

  it.each([
    ["BatchNorm", new nnx.BatchNorm(2, { rngs: new nnx.Rngs(0) })],
    ["Dropout", new nnx.Dropout(0.5, { rngs: new nnx.Rngs(0) })],
  ] as const)("is not written by a %s, as in Flax", (_, layer) => {
    const before = JSON.stringify(nnx.toPureDict(nnx.state(layer)));
    expect(() => nnx.vmap((row: NDArray) => (layer as (y: NDArray) => NDArray)(row))(x)).toThrow(captured);
    expect(JSON.stringify(nnx.toPureDict(nnx.state(layer)))).toBe(before);
  });

  it("is not written by hand, by update, in a scan or by another step", () => {
    const model = new nnx.Linear(2, 2, { rngs: new nnx.Rngs(0) });
    const kept: nnx.Variable[] = [];
    const again = (row: NDArray): NDArray => {
      kept[0]?.set(row);
      kept.push(new nnx.Variable(row));
      return row;
    };
    for (const f of [
      add,
      again,
      (row: NDArray) => nnx.scan((carry: NDArray, y: NDArray) => [add(carry), y])(row, x)[1]!,
      (row: NDArray) => (nnx.update(model, nnx.state(model)), row),
      (row: NDArray) => nnx.vmap(add)(row),
    ])
      expect(() => nnx.vmap(f)(x), String(f)).toThrow(captured);
    expect(count.get().item()).toBe(0);
  });

  const param = new nnx.Param([1, 2], { z: 1 });
  const model = new nnx.Linear(2, 1, { rngs: new nnx.Rngs(0) });
  const optimizer = new nnx.Optimizer(model, optax.sgd(1), { wrt: nnx.Param });
  const sower = new (class extends nnx.Module {})();
  sower.sow(nnx.Intermediate, "h", jnp.ones([]));

  it.each<[string, (row: NDArray) => void]>([
    ["Param.set", () => param.setValue([3, 4])],
    ["Param.set", () => (param.value = jnp.ones([2]))],
    ["Param.setRawValue", (row) => param.setRawValue(row)],
    ["Param.setMetadata", () => param.setMetadata("a", 1)],
    ["Param.setMetadata", () => param.setMetadata({ a: 1 })],
    ["Param.delMetadata", () => param.delMetadata("z")],
    ["Param.updateFromState", (row) => param.copyFrom(new nnx.Param(row))],
    ["nnx.setMetadata", () => nnx.setMetadata(new nnx.List([new nnx.Param(1), model]), { a: 1 })],
    ["Optimizer.update", () => optimizer.update(nnx.clone(model), nnx.state(model))],
    ["Intermediate.setRawValue", (row) => sower.sow(nnx.Intermediate, "h", row)],
    ["Param.setRawValue", (row) => nnx.vmap((p: nnx.Param, y: NDArray) => p.set(y))(param, row)],
  ])("is not changed by %s, value or metadata, as in Flax", (name, change) => {
    const before = JSON.stringify([nnx.state(model), param, param.metadata, model.kernel.metadata, optimizer.step]);
    let message = "";
    try {
      nnx.vmap((row: NDArray) => (change(row), row))(x);
    } catch (error) {
      message = String(error);
    }
    expect(message).toMatch(captured);
    expect(message).toContain(`${name}: `);
    const after = JSON.stringify([nnx.state(model), param, param.metadata, model.kernel.metadata, optimizer.step]);
    expect(after).toBe(before);
  });

  it("gets metadata and raw values where it is made or given", () => {
    const change = nnx.vmap(
      (row: NDArray, given: nnx.Param) => {
        const made = new nnx.Param(row);
        made.setRawValue(made.getRawValue().add(1));
        made.setMetadata("a", 1);
        given.setRawValue(jnp.zeros([2]));
        return made.getMetadata("a") === 1 ? made.get() : row;
      },
      { inAxes: [0, null] },
    );
    const given = new nnx.Param([1, 2]);
    expect(change(x, given).slice(0).tolist()).toEqual([2, 2]);
    expect(given.get().tolist()).toEqual([0, 0]);
  });

  it("may be read, and written outside again; what a step makes or is given may be written", () => {
    const own = nnx.vmap(
      (row: NDArray, v: nnx.Variable) => {
        const made = new nnx.Variable(row);
        made.set(row.add(count));
        v.set(1);
        return nnx.vmap((y: NDArray) => y.add(1))(made.get());
      },
      { inAxes: [0, null] },
    );
    const given: nnx.Variable = new nnx.Variable(jnp.zeros([]));
    expect(own(x, given).tolist()).toEqual([
      [2, 2],
      [2, 2],
      [2, 2],
    ]);
    expect(given.get().item()).toBe(1);
    expect(add(x)).toBe(x);
    expect(count.get().item()).toBe(1);
  });

  it("has gradients in each step", () => {
    const model = new nnx.Linear(2, 1, { rngs: new nnx.Rngs(0) });
    const each = nnx.vmap((row: NDArray) => nnx.grad((m: nnx.Linear) => m(row).sum())(model));
    expect(nnx.toPureDict(each(x) as never)).toMatchObject({ kernel: { shape: [3, 2, 1] } });
  });
});

it("sow takes the numbers of a typed array, as often as it is called", () => {
  class Sower extends nnx.Module<[x: Float32Array], Float32Array> {
    override __call__(x: Float32Array): Float32Array {
      this.sow(nnx.Intermediate, "h", x);
      x[0] = 9;
      this.sow(nnx.Intermediate, "h", x);
      return x;
    }
  }
  const [, sown] = nnx.capture(new Sower(), nnx.Intermediate)(Float32Array.of(1, 2));
  const values = sown.get<nnx.Variable>("h").get() as unknown as NDArray[];
  expect(values.map((value) => value.tolist())).toEqual([
    [1, 2],
    [9, 2],
  ]);
});
