import { expect, it, vi } from "vitest";
import { nnx, numpy as jnp } from "../../../src/index.ts";
import type { NDArray } from "../../../src/index.ts";
import { DATA } from "../../../src/array/index.ts";

/** A block with weights, a statistic, a random stream and a count of its calls. */
class Block extends nnx.Module<[x: NDArray], NDArray> {
  w = new nnx.Param([0.5, -1.5, 2]);
  mean = new nnx.BatchStat([0, 0, 0]);
  rngs: nnx.Rngs;
  static calls = 0;
  constructor(seed: number) {
    super();
    this.rngs = new nnx.Rngs(seed);
  }
  override __call__(x: NDArray): NDArray {
    Block.calls++;
    const noise = this.rngs.normal([3]);
    const y = jnp.tanh(x.mul(this.w)).add(noise.mul(x));
    this.mean.set(this.mean.get().mul(0.9).add(y.mul(0.1)));
    return y;
  }
}

class Net extends nnx.Module<[x: NDArray], NDArray> {
  a = new Block(0);
  b = new Block(1);
  forward: (block: Block, x: NDArray) => NDArray;
  constructor(rematerialize: boolean) {
    super();
    const forward = (block: Block, x: NDArray): NDArray => block(x);
    this.forward = rematerialize ? nnx.remat(forward) : forward;
  }
  override __call__(x: NDArray): NDArray {
    return this.forward(this.b, this.forward(this.a, x)).sum();
  }
}

const bits = (state: nnx.State): unknown[] =>
  [...state].map(([path, leaf]) => [path.join("/"), String((leaf as nnx.Variable).getRawValue())]);

it("remat gives the bits of the function itself: gradients, statistics and counts", () => {
  const x = jnp.array([1, 2, 3]);
  const nets = [new Net(false), new Net(true)];
  const grads = nets.map((net) => nnx.grad((m: Net, x: NDArray) => m(x))(net, x));
  expect(bits(grads[1]!)).toEqual(bits(grads[0]!));
  expect(bits(nnx.state(nets[1]!))).toEqual(bits(nnx.state(nets[0]!)));
  expect(nets[1]!.a.rngs.default.count.get().item()).toBe(1);
  for (const [, leaf] of nnx.state(nets[1]!, nnx.BatchStat))
    expect((leaf as nnx.Variable).get()[DATA].plain).toBe(undefined);
});

it("remat runs the function twice where it is differentiated, once where not", () => {
  const net = new Net(true);
  Block.calls = 0;
  net(jnp.ones([3]));
  expect(Block.calls).toBe(2);
  nnx.grad((m: Net, x: NDArray) => m(x))(net, jnp.ones([3]));
  expect(Block.calls).toBe(2 + 4);
});

it("remat takes modules in nests, States, arrays and options, and returns nests", () => {
  const block = new Block(0);
  const f = nnx.remat(
    (t: { block: Block }, s: nnx.State, n: number) => ({
      y: t.block.w
        .get()
        .mul(s.get<nnx.Param>("w").get() as NDArray)
        .mul(n),
      label: null,
    }),
    { policy: null },
  );
  const loss = (b: Block, s: nnx.State): NDArray => f({ block: b }, s, 2).y.sum();
  const [g, gs] = nnx.grad(loss, { argnums: [0, 1] })(block, nnx.state(new Block(1), nnx.Param));
  expect((g.get("w") as nnx.Param).get().tolist()).toEqual([1, -3, 4]);
  expect((gs.get("w") as nnx.Param).get().tolist()).toEqual([1, -3, 4]);
  const decorated = nnx.remat({ preventCse: true })((x: NDArray) => x.mul(2));
  expect(decorated(jnp.array(1)).item()).toBe(2);
  expect(() => nnx.remat(1 as never)).toThrow('nnx.remat: "f" expected a function, got 1');
  expect(() => nnx.remat({})(1 as never)).toThrow(/"f" expected a function/);
});

it("remat leaves Variables as they were after an exception", () => {
  const block = new Block(0);
  const before = bits(nnx.state(block));
  const f = nnx.remat((b: Block, x: NDArray): NDArray => {
    b(x);
    throw new RangeError("stop");
  });
  expect(() => nnx.grad((b: Block) => f(b, jnp.ones([3])).sum())(block)).toThrow("stop");
  expect(bits(nnx.state(block))).toEqual(before);
});

it("remat sows once", () => {
  class Sowing extends nnx.Module<[x: NDArray], NDArray> {
    w = new nnx.Param([2]);
    override __call__(x: NDArray): NDArray {
      const y = x.mul(this.w);
      this.sow(nnx.Intermediate, "y", y);
      return y.mul(y);
    }
  }
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const model = new Sowing();
  const forward = nnx.remat((m: Sowing, x: NDArray) => m(x));
  const captured = nnx.capture((m: Sowing, x: NDArray) => forward(m, x).sum(), nnx.Intermediate);
  const loss = (m: Sowing, x: NDArray): readonly [NDArray, nnx.State] =>
    captured(m, x) as unknown as [NDArray, nnx.State];
  const [g, sown] = nnx.grad(loss, { hasAux: true })(model, jnp.array([3]));
  expect((g.get("w") as nnx.Param).get().tolist()).toEqual([36]);
  expect(((sown.get("y") as nnx.Variable).getRawValue() as unknown as NDArray[]).map((x) => x.tolist())).toEqual([[6]]);
  expect(nnx.toFlatState(nnx.state(model)).map(([path]) => path.join("/"))).toEqual(["w"]);
  expect(warn).not.toHaveBeenCalled();
  warn.mockRestore();
});

it("takes a State for an argument, and the gradient flows to its leaves", () => {
  const product = (state: nnx.State, x: NDArray): NDArray => state.get<nnx.Param>("w").get().mul(x).sum();
  class Weights extends nnx.Module {
    readonly w = new nnx.Param([2, 3]);
  }
  const x = jnp.array([5, 7]);
  for (const f of [product, nnx.remat(product)]) {
    const [state, towardsX] = nnx.grad(f, { argnums: [0, 1] })(nnx.state(new Weights()), x);
    expect((state as nnx.State).get<nnx.Param>("w").get().tolist()).toEqual([5, 7]);
    expect((towardsX as NDArray).tolist()).toEqual([2, 3]);
  }
});

it("a call that runs again for its gradient leaves nobody listening to what modules sow", () => {
  class Sower extends nnx.Module<[x: NDArray], NDArray> {
    readonly weight = new nnx.Param(jnp.array(2));
    override __call__(x: NDArray): NDArray {
      this.sow(nnx.Intermediate, "seen", x);
      return x.mul(this.weight.get());
    }
  }
  const model = new Sower();
  const run = nnx.remat((m: Sower, x: NDArray) => m(x));
  const captured = (m: Sower): NDArray =>
    nnx.capture((inner: Sower) => run(inner, jnp.array(3)), nnx.Intermediate)(m)[0] as NDArray;
  const [, gradientsOf] = nnx.vjp(captured, model);
  gradientsOf(jnp.array(1));
  expect(Object.hasOwn(model, "seen")).toBe(false);
  expect(model.sow(nnx.Intermediate, "seen", 5)).toBe(true);
  expect(Object.hasOwn(model, "seen")).toBe(true);
});
