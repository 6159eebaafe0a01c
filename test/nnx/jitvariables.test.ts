/** Under `nnx.jit` the memory of a Variable's old value is used again, unless somebody else has that array. */
import { describe, expect, it } from "vitest";
import { DATA } from "../../src/array/index.ts";
import { jax, nnx, numpy as jnp, optax, random } from "../../src/index.ts";
import type { NDArray } from "../../src/index.ts";
import { onEachBackend } from "../backends.ts";

/** So many elements that they are over a buffer of the pool. */
const SIZE = 20_000;
const LEAKED = /leaked from a function under nnx\.jit/;

class Net extends nnx.Module {
  weight: nnx.Param;
  other: nnx.Param;
  kept: NDArray | undefined = undefined;
  items: nnx.List<NDArray> = new nnx.List<NDArray>([]);

  constructor() {
    super();
    this.weight = new nnx.Param(jnp.zeros([SIZE]));
    this.other = new nnx.Param(jnp.zeros([SIZE]));
  }
}

/** Adds one to the weight, over whatever buffers are free. */
const increment = (m: Net): NDArray => {
  m.weight.set(m.weight.add(1));
  return m.weight.get().slice(0);
};

/** A net whose weight is from the pool of `step`, all threes. */
function trained(step: (m: Net) => NDArray): Net {
  const net = new Net();
  for (let i = 0; i < 3; i++) step(net);
  return net;
}

const last = (x: NDArray): number => x.reshape([-1]).slice(-1).item();
const bufferOf = (x: NDArray): ArrayBufferLike => x[DATA].storage.data.buffer;

/** What some steps of training leave, and over how many buffers the parameters were. */
function train(wrap: <F extends (...args: never[]) => unknown>(f: F) => F): [unknown, number] {
  const model = new nnx.Linear(150, 150, { rngs: new nnx.Rngs(0) });
  const optimizer = new nnx.Optimizer(model, optax.adam(1e-2), { wrt: nnx.Param });
  const x = random.normal(random.key(1), [16, 150]);
  const buffers = new Set<ArrayBufferLike>();
  const step = wrap((m: nnx.Linear, o: typeof optimizer) => {
    const [loss, grads] = nnx.valueAndGrad((layer: nnx.Linear) => jnp.square(layer(x)).mean())(m);
    o.update(m, grads);
    buffers.add(bufferOf(m.kernel.get()));
    return loss;
  });
  const losses = Array.from({ length: 12 }, () => step(model, optimizer).item());
  return [[losses, model.kernel.get().tolist(), JSON.stringify(nnx.state(optimizer))], buffers.size];
}

