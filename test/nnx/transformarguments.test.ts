/** What vmap and scan do with arguments and results that are not arrays. */
import { describe, expect, it } from "vitest";
import { nnx, numpy as jnp, random } from "../../src/index.ts";
import type { NDArray } from "../../src/index.ts";

const xs = jnp.array([1, 2, 3]);
const double = (x: NDArray): NDArray => x.mul(2);

/** Values that every step gets as they are. */
const WHOLE: readonly (readonly [string, unknown])[] = [
  ["a string", "text"],
  ["a function", double],
  ["undefined", undefined],
  ["null", null],
];

describe.each(WHOLE)("%s", (_, value) => {
  it("goes to every step of vmap as it is, alone and in containers", () => {
    const seen: unknown[] = [];
    const y = nnx.vmap((x: NDArray, other: unknown, { inner }: { inner: readonly unknown[] }) => {
      seen.push(other, inner[0]);
      return x;
    })(xs, value, { inner: [value] });
    expect(y.tolist()).toEqual([1, 2, 3]);
    expect(seen).toEqual(Array.from({ length: 6 }, () => value));
  });

  it("comes out of vmap as the first step gave it, alone and in containers", () => {
    const [alone, { inner }, y] = nnx.vmap((x: NDArray) => [value, { inner: [value, x] }, x] as const, {
      outAxes: [0, 0, 0],
    })(xs);
    expect(alone).toBe(value);
    expect(inner[0]).toBe(value);
    expect((inner[1] as NDArray).tolist()).toEqual([1, 2, 3]);
    expect(y.tolist()).toEqual([1, 2, 3]);
  });

  it("goes through scan, as the carry and beside it", () => {
    const [carry, [kept, y]] = nnx.scan((state: unknown, x: NDArray, other: unknown) => {
      expect([state, other]).toEqual([value, value]);
      return [state, [other, x.add(1)]] as const;
    })(value, xs, value);
    expect([carry, kept, (y as NDArray).tolist()]).toEqual([value, value, [2, 3, 4]]);
  });
});

describe.each([
  ["vmap", (f: (x: never) => NDArray, x: unknown) => nnx.vmap(f)(x as never)],
  [
    "scan",
    (f: (x: never) => NDArray, x: unknown) =>
      nnx.scan((_: null, each: never) => [null, f(each)] as const)(null, x as never)[1] as NDArray,
  ],
] as const)("%s", (_, each) => {
  it("gives every step lists as lists and objects as objects, however they are nested", () => {
    const seen: unknown[] = [];
    const y = each(
      (part: { list: [NDArray, { inner: [NDArray] }] }) => {
        seen.push([Array.isArray(part), Array.isArray(part.list), Array.isArray(part.list[1])]);
        const [first, { inner }] = part.list;
        return first.add(...inner);
      },
      { list: [xs, { inner: [double(xs)] }] },
    );
    expect(y.tolist()).toEqual([3, 6, 9]);
    expect(seen).toEqual([1, 2, 3].map(() => [false, true, false]));
    expect(each((pair: [NDArray, NDArray]) => pair.reduce((a, b) => a.mul(b)), [xs, xs]).tolist()).toEqual([1, 4, 9]);
  });
});

it("numbers, booleans and typed arrays are arrays to vmap", () => {
  const y = nnx.vmap((x: NDArray, scale: NDArray) => x.mul(scale), { inAxes: [0, null] })(
    Int32Array.of(1, 2) as never,
    3 as never,
  );
  expect([y.dtype, y.tolist()]).toEqual(["int32", [3, 6]]);
  expect(nnx.vmap((x: NDArray) => [x.item() > 1, x.item()], { outAxes: 0 })(xs)).toEqual([
    expect.objectContaining({ dtype: "bool" }),
    expect.objectContaining({ dtype: "float32" }),
  ]);
  const [flags, numbers] = nnx.vmap((x: NDArray) => [x.item() > 1, x.item()] as const)(xs) as never as NDArray[];
  expect([flags!.tolist(), numbers!.tolist()]).toEqual([
    [false, true, true],
    [1, 2, 3],
  ]);
});

it("keys are taken apart and put together along any axis", () => {
  const keys = random.split(random.key(0), 6);
  const grid = random.wrapKeyData(random.keyData(keys).reshape([2, 3, 2]));
  for (const [inAxes, outAxes, shape] of [
    [0, 0, [2, 3]],
    [1, 1, [2, 3]],
    [1, 0, [3, 2]],
    [-1, -1, [2, 3]],
    [0, 1, [3, 2]],
  ] as const) {
    const moved = nnx.vmap((key: random.Key) => key, { inAxes, outAxes })(grid);
    expect(moved.shape).toEqual(shape);
    const words = random.keyData(moved);
    const straight = random.keyData(grid);
    expect(words.tolist()).toEqual(shape[0] === 2 ? straight.tolist() : jnp.transpose(straight, [1, 0, 2]).tolist());
  }
});

it("a grid of keys of any rank has the words that its array has", () => {
  const keys = random.split(random.key(0), 24);
  const grid = random.wrapKeyData(random.keyData(keys).reshape([2, 3, 4, 2]));
  for (const axis of [0, 1, 2]) {
    const moved = nnx.vmap((key: random.Key) => key, { inAxes: axis, outAxes: 0 })(grid);
    const order = [axis, ...[0, 1, 2].filter((other) => other !== axis), 3];
    expect(random.keyData(moved).tolist()).toEqual(jnp.transpose(random.keyData(grid), order).tolist());
    expect(moved.words.length).toBe(48);
    for (const key of moved) expect(key.words.length).toBe(48 / grid.shape[axis]!);
  }
});

