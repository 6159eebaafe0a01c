import { describe, expect, it, vi } from "vitest";
import type { NDArray } from "../../src/index.ts";
import { backend, ModuleBasics, nnx, numpy as jnp, optax, random, ShapeError, useBackend } from "../../src/index.ts";

class Big extends nnx.Module<[x: NDArray], NDArray> {
  readonly kernel: nnx.Param;
  readonly bias: nnx.Param;
  readonly buffer: NDArray;
  readonly rngs: nnx.Rngs;
  constructor(n: number, rngs: nnx.Rngs) {
    super();
    this.kernel = new nnx.Param(nnx.initializers.lecunNormal()(rngs.params(), [n, n]));
    this.bias = new nnx.Param(
      jnp
        .zeros([n])
        .add(1)
        .mul(
          this.kernel
            .get()
            .reshape([n, n])
            .matmul(jnp.ones([n])),
        ),
    );
    this.buffer = jnp.exp(jnp.ones([n, n])).astype("int32");
    this.rngs = rngs.fork();
  }
  override __call__(x: NDArray): NDArray {
    return x.matmul(this.kernel).add(this.bias);
  }
}

describe.each(["core", "wasm", "auto"] as const)("evalShape on the backend %s", (name) => {
  it("builds a model of 10^10 numbers, with shapes, dtypes and real keys, and no values", () => {
    useBackend(name);
    const big = nnx.evalShape(() => new Big(100_000, new nnx.Rngs(0)));
    expect([big.kernel.shape, big.bias.shape, big.buffer.dtype, big.kernel.get().size]).toEqual([
      [100_000, 100_000],
      [100_000],
      "int32",
      10 ** 10,
    ]);
    expect(String(big.kernel)).toBe("Param(ShapeDtypeStruct(shape=[100000, 100000], dtype=float32))");
    expect(big.rngs.default.key.get().equals(new Big(2, new nnx.Rngs(0)).rngs.default.key.get())).toBe(true);
    for (const read of [
      () => big.kernel.get().data,
      () => big.bias.get().tolist(),
      () => jnp.zeros([1]).add(big.bias),
      () => big(jnp.ones([100_000])),
    ]) {
      expect(read).toThrow(/has a shape but no values, made under nnx\.evalShape/);
    }
    useBackend("auto");
  });
});

it("shapes are checked as ever, and afterwards arrays have values again", () => {
  expect(() => nnx.evalShape(() => new ModuleBasics(3, 4, new nnx.Rngs(0))([1, 2]))).toThrow(ShapeError);
  expect(() => nnx.evalShape(() => jnp.ones([2]).tolist())).toThrow(/no values/);
  expect(jnp.ones([2]).tolist()).toEqual([1, 1]);
  expect(backend().name).toBe("wasm");
});

it("the result of a call has its shape; what was made outside is not changed", () => {
  const model = new ModuleBasics(3, 4, new nnx.Rngs(0));
  const y = nnx.evalShape((x: NDArray) => model(x), jnp.ones([5, 3]));
  expect(String(y)).toBe("ShapeDtypeStruct(shape=[5, 4], dtype=float32)");
  expect(String(nnx.evalShape(() => model).kernel.get())).toMatch(/^ShapeDtypeStruct/);
  expect(model(jnp.ones([3])).shape).toEqual([4]);
  expect(Number.isFinite(model.kernel.get().data[0])).toBe(true);
});

it("a model without values is filled by update and then runs; missing values are noticed", () => {
  const source = new ModuleBasics(3, 4, new nnx.Rngs(5));
  const empty = nnx.evalShape(() => new ModuleBasics(3, 4, new nnx.Rngs(0)));
  expect(() => empty(jnp.ones([3]))).toThrow(/Load values first: nnx\.update\(model, state\)/);
  nnx.update(empty, nnx.state(source));
  expect(empty([1, 2, 3]).tolist()).toEqual(source([1, 2, 3]).tolist());
  const [graphdef, abstract] = nnx.getAbstractModel(() => new ModuleBasics(3, 4, new nnx.Rngs(0)));
  nnx.replaceByPureDict(abstract, nnx.toPureDict(nnx.state(source)));
  expect(nnx.merge(graphdef, abstract)([1, 2, 3]).tolist()).toEqual(source([1, 2, 3]).tolist());
});

