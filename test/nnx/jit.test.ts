/** What stays of the arrays of a function under `nnx.jit`, and what is gone. */
import { describe, expect, it, vi } from "vitest";
import { DATA } from "../../src/array/index.ts";
import { grad, jax, lax, nnx, numpy as jnp, optax, random, valueAndGrad, vjp } from "../../src/index.ts";
import type { NDArray } from "../../src/index.ts";
import { onEachBackend } from "../backends.ts";

const LEAKED = /leaked from a function under nnx\.jit.*Return it from the function, or keep it in an nnx\.Variable/;

/** Elements of an array that is small, and of two that are over a buffer of the pool. */
const SIZES = [3, 2048, 40_000] as const;

/** 0, 1, 2, ... */
const counted = (n: number): NDArray => jnp.arange(n, { dtype: "float32" });

/** The forward pass of a module. */
function call(m: nnx.Module, x: NDArray): NDArray {
  return (m as unknown as (x: NDArray) => NDArray)(x);
}

/** What `make` gives inside of a function under jit, which leaks it. */
function leaked<T>(make: () => T): T {
  let found: T | undefined;
  nnx.jit(() => {
    found = make();
    return 0;
  })();
  return found as T;
}

/** Calls a function under jit that writes over all buffers of that size that are free. */
function overwrite(f: (...args: never[]) => unknown, ...args: unknown[]): void {
  for (let i = 0; i < 3; i++) (f as (...all: unknown[]) => unknown)(...args);
}

/** What four tokens give a decoder, some of them under jit. */
function decode(jitted: boolean): unknown {
  const attention = new nnx.MultiHeadAttention(2, 8, { decode: true, rngs: new nnx.Rngs(0) });
  attention.initCache([3, 10, 8]);
  const step = jitted ? nnx.jit(call) : call;
  const tokens = Array.from({ length: 4 }, (_, i) => jnp.ones([3, 1, 8]).mul(i));
  const out = tokens.map((x, i) => (i === 2 ? call(attention as never, x) : step(attention as never, x)));
  return [...out.map((y) => y.tolist()), attention.cached_key!.get().tolist()];
}

/** The losses of some steps of training, and all values after them. */
function train(wrap: <F extends (...args: never[]) => unknown>(f: F) => F): unknown[] {
  class Net extends nnx.Module {
    a = new nnx.Linear(30, 600, { rngs: new nnx.Rngs(0) });
    norm = new nnx.BatchNorm(600, { rngs: new nnx.Rngs(1) });
    drop = new nnx.Dropout(0.5, { rngs: new nnx.Rngs(2) });
    b = new nnx.Linear(600, 1, { rngs: new nnx.Rngs(3) });
    override __call__(input: NDArray): NDArray {
      return this.b(this.drop(nnx.relu(this.norm(this.a(input)))));
    }
  }
  const model = new Net();
  const optimizer = new nnx.Optimizer(model, optax.adam(1e-2), { wrt: nnx.Param });
  const input = random.normal(random.key(4), [64, 30]);
  const step = wrap((m: Net, o: typeof optimizer, batch: NDArray) => {
    const [value, grads] = nnx.valueAndGrad((net: Net) => call(net, batch).mul(call(net, batch)).mean())(m);
    o.update(m, grads);
    return value;
  });
  const losses = Array.from({ length: 3 }, () => step(model, optimizer, input).item());
  const after = nnx.toFlatState(nnx.state(model)).map(([path, leaf]) => [path, JSON.stringify(leaf)]);
  return [losses, after, nnx.toFlatState(nnx.state(optimizer)).map(([, leaf]) => JSON.stringify(leaf))];
}

const loss = (w: NDArray, x: NDArray): NDArray => jnp.tanh(w.mul(x)).mul(x).sum();
const row = (v: NDArray): NDArray => v.mul(2).add(v.sum());
const body = (c: NDArray, v: NDArray): [NDArray, NDArray] => [c.add(v), c.mul(v)];

