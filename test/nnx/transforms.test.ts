import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { NDArray } from "../../src/index.ts";
import { nnx, numpy as jnp, random, ShapeError } from "../../src/index.ts";

class Layer extends nnx.Module<[x: NDArray], NDArray> {
  readonly kernel: nnx.Param;
  readonly calls = new nnx.BatchStat(0);
  constructor(key: random.Key) {
    super();
    this.kernel = new nnx.Param(random.normal(key, [2, 2]));
  }
  override __call__(x: NDArray): NDArray {
    this.calls.set(this.calls.get().add(1));
    return x.matmul(this.kernel);
  }
}

const keys = (n: number): random.Key => random.split(random.key(0), n);
const stackOf = (n: number): Layer => nnx.vmap((key: random.Key) => new Layer(key))(keys(n));

const f = (a: number, b: number): number => a - b;

const add = (a: NDArray, b: NDArray): NDArray => a.add(b);

it("jit and remat change nothing, with options or as decorators", () => {
  expect([
    nnx.jit(f)(5, 3),
    nnx.jit(f, { staticArgnames: "a" })(5, 3),
    nnx.jit({ donateArgnums: 0 })(f)(5, 3),
    nnx.remat(f)(5, 3),
    nnx.remat()(f)(5, 3),
  ]).toEqual([2, 2, 2, 2, 2]);
  expect(() => nnx.jit({ static: 1 } as never)).toThrow(/^nnx\.jit: "options" expected .*, got "static"/);
  expect(() => nnx.jit(f, { static: 1 } as never)).toThrow(/^nnx\.jit: "options" expected .*, got "static"/);
  expect(() => nnx.jit(5 as never)).toThrow(/nnx\.jit: "f" expected a function, got 5/);
});

