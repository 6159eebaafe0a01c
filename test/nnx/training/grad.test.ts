import { afterEach, describe, expect, it } from "vitest";
import { DATA, interpreter } from "../../../src/array/index.ts";
import type { NDArray } from "../../../src/index.ts";
import { grad as jaxGrad, jvp, nnx, numpy as jnp, vjp } from "../../../src/index.ts";
import { onEachBackend } from "../../backends.ts";
import type { Encoded } from "../../golden/load.ts";
import { numbersOf, recorded, toArray } from "../../golden/training.ts";
import { ulp } from "../../autodiff/acceptance.ts";

afterEach(() => expect(interpreter.current).toBe(undefined));

interface Golden {
  readonly x: Encoded;
  readonly y: Encoded;
  readonly meta: { readonly seed_base: number };
  readonly cases: readonly ({ readonly case: string } & Record<string, unknown>)[];
}

const { x: X, y: Y, meta, cases } = recorded<Golden>("grad_transforms");
const SEED = meta.seed_base;
const golden = (name: string): Record<string, never> =>
  cases.find((one) => one.case === name) as unknown as Record<string, never>;

/** Within 4 ulp of the greatest element, of all arrays of a case: JAX sums in another order. */
function expectClose(got: NDArray, want: Encoded, scale = greatest([want])): void {
  const values = numbersOf(want);
  expect(got.shape).toEqual(want.shape);
  got.data.forEach((value, i) => expect(Math.abs(value - values[i]!)).toBeLessThanOrEqual(4 * ulp(scale)));
}

function greatest(arrays: readonly Encoded[]): number {
  return Math.max(...arrays.flatMap(numbersOf).map(Math.abs));
}

function expectState(got: nnx.State, want: Record<string, Encoded>): void {
  const paths = nnx.toFlatState(got).map(([path]) => path.join("/"));
  expect(paths).toEqual(Object.keys(want));
  for (const [path, leaf] of got)
    expectClose((leaf as nnx.Variable).get(), want[path.join("/")]!, greatest(Object.values(want)));
}

const loss = (m: nnx.Linear, x: NDArray, y: NDArray): NDArray => m(x).sub(y).pow(2).mean();
const linear = (): nnx.Linear => new nnx.Linear(2, 3, { rngs: new nnx.Rngs(SEED) });

onEachBackend("the gradients of Flax", () => {
  const [x, y] = [toArray(X), toArray(Y)];

  it("grad gives a State of Params", () => {
    const g = nnx.grad(loss)(linear(), x, y);
    expect(g).toBeInstanceOf(nnx.State);
    expect(g.get("kernel")).toBeInstanceOf(nnx.Param);
    expectState(g, golden("grad").grads);
  });

  it("valueAndGrad gives the value first", () => {
    const [value, g] = nnx.valueAndGrad(loss)(linear(), x, y);
    expectClose(value, golden("valueAndGrad").value);
    expectState(g, golden("valueAndGrad").grads);
  });

  it("argnums may be several", () => {
    const [g, dx] = nnx.grad(loss, { argnums: [0, 1] })(linear(), x, y);
    const want = golden("argnums [0, 1]").grads as unknown as [Record<string, Encoded>, Encoded];
    expectState(g, want[0]);
    expectClose(dx, want[1]);
  });

  it("a DiffState chooses", () => {
    const g = nnx.grad(loss, { argnums: new nnx.DiffState(0, nnx.PathContains("bias")) })(linear(), x, y);
    expectState(g, golden("DiffState(0, PathContains('bias'))").grads);
  });

  it("aux is handed through", () => {
    const f = (m: nnx.Linear, x: NDArray, y: NDArray): readonly [NDArray, NDArray] => [loss(m, x, y), m(x)];
    const [[value, aux], g] = nnx.valueAndGrad(f, { hasAux: true })(linear(), x, y);
    const want = golden("hasAux");
    expectClose(value, want.value);
    expectClose(aux, want.aux);
    expect(aux[DATA].plain).toBe(undefined);
    expectState(g, want.grads);
  });

  it("the statistics of BatchNorm are updated", () => {
    const norm = new nnx.BatchNorm(2, { rngs: new nnx.Rngs(SEED) });
    const g = nnx.grad((b: nnx.BatchNorm, x: NDArray) => b(x).pow(2).sum())(norm, x);
    const want = golden("BatchNorm: its statistics are updated by grad");
    expectState(g, want.grads);
    expectClose(norm.mean.get(), want.mean);
    expectClose(norm.var.get(), want.var);
    expect(norm.mean.get()[DATA].plain).toBe(undefined);
  });

  it("vjp and jvp, and the hessian", () => {
    const f = (x: NDArray): NDArray => jnp.tanh(x).mul(x);
    const direction = y.slice(":", ":2");
    const [out, back] = vjp(f, x);
    expectClose(out, golden("vjp of tanh(x) * x").out);
    expectClose(back(direction)[0], golden("vjp of tanh(x) * x").grads);
    const [value, tangent] = jvp(f, [x], [direction]);
    expectClose(value, golden("jvp of tanh(x) * x").out);
    expectClose(tangent, golden("jvp of tanh(x) * x").tangent);
  });
});