/** One Param for x above 1, two else. */
const list = (x: NDArray): nnx.List<nnx.Param> =>
  new nnx.List(x.item() > 1 ? [new nnx.Param(x)] : [new nnx.Param(x), new nnx.Param(x)]);

describe("a State", () => {
  it("is taken apart, and gets what the steps wrote", () => {
    const own = nnx.state(new nnx.List([new nnx.Param([1, 2]), new nnx.BatchStat([3, 4])]));
    const y = nnx.vmap((step: nnx.State) => {
      const param = step.get<nnx.Param>(0);
      param.set(param.get().mul(10));
      return param.get().add(step.get<nnx.BatchStat>(1).get());
    })(own);
    expect(y.tolist()).toEqual([13, 24]);
    expect(own.get<nnx.Param>(0).get().tolist()).toEqual([10, 20]);
  });

  it("comes out with its leaves stacked, along the axes of StateAxes", () => {
    const axes = new nnx.StateAxes([
      [nnx.Param, 1],
      [nnx.Rest, 0],
    ]);
    const made = nnx.vmap(
      (x: NDArray) => nnx.state(new nnx.List([new nnx.Param(jnp.stack([x, x])), new nnx.BatchStat(x)])),
      {
        outAxes: axes,
      },
    )(xs);
    expect(made.get<nnx.Param>(0).get().shape).toEqual([2, 3]);
    expect(made.get<nnx.BatchStat>(1).get().tolist()).toEqual([1, 2, 3]);
  });

  it("and a module must have one structure in all steps", () => {
    expect(() => nnx.vmap(list)(xs)).toThrow(
      /GraphMismatch: nnx\.vmap.* expected modules of one structure from every step/,
    );
    expect(() => nnx.vmap((x: NDArray) => nnx.state(list(x)))(xs)).toThrow(
      /GraphMismatch: nnx\.vmap.* expected States of the same paths from every step/,
    );
  });
});

describe("a Variable by itself", () => {
  it("is taken apart, and gets what the steps wrote", () => {
    const variable = new nnx.BatchStat([1, 2, 3]);
    const y = nnx.vmap((one: nnx.BatchStat) => {
      one.set(one.get().mul(10));
      return one.get().add(1);
    })(variable);
    expect([y.tolist(), variable.get().tolist()]).toEqual([
      [11, 21, 31],
      [10, 20, 30],
    ]);
  });

  it("that no step writes to keeps its value", () => {
    const variable = new nnx.BatchStat([1, 2, 3]);
    const before = variable.get();
    nnx.vmap((one: nnx.BatchStat) => one.get())(variable);
    expect(variable.get()).toBe(before);
  });

  it("comes out with its class and metadata, stacked", () => {
    const made = nnx.vmap((x: NDArray) => new nnx.Param(x, { tag: "w" }))(xs);
    expect([made.constructor, made.tag, made.get().tolist()]).toEqual([nnx.Param, "w", [1, 2, 3]]);
  });
});

describe("a carry that is a container", () => {
  it("goes from step to step as it is returned", () => {
    const [carry, sums] = nnx.scan((state: { sum: NDArray; names: string[] }, x: NDArray) => {
      const sum = state.sum.add(x);
      return [{ sum, names: [...state.names, `x${x.item()}`] }, sum] as const;
    })({ sum: jnp.array(0), names: [] }, xs);
    expect([carry.sum.item(), carry.names, sums.tolist()]).toEqual([6, ["x1", "x2", "x3"], [1, 3, 6]]);
  });

  it("reverse goes from the last to the first, and the results stay in place", () => {
    const [carry, sums] = nnx.scan((sum: NDArray, x: NDArray) => [sum.add(x), sum.add(x)] as const, { reverse: true })(
      jnp.array(0),
      xs,
    );
    expect([carry.item(), sums.tolist()]).toEqual([6, [6, 5, 3]]);
  });
});

it("length and axisSize say how many steps there are, and must agree with the arguments", () => {
  expect(nnx.vmap(() => jnp.ones([2]), { axisSize: 3 })().shape).toEqual([3, 2]);
  const [count] = nnx.scan((n: NDArray) => [n.add(1), null] as const, { length: 4 })(jnp.array(0));
  expect(count.item()).toBe(4);
  expect(() => nnx.vmap(double, { axisSize: 2 })(xs)).toThrow(/axes of one length, got 3 and 2/);
  expect(() => nnx.scan((n: NDArray, x: NDArray) => [n, x] as const, { length: 2 })(jnp.array(0), xs)).toThrow(
    /axes of one length, got 3 and 2/,
  );
});

it("scan wants as many results as outAxes has, neither fewer nor more", () => {
  for (const results of [[jnp.array(0)], [jnp.array(0), jnp.array(0), jnp.array(0)]])
    expect(() => nnx.scan((() => results) as never)(jnp.array(0) as never, xs as never)).toThrow(
      /^nnx\.scan: "f" expected to return a plain array of 2/,
    );
});