describe("the memory of an array that ended", () => {
  it.each([
    [2048, 1],
    [2047, 3],
  ])("of %d float32 elements is %d of those that three calls see", (n, count) => {
    const seen = new Set<ArrayBufferLike>();
    const f = nnx.jit((x: NDArray) => {
      const y = x.add(1);
      seen.add(y[DATA].storage.data.buffer);
      return y.sum();
    });
    for (let i = 0; i < 3; i++) expect(f(counted(n)).item()).toBe((n * (n + 1)) / 2);
    expect(seen.size).toBe(count);
  });
});

onEachBackend("a leaked array", () => {
  describe.each(SIZES)("of %d elements is refused", (n) => {
    it.each<[string, (x: NDArray) => unknown]>([
      ["add", (x) => x.add(1)],
      ["add, on the right", (x) => counted(n).add(x)],
      ["multiply by itself", (x) => x.mul(x)],
      ["exp", (x) => jnp.exp(x)],
      ["sum", (x) => x.sum()],
      ["mean, of an axis", (x) => jnp.mean(x, 0)],
      ["matmul", (x) => x.matmul(counted(n))],
      ["where", (x) => jnp.where(true, x, 0)],
      ["reshape", (x) => x.reshape([1, n])],
      ["slice", (x) => x.slice(0)],
      ["at", (x) => x.at(0).set(1)],
      ["concatenate", (x) => jnp.concatenate([counted(2), x])],
      ["astype", (x) => x.astype("int32")],
      ["sort", (x) => jnp.sort(x)],
      ["take", (x) => jnp.take(x, [0])],
      ["tolist", (x) => x.tolist()],
      ["String", (x) => String(x)],
      ["data", (x) => x.data],
      ["JSON", (x) => JSON.stringify(x)],
      ["array", (x) => jnp.array(x)],
      ["a Variable", (x) => new nnx.Param(x).get().add(1)],
      ["softmax", (x) => nnx.softmax(x)],
      ["a layer", (x) => new nnx.LayerNorm(n, { rngs: new nnx.Rngs(0) })(x)],
      ["random", (x) => random.categorical(random.key(0), x)],
      ["grad", (x) => grad((y: NDArray) => jnp.sum(y))(x)],
      ["toTransferable", (x) => nnx.toTransferable(x)],
      ["another function under jit", (x) => nnx.jit((y: NDArray) => y.add(1))(x)],
    ])("%s", (_, use) => {
      const x = leaked(() => counted(n).mul(2));
      expect(() => use(x)).toThrow(LEAKED);
      expect(x.shape).toEqual([n]);
    });

    it("its reshapes too, and one that is deferred, and one of a gradient", () => {
      for (const make of [
        () => counted(n).reshape([1, n]),
        () => counted(n).mul(2).reshape([n, 1]).squeeze(),
        () => grad((x: NDArray) => x.mul(x).sum())(counted(n)),
      ]) {
        const x = leaked(make);
        expect(() => x.add(1)).toThrow(LEAKED);
      }
    });

    it("elements that were read inside belong to the caller: the array stays", () => {
      const f = nnx.jit((x: NDArray) => [x.mul(2).data, x.mul(3).data.slice()] as const);
      const [data, copy] = f(counted(n));
      const x = leaked(() => {
        const y = counted(n).mul(4);
        void y.data;
        return y;
      });
      overwrite(f, counted(n).mul(7));
      expect([data[2], copy[2], x.slice(2).item()]).toEqual([4, 6, 8]);
    });
  });
});