describe("nnx.grad", () => {
  it("lists what is shared once, with the sum, and zeros for what was not used", () => {
    class Net extends nnx.Module<[x: NDArray], NDArray> {
      first = new nnx.Param([1, 2]);
      second = this.first;
      unused = new nnx.Param([[5]]);
      override __call__(x: NDArray): NDArray {
        return x.mul(this.first).add(x.mul(this.second)).sum();
      }
    }
    const net = new Net();
    const before = net.first.get();
    const g = nnx.grad((m: Net, x: NDArray) => m(x))(net, jnp.array([3, 4]));
    expect([...g].map(([path, leaf]) => [path.join("/"), (leaf as nnx.Param).get().tolist()])).toEqual([
      ["first", [6, 8]],
      ["unused", [[0]]],
    ]);
    expect(net.first.get()).toBe(before);
  });

  it("keeps metadata and the class of Variables", () => {
    class Mine extends nnx.Param {}
    const v = new Mine([1, 2], { sharding: "x" });
    const g = nnx.grad((v: Mine) => v.get().mul(3).sum())(v);
    expect([g.constructor, g.metadata, g.get().tolist()]).toEqual([Mine, { sharding: "x" }, [3, 3]]);
    expect(g).not.toBe(v);
  });

  it("keeps what the function assigned, as ordinary arrays, and puts back what it did not", () => {
    class Net extends nnx.Module<[x: NDArray], NDArray> {
      a = new nnx.Param(2);
      b = new nnx.Param(3);
      sum = new nnx.BatchStat(0);
      rngs = new nnx.Rngs(0);
      override __call__(x: NDArray): NDArray {
        const y = x.mul(this.a).mul(this.b);
        this.sum.set(this.sum.get().add(y));
        this.b.set(y);
        this.rngs.params();
        return y;
      }
    }
    const net = new Net();
    const g = nnx.grad((m: Net, x: NDArray) => m(x))(net, jnp.array(5));
    expect([...g].map(([, leaf]) => (leaf as nnx.Param).get().item())).toEqual([15, 10]);
    expect([net.a, net.b, net.sum].map((v) => v.get().item())).toEqual([2, 30, 30]);
    for (const v of [net.a, net.b, net.sum]) expect(v.get()[DATA].plain).toBe(undefined);
    expect(net.rngs.params.count.get().item()).toBe(1);
  });

  it("leaves every value as it was after an exception", () => {
    const norm = new nnx.BatchNorm(2, { rngs: new nnx.Rngs(0) });
    const dropout = new nnx.Dropout(0.5, { rngs: new nnx.Rngs(1) });
    const before = [...nnx.state(norm), ...nnx.state(dropout)].map(([, leaf]) => (leaf as nnx.Variable).getRawValue());
    const f = (b: nnx.BatchNorm, d: nnx.Dropout, x: NDArray): NDArray => {
      d(b(x));
      throw new RangeError("stop");
    };
    expect(() => nnx.grad(f)(norm, dropout, jnp.ones([4, 2]))).toThrow("stop");
    const after = [...nnx.state(norm), ...nnx.state(dropout)].map(([, leaf]) => (leaf as nnx.Variable).getRawValue());
    expect(after.every((value, i) => value === before[i])).toBe(true);
    // The result is not a scalar: that is an exception too.
    expect(() => nnx.grad((b: nnx.BatchNorm, x: NDArray) => b(x))(norm, jnp.ones([4, 2]))).toThrow(
      'nnx.grad: "f" expected to return a scalar, got shape [4, 2]. Sum or average it',
    );
    expect(norm.mean.getRawValue()).toBe(before[[...nnx.state(norm)].findIndex(([path]) => path[0] === "mean")]);
  });

  it("differentiates lists and objects of modules, States and buffers", () => {
    const layers = [linear(), linear()];
    const g = nnx.grad((m: nnx.Linear[], x: NDArray) => m[0]!(x).add(m[1]!(x)).sum())(layers, jnp.ones([2]));
    expect(g.map((state) => state.size)).toEqual([2, 2]);
    const state = nnx.state(linear());
    const gs = nnx.grad((s: nnx.State) => (s.get<nnx.Param>("bias").get() as NDArray).mul(2).sum())(state);
    expect((gs.get("bias") as nnx.Param).get().tolist()).toEqual([2, 2, 2]);
    class Buffered extends nnx.Module {
      buffer = jnp.array([1, 2]);
    }
    const buffered = new Buffered();
    const before = buffered.buffer;
    const all = new nnx.DiffState(0, true);
    const gb = nnx.grad((m: Buffered) => m.buffer.mul(m.buffer).sum(), { argnums: all })(buffered);
    expect((gb.get("buffer") as NDArray).tolist()).toEqual([2, 4]);
    expect(buffered.buffer).toBe(before);
  });

  it("says what cannot be differentiated", () => {
    const rngs = new nnx.Rngs(0);
    const everything = new nnx.DiffState(0, true);
    expect(() => nnx.grad(() => jnp.zeros([]), { argnums: everything })(...([rngs] as unknown as []))).toThrow(
      /^nnx\.grad: argument 0: default\/count expected a float to differentiate, got NDArray uint32/,
    );
    expect(nnx.grad((_r: nnx.Rngs) => jnp.zeros([]), { argnums: everything, allowInt: true })(rngs).size).toBe(0);
    const model = linear();
    expect(() => nnx.grad(loss, { argnums: [0, new nnx.DiffState(0, nnx.Param)] })).toThrow(/each argument once/);
    expect(() => nnx.grad(loss, { argnums: 3 })(model, jnp.ones([1, 2]), jnp.ones([1, 3]))).toThrow(RangeError);
  });

  // nnx.grad of Flax gives the same: the sum where a Variable comes first, and an empty State for what has no other.
  it("lists what models and arguments share once, where it comes first, with the sum", () => {
    const [a, b] = [linear(), linear()];
    Object.assign(b, { bias: a.bias });
    const sum = (list: readonly nnx.Linear[]): NDArray =>
      list[0]!.bias!.get().mul(2).sum().add(list[1]!.bias!.get().mul(3).sum());
    const paths = (state: nnx.State): string[] => nnx.toFlatState(state).map(([path]) => path.join("/"));
    const inList = nnx.grad(sum)([a, b]);
    expect(inList.map(paths)).toEqual([["bias", "kernel"], ["kernel"]]);
    expect(inList[0]!.get<nnx.Param>("bias").get().tolist()).toEqual([5, 5, 5]);
    expect(nnx.grad(sum)([a, a]).map(paths)).toEqual([["bias", "kernel"], []]);

    const before = a.bias!.get();
    const product = (x: nnx.Param, m: nnx.Linear): NDArray => x.mul(2).sum().add(m.bias!.get().mul(3).sum());
    const [ofBias, ofModel] = nnx.grad(product, { argnums: [0, 1] })(a.bias!, a);
    expect((ofBias as nnx.Param).get().tolist()).toEqual([5, 5, 5]);
    expect(paths(ofModel)).toEqual(["kernel"]);
    const twice = nnx.grad((x: nnx.Param, y: nnx.Param) => x.mul(y).sum(), { argnums: [0, 1] })(a.bias!, a.bias!);
    expect(nnx.toFlatState(twice[1] as unknown as nnx.State)).toEqual([]);
    expect(a.bias!.get()).toBe(before);
  });

  it("has the paths of the model's state: the items of a list by number, in order", () => {
    const model = new nnx.List(Array.from({ length: 12 }, (_, i) => new nnx.Param([i])));
    const grads = nnx.grad((list: typeof model) => [...list].reduce((sum, p) => sum.add(p.get().sum()), jnp.zeros([])))(
      model,
    );
    expect([...grads].map(([path]) => path)).toEqual([...nnx.state(model)].map(([path]) => path));
    expect([...grads].map(([path]) => path)).toEqual(Array.from({ length: 12 }, (_, i) => [i]));
  });

  it("finds Params wherever they may stand: in lists and objects of data, in modules below, at two places", () => {
    class Model extends nnx.Module {
      readonly items = nnx.data([new nnx.Param([1]), { deep: new nnx.Param([2]) }]);
      readonly below = new nnx.Dict({ w: new nnx.Param([3]) });
      readonly again = this.below;
    }
    const model = new Model();
    const total = (m: Model): NDArray => {
      const [first, second] = m.items as unknown as [nnx.Param, { deep: nnx.Param }];
      return first.get().mul(2).add(second.deep.get().mul(3)).add(m.again.get("w").get().mul(5)).sum();
    };
    const grads = nnx.grad(total)(model);
    expect([...grads].map(([path, leaf]) => [path.join("/"), (leaf as nnx.Param).get().tolist()])).toEqual([
      ["again/w", [5]],
      ["items/0", [2]],
      ["items/1/deep", [3]],
    ]);
  });

  it("nests with itself and with the gradient of arrays", () => {
    const v = new nnx.Param(3);
    const cube = (p: nnx.Param): NDArray => p.get().pow(3);
    expect(jaxGrad((x: NDArray) => nnx.grad(cube)(v).get().mul(x))(2).item()).toBe(27);
    const second = nnx.grad((p: nnx.Param) => nnx.grad(cube)(p).get())(v);
    expect(second.get().item()).toBe(18);
    expect(v.get()[DATA].plain).toBe(undefined);
  });
});