describe("vmap", () => {
  it("slices and stacks any axis of any shape, as indexing would", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
        fc.nat(),
        fc.nat(),
        (shape, a, b) => {
          const size = shape.reduce((x, y) => x * y, 1);
          const x = jnp.array(Float32Array.from({ length: size }, (_, i) => i)).reshape(shape);
          const axis = a % shape.length;
          const out = b % shape.length;
          const there = nnx.vmap((y: NDArray) => y, { inAxes: axis, outAxes: out })(x);
          const back = nnx.vmap((y: NDArray) => y, { inAxes: out - shape.length, outAxes: axis - shape.length })(there);
          expect([there.shape[out], back.tolist()]).toEqual([shape[axis], x.tolist()]);
        },
      ),
    );
  });

  it("builds a stack whose layers are those built one by one", () => {
    const stack = stackOf(3);
    expect([stack.kernel.shape, stack.calls.shape]).toEqual([[3, 2, 2], [3]]);
    expect(stack.kernel.get().tolist()).toEqual(Array.from(keys(3), (key) => new Layer(key).kernel.get().tolist()));
  });

  it("runs a stack on one input or on many, and writes state back", () => {
    const stack = stackOf(3);
    const x = jnp.array([1, 2]);
    const expected = Array.from(keys(3), (key) => new Layer(key)(x).tolist());
    expect(
      nnx
        .vmap((layer: Layer, y: NDArray) => layer(y), { inAxes: [0, null] })(stack, x)
        .tolist(),
    ).toEqual(expected);
    expect(stack.calls.get().tolist()).toEqual([1, 1, 1]);
  });

  it("a module that is passed whole starts every step as it was", () => {
    const layer = new Layer(random.key(0));
    nnx.vmap((one: Layer, x: NDArray) => one(x), { inAxes: [null, 0] })(layer, jnp.ones([4, 2]));
    expect(layer.calls.get().item()).toBe(1);
    const rngs = new nnx.Rngs(0);
    const drawn = nnx
      .vmap((one: nnx.Rngs) => one.uniform([1]), { inAxes: null, axisSize: 2 })(rngs)
      .tolist();
    expect([(drawn as number[][])[0], rngs.default.count.get().item()]).toEqual([(drawn as number[][])[1], 1]);
  });

  it("StateAxes take some leaves apart and pass others whole", () => {
    const stack = stackOf(3);
    stack.calls.setValue(0);
    const axes = new nnx.StateAxes([
      [nnx.Param, 0],
      [nnx.Rest, null],
    ]);
    nnx.vmap((layer: Layer, x: NDArray) => layer(x), { inAxes: [axes, null] })(stack, jnp.ones([2]));
    expect(stack.calls.get().tolist()).toBe(1);
    expect(() => nnx.vmap((layer: Layer) => layer, { inAxes: new nnx.StateAxes([[nnx.Param, 0]]) })(stack)).toThrow(
      /expected a filter that matches calls/,
    );
  });

  it("takes containers of arrays and of keys, and refuses what does not fit", () => {
    const out = nnx.vmap(({ a, b }: { a: NDArray; b: readonly [random.Key] }) => ({ sum: a.add(1), key: b[0] }))({
      a: jnp.array([1, 2]),
      b: [keys(2) as never],
    });
    expect([out.sum.tolist(), out.key.shape]).toEqual([[2, 3], [2]]);
    expect(() => nnx.vmap(add)(jnp.ones([2]), jnp.ones([3]))).toThrow(/axes of one length, got 2 and 3/);
    expect(() => nnx.vmap(add)(jnp.ones([2]), jnp.ones([]))).toThrow(ShapeError);
    expect(() => nnx.vmap(add, { inAxes: [0] })(jnp.ones([2]), jnp.ones([2]))).toThrow(
      /one axis an argument, 2, got 1/,
    );
    expect(() => nnx.vmap(add, { inAxes: null })(jnp.ones([2]), jnp.ones([2]))).toThrow(/axisSize/);
    expect(() => nnx.vmap(add)(jnp.ones([0]), jnp.ones([0]))).toThrow(/axes of length 0/);
    expect(() => nnx.vmap((x: NDArray) => x, { inAxes: 3 })(jnp.ones([2]))).toThrow(
      /expected an axis of the shape \[2\], got 3/,
    );
    expect(() => nnx.vmap((x: NDArray) => x, { inAxes: "0" as never })(jnp.ones([2]))).toThrow(
      /expected a number, null/,
    );
    expect(() => nnx.vmap((i: NDArray) => jnp.zeros([i.item()]))(jnp.array([1, 2]))).toThrow(
      /results of one shape, got \[1\] and \[2\]/,
    );
  });
});

describe("scan and the other loops", () => {
  it("scan by default carries the first and goes along axis 0 of the others", () => {
    const [last, all] = nnx.scan((sum: NDArray, x: NDArray) => [sum.add(x), sum.mul(x)] as const)(
      jnp.array(1),
      jnp.array([1, 2, 3]),
    );
    expect([last.item(), all.tolist()]).toEqual([7, [1, 4, 12]]);
    const [state] = nnx.scan((layer: Layer) => [layer, layer(jnp.ones([2]))] as const, { length: 3 })(
      new Layer(random.key(0)),
    );
    expect(state.calls.get().item()).toBe(3);
  });

  it("a module that scan passes whole has what the last step wrote, though each wrote another value", () => {
    const layer = new Layer(random.key(0));
    const write = (one: Layer, x: NDArray): NDArray => {
      one.calls.set(x);
      return x;
    };
    nnx.scan(write, { inAxes: [null, 0], outAxes: 0 })(layer, jnp.array([5, 6, 7]));
    expect(layer.calls.get().item()).toBe(7);
  });

  it("StateAxes of nnx.Carry hand what one step wrote to the next", () => {
    const stack = stackOf(3);
    stack.calls.setValue(10);
    const axes = new nnx.StateAxes([
      [nnx.BatchStat, nnx.Carry],
      [nnx.Rest, 0],
    ]);
    nnx.scan((x: NDArray, layer: Layer) => layer(x), { inAxes: [nnx.Carry, axes], outAxes: nnx.Carry })(
      jnp.ones([2]),
      stack,
    );
    expect(stack.calls.get().tolist()).toBe(13);
  });

  it("scan without a carry is a map; a carry must be in both or in neither", () => {
    expect(
      nnx
        .scan((x: NDArray) => x.mul(2), { inAxes: 0, outAxes: 0 })(jnp.array([1, 2]))
        .tolist(),
    ).toEqual([2, 4]);
    expect(() => nnx.scan((x: NDArray) => x, { inAxes: 0, outAxes: nnx.Carry })(jnp.ones([2]))).toThrow(
      /in both or in neither/,
    );
    expect(() => nnx.scan((x: NDArray, y: NDArray) => x.add(y))(jnp.ones([]), jnp.ones([2]))).toThrow(
      /return a plain array of 2/,
    );
  });

  it("cond and switch take arrays, whileLoop and foriLoop run on the host", () => {
    expect(
      nnx.cond(
        jnp.array(0),
        () => "a",
        () => "b",
      ),
    ).toBe("b");
    expect(() =>
      nnx.cond(
        jnp.ones([2]),
        () => 1,
        () => 2,
      ),
    ).toThrow(/one element/);
    expect([nnx.switch(jnp.array(1), [() => 0, () => 1, () => 2]), nnx.switch(-5, [() => 0, () => 1])]).toEqual([1, 0]);
    expect(() => nnx.switch(0, [])).toThrow(/at least one function/);
    expect(nnx.foriLoop(3, 1, () => 5, 7)).toBe(7);
    expect(
      nnx
        .whileLoop(
          (x: NDArray) => jnp.subtract(3, x),
          (x) => x.add(1),
          jnp.array(0),
        )
        .item(),
    ).toBe(3);
  });
});