onEachBackend("what stays", () => {
  describe.each(SIZES)("of %d elements", (n) => {
    it("results in any nest: lists, objects, Maps, States, Variables, modules", () => {
      class Holder extends nnx.Module {
        param: nnx.Param;
        buffer: NDArray;
        inner: { deep: NDArray[] };

        constructor(param: nnx.Param, buffer: NDArray, deep: NDArray) {
          super();
          this.param = param;
          this.buffer = buffer;
          this.inner = nnx.data({ deep: [deep] });
        }
      }
      const f = nnx.jit((x: NDArray) => {
        const y = (by: number): NDArray => x.mul(by);
        const module = new Holder(new nnx.Param(y(6)), y(7), y(8));
        return {
          array: y(1),
          list: [y(2), [y(3)]] as const,
          map: new Map([["a", y(4)]]),
          keys: new Map([[y(11), "a"]]),
          set: new Set([y(12)]),
          variable: new nnx.Param(y(5)),
          module,
          state: nnx.state(new Holder(new nnx.Param(y(9)), y(10), y(11))),
          key: random.key(3),
          none: undefined,
          text: "text",
        };
      });
      const out = f(counted(n));
      overwrite(f, jnp.ones([n]));
      const { module, state } = out;
      const arrays = [
        out.array,
        out.list[0],
        out.list[1][0]!,
        out.map.get("a")!,
        out.variable.get(),
        module.param.get(),
        module.buffer,
        module.inner.deep[0]!,
        state.get<nnx.Param>("param").get(),
        state.get<NDArray>("buffer"),
        ...out.keys.keys(),
        ...out.set,
      ];
      expect(arrays.map((x) => x.slice(2).item())).toEqual([2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24]);
      expect(arrays.map((x) => x.sum().item())).toEqual(
        arrays.map((_, i) =>
          counted(n)
            .mul(i + 1)
            .sum()
            .item(),
        ),
      );
      expect(out.key.equals(random.key(3))).toBe(true);
    });

    it("an argument that is returned, and a result that shares elements with one", () => {
      const x = counted(n);
      const f = nnx.jit((a: NDArray) => [a, a.reshape([1, n])] as const);
      const [same, view] = f(x);
      overwrite(f, jnp.ones([n]));
      expect(same).toBe(x);
      expect([view.slice(0, 1).item(), x.slice(1).item()]).toEqual([1, 1]);
    });

    it("what is stored in Variables: of arguments, around the function, overwritten and new ones", () => {
      class Net extends nnx.Module {
        v = new nnx.Variable(jnp.zeros([n]));
        declare added?: nnx.Variable;
        declare buffer?: NDArray;
      }
      const [net, outer, copied] = [new Net(), new nnx.Variable(jnp.zeros([n])), new nnx.Variable(jnp.zeros([n]))];
      const f = nnx.jit((m: Net, x: NDArray) => {
        m.v.set(x.mul(2));
        m.v.set(m.v.get().add(1));
        m.added = new nnx.Variable(x.mul(3));
        m.buffer = x.mul(4);
        outer.value = x.mul(5);
        copied.copyFrom(new nnx.Variable(x.mul(6)));
      });
      f(net, counted(n));
      overwrite(f, new Net(), jnp.ones([n]));
      expect([net.v.get(), net.added!.get(), net.buffer!].map((x) => x.slice(2).item())).toEqual([5, 6, 8]);
      expect([outer, copied].map((v) => v.get().slice(2).item())).toEqual([5, 6]);
      f(net, counted(n));
      expect([outer, copied].map((v) => v.get().slice(2).item())).toEqual([10, 12]);
    });

    it("what was stored when an error is thrown, as without jit; the rest is gone", () => {
      const v = new nnx.Variable(jnp.zeros([n]));
      let other: NDArray | undefined;
      const f = nnx.jit((x: NDArray) => {
        v.set(x.mul(2));
        other = x.mul(3);
        throw new RangeError("no");
      });
      expect(() => f(counted(n))).toThrow(new RangeError("no"));
      expect(() => f(jnp.ones([n]).mul(9))).toThrow("no");
      expect(v.get().slice(2).item()).toBe(18);
      expect(() => other!.add(1)).toThrow(LEAKED);
      expect(counted(n).add(1).slice(2).item()).toBe(3);
    });

    it.each<[string, () => object]>([
      ["a module", () => new nnx.Linear(2, 2, { rngs: new nnx.Rngs(0) })],
      ["an Rngs", () => new nnx.Rngs(0)],
      ["a stream", () => new nnx.Rngs(0).params],
    ])("no more than it holds where %s is returned, though it can be called", (_, make) => {
      const held = make();
      let other: NDArray | undefined;
      nnx.jit((x: NDArray) => {
        other = x.mul(2);
        return held;
      })(counted(n));
      expect(() => other!.add(1)).toThrow(LEAKED);
    });

    it("all of it where a function is returned, which may hold anything", () => {
      const f = nnx.jit((x: NDArray) => vjp((y: NDArray) => y.mul(y).sum(), x));
      const [out, pull] = f(counted(n));
      overwrite(f, jnp.ones([n]));
      expect(out.item()).toBe(counted(n).mul(counted(n)).sum().item());
      expect(pull(jnp.array(1))[0].slice(2).item()).toBe(4);
    });
  });

  it("zeros that are asked for are zeros, in a buffer that was in use too", () => {
    const f = nnx.jit((x: NDArray) => [x.mul(2).sum(), jnp.zeros([40_000]).add(x).slice(5)] as const);
    for (let i = 0; i < 3; i++) expect(f(counted(40_000))[1].item()).toBe(5);
  });

  it("the cached reorderings of weights, which are not the region's", () => {
    const w = random.normal(random.key(0), [4, 300, 200]);
    const f = nnx.jit((x: NDArray) => jnp.einsum("ab,cab->c", x, w));
    const x = random.normal(random.key(1), [300, 200]);
    const expected = jnp.einsum("ab,cab->c", x, w).tolist();
    for (let i = 0; i < 4; i++) expect(f(x).tolist()).toEqual(expected);
    expect(jnp.einsum("ab,cab->c", x, w).tolist()).toEqual(expected);
  });

  it("the cache of a decoder, in one function under jit and around", () => {
    expect(decode(true)).toEqual(decode(false));
  });
});