describe("nnx.vjp and nnx.jvp", () => {
  it("differentiate all floats of a module", () => {
    const norm = new nnx.BatchNorm(2, { useRunningAverage: true, rngs: new nnx.Rngs(0) });
    const [out, vjpFn] = nnx.vjp((b: nnx.BatchNorm, x: NDArray) => b(x), norm, jnp.ones([3, 2]));
    const [g, dx] = vjpFn(jnp.ones([3, 2]));
    expect(out.shape).toEqual([3, 2]);
    expect(nnx.toFlatState(g).map(([path]) => path.join("/"))).toEqual(["bias", "mean", "scale", "var"]);
    expect([(g.get("bias") as nnx.Param).get().tolist(), dx.shape]).toEqual([
      [3, 3],
      [3, 2],
    ]);
  });

  it("push tangents of States and plain objects forward", () => {
    const model = linear();
    const zero = { kernel: jnp.zeros([2, 3]), bias: [1, 2, 3] };
    const f = (m: nnx.Linear, x: NDArray): NDArray => m(x);
    const x = jnp.ones([1, 2]);
    expect(nnx.jvp(f, [model, x], [zero, jnp.zeros([1, 2])])[1].tolist()).toEqual([[1, 2, 3]]);
    const state = nnx.state(model);
    const [out, tangent] = nnx.jvp(f, [model, x], [state, jnp.zeros([1, 2])]);
    expect(tangent.tolist()).toEqual(out.tolist());
    expect(() => nnx.jvp(f, [model, x], [{ bias: [1, 2, 3] }, x])).toThrow(/without kernel/);
  });
});

