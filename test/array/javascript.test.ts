/** What plain JavaScript does with arrays and Variables: operators, text, iteration, lists. */
import { describe, expect, expectTypeOf, it } from "vitest";
import type { NDArray } from "../../src/array/index.ts";
import { grad, nnx, numpy as jnp, random } from "../../src/index.ts";

/** As a program without types writes it. */
// oxlint-disable-next-line no-explicit-any -- no type fits every operator
const untyped = <T>(x: T): any => x;
const OPERATORS =
  /operators expected an array of one element, got .*Use x\.mul\(2\) for x \* 2, x\.add\(1\) for x \+ 1/;

describe("operators", () => {
  it("take the one element of an array of size 1, whatever its shape and dtype", () => {
    expect(untyped(jnp.array(2)) + 1).toBe(3);
    expect(untyped(jnp.array([[3]], "int32")) * 2).toBe(6);
    expect(untyped(jnp.array([1.5], "bfloat16")) < 2).toBe(true);
    expect(Math.max(untyped(jnp.array([7])))).toBe(7);
    expect(untyped(new nnx.Param(2)) - 1).toBe(1);
  });

  it("throw for another size", () => {
    const [x, none] = [untyped(jnp.array([1, 2])), untyped(jnp.zeros([0]))];
    for (const call of [() => x * 2, () => x + 1, () => "y = " + x, () => x < 1, () => -x, () => none + 1])
      expect(call).toThrow(OPERATORS);
    expect(() => untyped(new nnx.Param([1, 2])) * 2).toThrow(OPERATORS);
    expect(() => untyped(new nnx.RngKey(random.key(0))) * 2).toThrow(/random\.keyData\(key\) gives a key's words/);
  });

  it("throw for one that is being differentiated, because its gradient would be lost", () => {
    expect(() => grad((x: NDArray) => jnp.add(x, untyped(x) * 2))(jnp.array(1))).toThrow(
      /got one that is being differentiated/,
    );
  });
});

it("text is what prints", () => {
  expect(`${untyped(jnp.array([1, 2]))}`).toBe("[1. 2.]");
  expect(String(jnp.array(2))).toBe("2.0");
  expect(`${untyped(new nnx.Param([1]))}`).toBe("Param([1.])");
  expect(`${untyped(new nnx.RngKey(random.key(0)))}`).toMatch(/^RngKey\(Key/);
});

describe("iteration", () => {
  it("goes over the first axis", () => {
    const x = jnp.arange(6).reshape([3, 2]);
    expect([...x].map((row) => row.tolist())).toEqual([
      [0, 1],
      [2, 3],
      [4, 5],
    ]);
    expect([...jnp.zeros([0, 3])]).toEqual([]);
    const [first, ...rest] = jnp.array([1, 2, 3]);
    expect([first!.item(), rest.length]).toEqual([1, 2]);
    expectTypeOf(first!).toEqualTypeOf<NDArray>();
    expect([...new nnx.Param([[1, 2]])].map((row) => row.shape)).toEqual([[2]]);
  });

  it("of a scalar or of a key is an error", () => {
    expect(() => [...jnp.array(1)]).toThrow(TypeError);
    expect(() => [...new nnx.Param(1)]).toThrow(TypeError);
    expect(() => [...new nnx.RngKey(random.key(0))]).toThrow(TypeError);
  });

  it("is differentiable", () => {
    const gradient = grad((x: NDArray) => [...x].reduce((sum, row, i) => sum.add(row.sum().mul(i)), jnp.array(0)));
    expect(gradient(jnp.ones([3, 2])).tolist()).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
  });
});

describe("a list of arrays", () => {
  it("is stacked, with lists of lists, typed arrays, Variables and numbers among them", () => {
    const row = jnp.array([1, 2]);
    expect(jnp.array([row, row]).tolist()).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(
      jnp
        .array([
          [row, [3, 4]],
          [new Float32Array([5, 6]), new nnx.Param([7, 8])],
        ])
        .tolist(),
    ).toEqual([
      [
        [1, 2],
        [3, 4],
      ],
      [
        [5, 6],
        [7, 8],
      ],
    ]);
    expect(jnp.asarray([1, jnp.array(2)]).tolist()).toEqual([1, 2]);
    expect(jnp.array([new Int8Array([1]), new Int32Array([2])]).dtype).toBe("int32");
    expect(jnp.array([row, row], "int32").dtype).toBe("int32");
  });

  it("of different shapes, or with something else in it, is an error", () => {
    expect(() => jnp.array([jnp.array([1, 2]), jnp.array([1])])).toThrow(
      /expected arrays of one shape, got \[2\] and \[1\]/,
    );
    expect(() => jnp.array([jnp.array(1), new Date() as never])).toThrow(
      /array: "x" expected (an array|numbers inside)/,
    );
  });

  it("is differentiable", () => {
    expect(grad((x: NDArray) => jnp.array([x, x.mul(2)]).sum())(jnp.array(1)).item()).toBe(3);
  });
});

describe("Variables have the members of their array", () => {
  const kernel = new nnx.Param([
    [1, 2],
    [3, 4],
  ]);

  it("arithmetic, methods, sizes", () => {
    expect(kernel.mul(2).tolist()).toEqual([
      [2, 4],
      [6, 8],
    ]);
    expect(kernel.T.tolist()).toEqual([
      [1, 3],
      [2, 4],
    ]);
    expect(kernel.reshape([4]).add(kernel.flatten()).tolist()).toEqual([2, 4, 6, 8]);
    expect(kernel.at(0).set(5).tolist()).toEqual([
      [5, 5],
      [3, 4],
    ]);
    expect([kernel.ndim, kernel.size, kernel.nbytes]).toEqual([2, 4, 16]);
    expect(kernel.sum({ axis: 0 }).tolist()).toEqual([4, 6]);
    expectTypeOf(kernel.mul(2)).toEqualTypeOf<NDArray>();
    expect(kernel.get().tolist()).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it("all of them, read through what a subclass makes of the value", () => {
    class Doubled extends nnx.Variable {
      override getValue(): NDArray {
        return super.getValue().mul(2);
      }
    }
    expect(new Doubled([1, 2]).sum().item()).toBe(6);
    const missing = Object.getOwnPropertyNames(Object.getPrototypeOf(jnp.ones([1]))).filter(
      (name) => !(name in kernel),
    );
    expect(missing).toEqual([]);
  });

  it("and those of keys throw", () => {
    const key = new nnx.RngKey(random.key(0));
    expect(() => untyped(key).mul(2)).toThrow(/RngKey\.mul: "value" expected an array, got Key/);
    expect(untyped(key).T).toBeUndefined();
  });
});

describe("models as functions and as JSON", () => {
  const layer = new nnx.Linear(2, 3, { rngs: new nnx.Rngs(0) });

  it("call and bind forward", () => {
    const right = layer([1, 2]).tolist();
    // oxlint-disable-next-line no-useless-call -- that it is there is the test
    expect(layer.call(null, [1, 2]).tolist()).toEqual(right);
    expect(layer.bind(null)([1, 2]).tolist()).toEqual(right);
    expect(layer.bind(null, [1, 2])().tolist()).toEqual(right);
  });

  it("JSON.stringify gives the pure dict of the state", () => {
    class Net extends nnx.Module {
      layers = new nnx.List([layer, new nnx.Linear(3, 1, { rngs: new nnx.Rngs(1) })]);
      again = layer;
      scale = jnp.array([2]);
      name = "net";
    }
    const net = new Net();
    expect(JSON.stringify(net)).toBe(JSON.stringify(nnx.toPureDict(nnx.state(net))));
    expect(Object.keys(JSON.parse(JSON.stringify({ net })).net)).toEqual(["again", "layers", "scale"]);
    expect(JSON.parse(JSON.stringify(layer)).bias).toEqual([0, 0, 0]);
  });
});