onEachBackend("transformations", () => {
  const n = 20_000;
  const w = counted(n).div(n);
  const x = jnp.ones([n]).mul(0.5);

  it("gradients inside have the bits of gradients without", () => {
    const f = valueAndGrad(loss, { argnums: [0, 1] });
    const expected = f(w, x);
    const jitted = nnx.jit(f);
    for (let i = 0; i < 3; i++) {
      const [value, grads] = jitted(w, x);
      overwrite(jitted, x, w);
      expect(value.item()).toBe(expected[0].item());
      grads.forEach((g, k) => expect(g.tolist()).toEqual(expected[1][k]!.tolist()));
    }
  });

  it("gradients of a function under jit see through it; it refuses nothing there", () => {
    let inside: NDArray | undefined;
    const jitted = nnx.jit((a: NDArray, b: NDArray) => {
      inside = a.mul(2);
      return loss(a, b);
    });
    const expected = grad(loss)(w, x).tolist();
    for (let i = 0; i < 2; i++) expect(grad(jitted)(w, x).tolist()).toEqual(expected);
    expect(inside!.slice(1).item()).toBe(w.slice(1).mul(2).item());
    expect(
      nnx
        .jit(grad(nnx.jit(loss)))(w, x)
        .tolist(),
    ).toEqual(expected);
  });

  it("a step of training has the bits of one without, and moves the same Variables", () => {
    expect(train(nnx.jit)).toEqual(train((f) => f));
  });

  it("vmap and scan inside and outside", () => {
    const m = w.reshape([4, 5000]);
    const expected = nnx.vmap(row)(m).tolist();
    expect(nnx.jit(nnx.vmap(row))(m).tolist()).toEqual(expected);
    expect(nnx.vmap(nnx.jit(row))(m).tolist()).toEqual(expected);
    expect(
      nnx
        .jit(nnx.vmap(nnx.jit(row)))(m)
        .tolist(),
    ).toEqual(expected);
    const scanned = (f: (c: NDArray, v: NDArray) => [NDArray, NDArray]): unknown => {
      const [carry, ys] = lax.scan(f, jnp.zeros([5000]), m);
      return [carry.tolist(), ys.tolist()];
    };
    const plain = scanned(body);
    expect(scanned(nnx.jit(body))).toEqual(plain);
    expect(nnx.jit(() => scanned(body))()).toEqual(plain);
  });

  it("shapes alone, inside and outside", () => {
    const f = nnx.jit((a: NDArray) => a.mul(2).sum(0));
    expect(nnx.evalShape(f, jnp.ones([300, 200])).shape).toEqual([200]);
    expect(nnx.jit(() => nnx.evalShape((a: NDArray) => a.matmul(a.T), jnp.ones([300, 200])).shape)()).toEqual([
      300, 300,
    ]);
  });

  it("a function under jit in another: its results are the other's, which ends them with its own", () => {
    let inner: NDArray | undefined;
    const double = nnx.jit((a: NDArray) => a.mul(2));
    const outer = nnx.jit((a: NDArray) => {
      inner = double(a);
      overwrite(double, jnp.ones([n]));
      const sum = inner.add(double(inner));
      expect(sum.slice(3).item()).toBe(18);
      return double(sum);
    });
    const y = outer(counted(n));
    overwrite(outer, counted(n));
    expect(y.slice(3).item()).toBe(36);
    expect(() => inner!.add(1)).toThrow(LEAKED);
  });

  it("a leaked array is not saved by storing it in a Variable later", () => {
    const x = leaked(() => counted(3).mul(2));
    const v = new nnx.Variable(jnp.zeros([3]));
    nnx.jit(() => v.setRawValue(x))();
    expect(() => v.get().add(1)).toThrow(LEAKED);
  });

  it("recursion", () => {
    const f: (a: NDArray, depth: number) => NDArray = nnx.jit((a: NDArray, depth: number) =>
      depth === 0 ? a : f(a.add(1), depth - 1).add(a),
    );
    const plain = (a: NDArray, depth: number): NDArray => (depth === 0 ? a : plain(a.add(1), depth - 1).add(a));
    expect(f(w, 5).tolist()).toEqual(plain(w, 5).tolist());
  });

  it("sow and capture keep what they record, whichever is inside", () => {
    class Net extends nnx.Module {
      override __call__(a: NDArray): NDArray {
        this.sow(nnx.Intermediate, "h", a.mul(2));
        return a.add(1);
      }
    }
    const net = new Net();
    const forward = nnx.jit(call);
    const outside = nnx.capture(forward, nnx.Intermediate);
    const inside = nnx.jit((m: Net, a: NDArray) => nnx.capture(call, nnx.Intermediate)(m, a));
    for (const [, sown] of [outside(net, counted(n)), inside(net, counted(n))]) {
      expect((sown!.get<nnx.Variable>("h").get() as unknown as NDArray[])[0]!.slice(2).item()).toBe(4);
    }
  });
});