onEachBackend("the old value of a Variable", () => {
  it("gives its memory to the values after it", () => {
    const net = new Net();
    const buffers = new Set<ArrayBufferLike>();
    const step = nnx.jit((m: Net) => {
      m.weight.set(m.weight.add(1));
      buffers.add(bufferOf(m.weight.get()));
    });
    for (let i = 0; i < 20; i++) step(net);
    expect(buffers.size).toBe(2);
    expect(last(net.weight.get())).toBe(20);
  });

  it("gives that of parameters and of an optimizer's moments, with the bits of no jit", () => {
    const [jitted, count] = train((f) => nnx.jit(f));
    const [plain, all] = train((f) => f);
    expect(jitted).toEqual(plain);
    expect(all).toBe(12);
    expect(count).toBeLessThan(9);
  });

  it("is as long as that of others before it is used again: two functions, and code without jit between", () => {
    const [one, two] = [nnx.jit(increment), nnx.jit(increment)];
    const net = trained(one);
    for (let i = 0; i < 4; i++) {
      two(net);
      one(net);
      increment(net);
    }
    expect(last(net.weight.get())).toBe(15);
  });

  it("is shared for good once it was read outside; later values are not", () => {
    const buffers: ArrayBufferLike[] = [];
    const step = nnx.jit((m: Net) => {
      increment(m);
      buffers.push(bufferOf(m.weight.get()));
      return m.weight.get().slice(0);
    });
    const net = trained(step);
    const read = net.weight.get();
    for (let i = 0; i < 10; i++) step(net);
    expect(last(read)).toBe(3);
    expect(new Set(buffers.slice(3)).size).toBe(2);
    expect(buffers.slice(3)).not.toContain(bufferOf(read));
  });

  describe("stays where it was read outside", () => {
    it.each<[string, (m: Net) => NDArray]>([
      ["get", (m) => m.weight.get()],
      ["getValue", (m) => m.weight.getValue()],
      ["getRawValue", (m) => m.weight.getRawValue()],
      ["value", (m) => m.weight.value],
      ["a reshape", (m) => m.weight.reshape([2, -1])],
      ["asarray", (m) => jnp.asarray(m.weight)],
      ["a copy of the Variable", (m) => m.weight.copy() as unknown as NDArray],
      ["a clone of the model", (m) => nnx.clone(m).weight as unknown as NDArray],
      ["a pure dict", (m) => (nnx.toPureDict(nnx.state(m)) as { weight: NDArray }).weight],
      ["asPure", (m) => (nnx.asPure(nnx.state(m)) as nnx.State).get("weight") as NDArray],
      [
        "another model that is updated",
        (m) => {
          const other = new Net();
          nnx.update(other, nnx.state(m));
          return other.weight as unknown as NDArray;
        },
      ],
      [
        "a Variable that takes it over",
        (m) => {
          const other = new nnx.Param(jnp.zeros([SIZE]));
          other.copyFrom(m.weight);
          return other as unknown as NDArray;
        },
      ],
      ["a gradient of the identity", (m) => jax.vjp((x: NDArray) => x, m.weight.get())[0]],
      ["the elements", (m) => jnp.asarray(m.weight.data as Float32Array, { copy: false })],
    ])("%s", (_, read) => {
      const step = nnx.jit(increment);
      const net = trained(step);
      const x = read(net);
      for (let i = 0; i < 5; i++) step(net);
      expect(last(x)).toBe(3);
      expect(last(net.weight.get())).toBe(8);
    });
  });

  describe("stays where it was read inside and", () => {
    it.each<[string, (m: Net) => unknown, (m: Net, out: never) => NDArray]>([
      ["returned", (m) => m.weight.get(), (_, out) => out],
      ["returned in a nest", (m) => ({ a: [m.weight.get()] }), (_, out: { a: [NDArray] }) => out.a[0]],
      ["reshaped and returned", (m) => m.weight.get().reshape([2, -1]), (_, out) => out],
      ["put into another Variable", (m) => m.other.set(m.weight.get()), (m) => m.other.get()],
      ["put into a new Variable", (m) => void (m.other = new nnx.Param(m.weight.get())), (m) => m.other.get()],
      ["put into a copy of the Variable", (m) => void (m.other = m.weight.copy()), (m) => m.other.get()],
      ["put into a Variable of no argument", (m) => elsewhere.set(m.weight.get()), () => elsewhere.get()],
      ["put into an attribute", (m) => void (m.kept = m.weight.get()), (m) => m.kept!],
      ["put into a list", (m) => void m.items.append(m.weight.get()), (m) => m.items.at(0)!],
      ["updated into another", (m) => nnx.update(m, { other: m.weight.get() }), (m) => m.other.get()],
      [
        "looked into",
        (m) => ({ data: m.weight.get().data }),
        (_, { data }: { data: Float32Array }) => jnp.asarray(data),
      ],
      [
        "kept by a function",
        (m) => jax.vjp((x: NDArray) => x.mul(x), m.weight.get())[1],
        (_, pull: (ct: NDArray) => NDArray[]) => pull(jnp.ones([SIZE]).mul(0.5))[0]!,
      ],
    ])("%s", (_, keep, found) => {
      const step = nnx.jit(increment);
      const net = trained(step);
      const kept = nnx.jit((m: Net) => {
        const out = keep(m);
        m.weight.set(m.weight.add(1));
        return out;
      });
      const out = kept(net);
      for (let i = 0; i < 5; i++) {
        step(net);
        nnx.jit(increment)(net);
      }
      expect(last(found(net, out as never))).toBe(3);
      expect(last(net.weight.get())).toBe(14);
    });

    it("kept by a function that is returned, the value stays", () => {
      const step = nnx.jit(increment);
      const net = trained(step);
      const pull = nnx.jit((m: Net) => jax.vjp((x: NDArray) => x.mul(x), m.weight.get())[1])(net);
      for (let i = 0; i < 5; i++) step(net);
      expect(last(pull(jnp.ones([SIZE]).mul(0.5))[0])).toBe(3);
    });

    it("put into a new Variable of no argument", () => {
      const step = nnx.jit(increment);
      const net = trained(step);
      let kept: nnx.Param | undefined;
      nnx.jit((m: Net) => void (kept = new nnx.Param(m.weight.get())))(net);
      for (let i = 0; i < 5; i++) step(net);
      expect(last(kept!.get())).toBe(3);
    });

    it("read again later in the function, or in the one around it", () => {
      const step = nnx.jit(increment);
      const outer = nnx.jit((m: Net) => {
        const before = m.weight.get();
        step(m);
        step(m);
        return before.slice(-1).add(m.weight.get().slice(-1));
      });
      const net = trained(step);
      expect([outer(net).item(), outer(net).item()]).toEqual([3 + 5, 5 + 7]);
    });

    it("put back", () => {
      const step = nnx.jit(increment);
      const net = trained(step);
      const swap = nnx.jit((m: Net) => {
        const before = m.weight.get();
        m.weight.set(before.mul(2));
        m.weight.set(before);
      });
      for (let i = 0; i < 3; i++) swap(net);
      step(net);
      expect(last(net.weight.get())).toBe(4);
    });

    it("the function throws", () => {
      const step = nnx.jit(increment);
      const net = trained(step);
      const fail = nnx.jit((m: Net) => {
        increment(m);
        throw new Error("stop");
      });
      expect(() => fail(net)).toThrow("stop");
      for (let i = 0; i < 3; i++) step(net);
      expect(last(net.weight.get())).toBe(7);
    });
  });

  it("is refused where it was leaked", () => {
    const step = nnx.jit(increment);
    const net = trained(step);
    let leaked: NDArray | undefined;
    nnx.jit((m: Net) => void (leaked = m.weight.get()))(net);
    expect(last(leaked!)).toBe(3);
    step(net);
    expect(() => leaked!.add(1)).toThrow(LEAKED);
  });

  it("stays with all who have it where two swap", () => {
    const step = nnx.jit(increment);
    const net = trained(step);
    const swap = nnx.jit((m: Net) => {
      const [a, b] = [m.weight.get(), m.other.get()];
      m.weight.set(b);
      m.other.set(a);
    });
    swap(net);
    step(net);
    swap(net);
    expect([last(net.weight.get()), last(net.other.get())]).toEqual([3, 1]);
  });
});

const elsewhere = new nnx.Param(jnp.zeros([SIZE]));