describe("streams", () => {
  it("splitRngs and forkRngs around a function put the streams back, even after an error", () => {
    const rngs = new nnx.Rngs({ params: 0, dropout: 1 });
    const shapes = nnx.splitRngs({ splits: 3, only: "params" })((one: nnx.Rngs) => [
      one.params.key.shape,
      one.dropout.key.shape,
    ])(rngs);
    expect([shapes, rngs.params.key.shape, rngs.params.count.get().item(), rngs.dropout.count.get().item()]).toEqual([
      [[3], []],
      [],
      1,
      0,
    ]);
    const failing = nnx.forkRngs()((one: nnx.Rngs) => {
      one.params();
      throw new Error("stop");
    });
    expect(() => failing(rngs)).toThrow("stop");
    expect([rngs.params.key.get().equals(random.key(0)), rngs.params.count.get().item()]).toEqual([true, 2]);
  });

  it("withRngs gives a copy with other streams", () => {
    const rngs = new nnx.Rngs({ params: 0, dropout: 1, noise: 2 });
    const made = nnx.withRngs(rngs, { split: { params: 4 }, broadcast: { noise: 2 }, fork: nnx.Rest });
    expect([made.params.key.shape, made.noise!.key.shape, made.dropout.key.shape, rngs.params.key.shape]).toEqual([
      [4],
      [2],
      [],
      [],
    ]);
    expect(made.dropout.key.get().equals(random.foldIn(random.key(1), 0))).toBe(true);
    expect(() => nnx.withRngs(rngs, { split: { params: 4 }, fork: "params" })).toThrow(
      /one rule for the stream params, got split and fork/,
    );
  });
});

it("scan: what a module passed whole is left with is what the last step wrote; vmap refuses", () => {
  class Seen extends nnx.Module {
    readonly last = new nnx.BatchStat(jnp.array(0));
  }
  const write = (seen: Seen, x: NDArray): NDArray => (seen.last.set(x), x);
  const scanned = new Seen();
  nnx.scan((seen: Seen, carry: NDArray, x: NDArray) => [carry, write(seen, x)], {
    inAxes: [new nnx.StateAxes([[nnx.BatchStat, null]]), nnx.Carry, 0],
  } as never)(scanned as never, jnp.array(0) as never, jnp.array([1, 2, 3]) as never);
  expect(scanned.last.get().item()).toBe(3);
  expect(() => nnx.vmap(write, { inAxes: [null, 0] })(new Seen(), jnp.array([1, 2, 3]))).toThrow(
    "nnx.vmap: argument 0 expected no step to write what others do not",
  );
});