describe("what cannot run in a region", () => {
  it("asynchronous functions and generators are refused before they run", () => {
    const run = vi.fn();
    for (const f of [
      async () => run(),
      function* () {
        yield run();
      },
      async function* () {
        yield run();
      },
    ])
      expect(() => nnx.jit(f)).toThrow(/nnx\.jit: "f" expected a function that has ended when it returns/);
    expect(() => nnx.jit({})(async () => run())).toThrow(/has ended when it returns/);
    expect(run).not.toHaveBeenCalled();
  });

  it("promises and iterators among results are refused after the call", () => {
    const rejecting = nnx.jit(() => Promise.reject(new Error("nobody waits")));
    expect(() => rejecting()).toThrow(/got one that returns a promise/);
    expect(() => nnx.jit(() => [1, 2].values())()).toThrow(/got one that returns an iterator/);
    expect(() => grad(nnx.jit((x: NDArray) => Promise.resolve(x) as never))(1)).toThrow(/returns a promise/);
  });

  it("a region that takes too much makes ordinary arrays, and refuses them all the same", () => {
    const many: NDArray[] = [];
    const f = nnx.jit((x: NDArray) => {
      for (let i = 0; i < 40; i++) many.push(x.add(i));
      return many[39]!;
    });
    const x = jnp.zeros([2 ** 21]);
    expect([f(x).slice(0).item(), many.splice(0).length]).toEqual([39, 40]);
    f(x);
    for (const i of [0, 20, 38]) expect(() => many[i]!.add(1)).toThrow(LEAKED);
  });
});

it("jax.jit is nnx.jit", () => {
  expect(jax.jit).toBe(nnx.jit);
});