it("integers have no gradient: null for a Variable, alone and in a list, and nothing in a State of a model's", () => {
  const [count, weight] = [new nnx.Param(jnp.array([1, 2], "int32")), new nnx.Param([3, 4])];
  const f = (v: nnx.Param, w: nnx.Param): NDArray => v.get().astype("float32").mul(w.get());
  const [ofCount, ofWeight] = nnx.vjp(f, count, weight)[1](jnp.ones([2])) as unknown as [null, nnx.Param];
  expect([ofCount, ofWeight.get().tolist()]).toEqual([null, [1, 2]]);
  const listed = nnx.vjp(([v, w]: [nnx.Param, nnx.Param]) => f(v, w), [count, weight])[1](jnp.ones([2]));
  const [[inList, other]] = listed as unknown as [[null, nnx.Param]];
  expect([inList, other.get().tolist()]).toEqual([null, [1, 2]]);
  const state = nnx.state(new nnx.Dict({ count, weight }));
  const [ofState] = nnx.vjp((s: nnx.State) => f(s.get("count"), s.get("weight")), state)[1](jnp.ones([2]));
  expect(nnx.toFlatState(ofState as nnx.State).map(([path]) => path)).toEqual([["weight"]]);
});

it("a State is an argument, a direction and a result as a model is", () => {
  const model = new nnx.Linear(3, 2, { rngs: new nnx.Rngs(0) });
  const [graphdef, state] = nnx.split(model);
  const f = (params: nnx.State): NDArray => nnx.merge(graphdef, params)(jnp.ones([3]));
  const direction = nnx.mapState((_, leaf) => (leaf as nnx.Param).replace(jnp.ones(leaf.shape)), state);
  const [value, derivative] = nnx.jvp(f, [state], [direction]);
  expect(value.tolist()).toEqual(model(jnp.ones([3])).tolist());
  expect(derivative.tolist()).toEqual([4, 4]);

  const [given, gradientsOf] = nnx.vjp((m: nnx.Linear) => nnx.state(m), model);
  expect(given).toBeInstanceOf(nnx.State);
  expect(given.get<nnx.Param>("kernel").get().tolist()).toEqual(model.kernel.get().tolist());
  const [gradients] = gradientsOf(direction) as unknown as [nnx.State];
  expect(gradients.get<nnx.Param>("kernel").get().tolist()).toEqual([1, 1, 1].map(() => [1, 1]));

  const [[loss, aux]] = nnx.valueAndGrad((m: nnx.Linear) => [m(jnp.ones([3])).sum(), nnx.state(m)] as const, {
    hasAux: true,
  })(model);
  expect([loss.shape, aux.size]).toEqual([[], 2]);
});