it("a stack of layers has shapes under evalShape too", () => {
  const stack = nnx.evalShape(() =>
    nnx.vmap((key: random.Key) => new Big(50_000, new nnx.Rngs(key)))(random.split(random.key(0), 3)),
  );
  expect([stack.kernel.shape, stack.buffer.shape, stack.rngs.default.key.shape]).toEqual([
    [3, 50_000, 50_000],
    [3, 50_000, 50_000],
    [3],
  ]);
});

it("initializers and samplers of 10^10 numbers take no time", () => {
  const big = [300, 300, 300, 400];
  const { initializers } = nnx;
  const key = random.key(0);
  const makers = [
    initializers.deltaOrthogonal(),
    initializers.orthogonal(),
    initializers.heUniform(),
    initializers.truncatedNormal(),
    initializers.constant(2),
  ];
  const samplers = [
    () => random.bernoulli(key, 0.5, big),
    () => random.randint(key, big, 0, 9),
    () => random.gumbel(key, big),
    () => random.permutation(key, 10 ** 9).reshape([10, 10 ** 8]),
  ];
  for (const draw of [...makers.map((init) => () => init(key, big)), ...samplers])
    expect(nnx.evalShape(draw).size).toBeGreaterThanOrEqual(10 ** 9);
});

it("asAbstract takes states and containers; what is no function is refused", () => {
  const state = nnx.asAbstract(nnx.state(new ModuleBasics(3, 4, new nnx.Rngs(0))));
  expect(String(state.get("kernel"))).toBe("Param(ShapeDtypeStruct(shape=[3, 4], dtype=float32))");
  expect(String(nnx.asAbstract({ a: [jnp.ones([2])] }).a[0])).toBe("ShapeDtypeStruct(shape=[2], dtype=float32)");
  expect(() => nnx.evalShape(5 as never)).toThrow(/right: nnx\.evalShape\(\(\) => new Model/);
  expect(() => nnx.evalShape(async () => 1)).toThrow(/not asynchronous/);
});

/** A class whose objects may not have more than 2^20 of what it counts. */
function refusing<C extends new (...args: never[]) => object>(type: C): C {
  return new Proxy(type, {
    construct(target, args: unknown[], as) {
      if (typeof args[0] === "number" && args[0] > 2 ** 20) throw new Error(`allocated ${args[0]}`);
      return Reflect.construct(target, args, as) as object;
    },
  });
}

describe("allocates nothing for results of 2^26 elements", () => {
  const WIDE = 2 ** 26;
  const wide = (): NDArray => jnp.zeros([16, WIDE]);

  it.each<[string, () => NDArray]>([
    ["x @ W", () => jnp.zeros([16]).matmul(wide())],
    ["X @ W", () => jnp.zeros([2, 16]).matmul(wide())],
    ["a Linear of one row", () => new nnx.Linear(16, WIDE, { rngs: new nnx.Rngs(0) })(jnp.zeros([16]))],
    ["a Linear", () => new nnx.Linear(16, WIDE, { rngs: new nnx.Rngs(0) })(jnp.zeros([2, 16]))],
    [
      "a bfloat16 Linear",
      () => new nnx.Linear(16, WIDE, { paramDtype: "bfloat16", rngs: new nnx.Rngs(0) })(jnp.zeros([16])),
    ],
    ["a sum", () => wide().sum(0)],
    ["a softmax", () => nnx.softmax(wide())],
    ["a norm", () => nnx.standardize(wide())],
    ["draws", () => random.normal(random.key(0), [WIDE])],
    ["an index", () => wide().slice(":", "::-1")],
    ["a sort", () => jnp.sort(wide())],
    ["the loss of labels", () => optax.softmaxCrossEntropyWithIntegerLabels(wide(), jnp.zeros([16], "int32"))],
    ["a convolution", () => new nnx.Conv(1, 1, [3], { rngs: new nnx.Rngs(0) })(jnp.zeros([1, WIDE, 1]))],
  ])("%s", (_, run) => {
    const { Float32Array: Floats, Int32Array: Ints, Uint32Array: Words, ArrayBuffer: Bytes } = globalThis;
    for (const [name, type] of Object.entries({
      Float32Array: Floats,
      Int32Array: Ints,
      Uint32Array: Words,
      ArrayBuffer: Bytes,
    }))
      vi.stubGlobal(name, refusing(type as never));
    try {
      expect(nnx.evalShape(run).shape.length).toBeGreaterThan(0);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});
