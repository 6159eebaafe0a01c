import { afterEach, describe, expect, it } from "vitest";
import type { NDArray } from "../../src/index.ts";
import { apply, DATA, interpreter } from "../../src/array/index.ts";
import type { ArrayData, Operation } from "../../src/array/index.ts";
import { grad, lax, numpy as jnp, valueAndGrad } from "../../src/index.ts";

afterEach(() => expect(interpreter.current, "nobody listens after a gradient").toBe(undefined));

const items = (x: NDArray): unknown => x.tolist();

describe("grad", () => {
  it("gives the derivative of a scalar function", () => {
    expect(grad((x: NDArray) => x.pow(3))(2).item()).toBe(12);
    expect(items(grad((x: NDArray) => x.mul(x).sum())([1, 2, 3]))).toEqual([2, 4, 6]);
  });

  it("adds what comes back from every use, and zeros where there is none", () => {
    expect(grad((x: NDArray) => x.mul(x).add(x).add(x))(5).item()).toBe(12);
    expect(items(grad((x: NDArray, y: NDArray) => x.mul(0).sum().add(y.sum()))([1, 2], jnp.array([3])))).toEqual([
      0, 0,
    ]);
    expect(grad((x: NDArray) => x.item())(1).item()).toBe(0);
  });

  it("has a shape where there are no elements", () => {
    expect(grad((x: NDArray) => jnp.prod(x))(jnp.zeros([0, 3, 0])).shape).toEqual([0, 3, 0]);
    expect(grad((x: NDArray) => jnp.prod(x, [0, 1]).sum())(jnp.zeros([2, 3, 0])).shape).toEqual([2, 3, 0]);
  });

  // jax.grad(lambda x: jnp.max(x, initial=2, where=mask)): what the mask leaves out is not equal to the start.
  it("of a masked extreme is shared with the start alone", () => {
    const where = [true, false, true];
    const greatest = (x: NDArray): NDArray => jnp.max(x, { initial: 2, where });
    expect(items(grad(greatest)(jnp.array([2, 5, 1])))).toEqual([0.5, 0, 0]);
    expect(items(grad(greatest)(jnp.array([3, 5, 3])))).toEqual([0.5, 0, 0.5]);
    expect(items(grad((x: NDArray) => jnp.min(x, { initial: 2, where: false }))(jnp.array([2, 5, 1])))).toEqual([
      0, 0, 0,
    ]);
  });

  // jax.grad(lambda x: jnp.linalg.norm(x, ord=jnp.inf))(jnp.zeros(3)): the largest is compared with 0 too.
  it("of a largest norm is shared with the 0 that JAX begins at", () => {
    const norm = (x: NDArray): NDArray => jnp.linalg.norm(x, { ord: Infinity });
    expect(items(grad(norm)(jnp.zeros([3])))).toEqual([1, 1, 1].map((x) => Math.fround(x / 6)));
    expect(items(grad(norm)(jnp.array([-2, 0, 2])))).toEqual([-0.5, 0, 0.5]);
  });

  // jax.grad(lambda a, x, b: jax.lax.clamp(a, x, b).sum(), (0, 1, 2))(...): nothing to a bound that x is equal to
  it("of clamp goes to what is within, or to the bound that is passed", () => {
    const sum = (a: NDArray, x: NDArray, b: NDArray): NDArray => lax.clamp(a, x, b).sum();
    const [a, x, b] = grad(sum, { argnums: [0, 1, 2] })(
      [0, 0, 0, 0, 0, 5, 5],
      [-1, 0, 0.5, 1, 2, 0, 9],
      [1, 1, 1, 1, 1, 3, 3],
    );
    expect([a, x, b].map(items)).toEqual([
      [1, 0, 0, 0, 0, 0, 0],
      [0, 0, 1, 0, 0, 0, 0],
      [0, 0, 0, 0, 1, 0, 1],
    ]);
  });

  it("of a product with no matrices in one stack and one in the other has their shapes", () => {
    for (const [a, b] of [
      [[0], [0, 0, 3]],
      [
        [0, 2, 3],
        [1, 3, 4],
      ],
      [
        [1, 2, 3],
        [0, 3, 4],
      ],
    ] as const) {
      const sum = (x: NDArray, y: NDArray): NDArray => jnp.matmul(x, y).sum();
      const shapes = grad(a.length === 1 ? (x: NDArray, y: NDArray) => jnp.vecmat(x, y).sum() : sum, {
        argnums: [0, 1],
      })(jnp.zeros(a), jnp.zeros(b)).map((g) => g.shape);
      expect(shapes).toEqual([a, b]);
    }
  });

  it("of where is zero towards a condition that is a float", () => {
    const f = (x: NDArray): NDArray => jnp.where(x, jnp.array([2, 3]), jnp.array([5, 7])).sum();
    expect(items(grad(f)([0, 0.5]))).toEqual([0, 0]);
    expect(items(grad((x: NDArray) => jnp.where(x, x.mul(2), x).sum())([0, 0.5]))).toEqual([1, 2]);
  });

  it("sums over the axes along which an operand was broadcast", () => {
    const [a, b] = grad((a: NDArray, b: NDArray) => a.mul(b).sum(), { argnums: [0, 1] })(jnp.ones([2, 3]), [1, 2, 3]);
    expect(items(a)).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(items(b)).toEqual([2, 2, 2]);
    expect(grad((s: NDArray) => jnp.ones([2, 3]).mul(s).sum())(2).item()).toBe(6);
  });

  it("gives gradients in the form of the argument", () => {
    const tree = { w: jnp.array([1, 2]), layers: [jnp.array(3), null], none: undefined };
    const gradient = grad((t: typeof tree) => t.w.sum().mul(t.layers[0]!))(tree);
    expect(Object.keys(gradient)).toEqual(["w", "layers", "none"]);
    expect([items(gradient.w), gradient.layers[0]!.item(), gradient.layers[1]]).toEqual([[3, 3], 3, null]);
  });

  it("takes argnums from the end, several of them, and hands aux through as ordinary arrays", () => {
    const f = (x: NDArray, y: NDArray): readonly [NDArray, { y: NDArray }] => [x.mul(y), { y: y.mul(2) }];
    const [[dy, dx], aux] = grad(f, { argnums: [-1, 0], hasAux: true })(3, jnp.array(4));
    expect([dx.item(), (dy as NDArray).item(), aux.y.item()]).toEqual([4, 3, 8]);
    expect(aux.y[DATA].plain).toBe(undefined);
    const [[value, same], gradient] = valueAndGrad(f, { hasAux: true })(3, jnp.array(4));
    expect([value.item(), same.y.item(), gradient.item()]).toEqual([12, 8, 4]);
    expect(value[DATA].plain).toBe(undefined);
  });

  it("differentiates the branch that was taken, and loops", () => {
    const f = (x: NDArray): NDArray => (x.item() > 0 ? x.mul(2) : x.mul(-3));
    expect([grad(f)(1).item(), grad(f)(-1).item()]).toEqual([2, -3]);
    const power = (x: NDArray): NDArray => {
      let y = jnp.array(1);
      for (let i = 0; i < 5; i++) y = y.mul(x);
      return y;
    };
    expect(grad(power)(2).item()).toBe(80);
  });

  it("shows values inside the function", () => {
    grad((x: NDArray) => {
      const y = x.mul(2);
      expect([y.tolist(), String(y), JSON.stringify(y), y.sum().item(), Array.from(y.data)]).toEqual([
        [2, 4],
        "[2. 4.]",
        "[2,4]",
        6,
        [2, 4],
      ]);
      expect([y.shape, y.dtype, y.size]).toEqual([[2], "float32", 2]);
      return y.sum();
    })([1, 2]);
  });

  it("takes comparisons and integers as constants", () => {
    const f = (x: NDArray): NDArray =>
      jnp.where(x.gt(1), x.mul(x), 0).sum().add(x.astype("int32").astype("float32").sum());
    expect(items(grad(f)([1, 2, 3]))).toEqual([0, 4, 6]);
  });

  it("keeps 16-bit floats", () => {
    const gradient = grad((x: NDArray) => x.astype("float32").mul(3).sum())(jnp.array([1, 2], "bfloat16"));
    expect([gradient.dtype, items(gradient)]).toEqual(["bfloat16", [3, 3]]);
  });

  it("stops at stopGradient, in nests too", () => {
    expect(grad((x: NDArray) => x.mul(lax.stopGradient(x)))(3).item()).toBe(3);
    expect(grad((x: NDArray) => lax.stopGradient({ a: [x.mul(x)] }).a[0]!.add(x))(3).item()).toBe(1);
    expect(lax.stopGradient(2).item()).toBe(2);
  });
});

describe("gradients of gradients", () => {
  it("are told apart by the session they belong to", () => {
    expect(grad((x: NDArray) => x.mul(grad((y: NDArray) => x.add(y))(1)))(3).item()).toBe(1);
    // d/dx (x * d/dy (x * y)) = d/dx x^2
    expect(grad((x: NDArray) => x.mul(grad((y: NDArray) => x.mul(y))(1)))(3).item()).toBe(6);
  });

  it("go as deep as one likes", () => {
    let f = (x: NDArray): NDArray => x.pow(4);
    for (const value of [32, 48, 48, 24, 0]) {
      f = grad(f) as typeof f;
      expect(f(jnp.array(2)).item()).toBe(value);
    }
  });

  it("see an inner function's input through its gradient", () => {
    // inner gradient at x: 3x^2; its derivative 6x.
    expect(grad((x: NDArray) => grad((y: NDArray) => y.mul(y).mul(y))(x))(5).item()).toBe(30);
    // The inner gradient uses what the outer function computed.
    const f = (x: NDArray): NDArray => {
      const a = x.mul(x);
      return grad((y: NDArray) => y.mul(y).mul(a))(x);
    };
    expect(grad(f)(2).item()).toBe(2 * 3 * 4);
  });

  it("take what left an inner function as what it is to the outer one", () => {
    const f = (x: NDArray): NDArray => {
      let out: NDArray | undefined;
      grad((y: NDArray) => (out = x.mul(y).mul(y)))(x);
      return out!;
    };
    expect(grad(f)(2).item()).toBe(12);
  });
});

describe("whatever happens in the function", () => {
  it("an exception leaves everything as before", () => {
    const fail = (x: NDArray): NDArray => {
      x.mul(2);
      throw new RangeError("stop");
    };
    expect(() => grad(fail)(1)).toThrow("stop");
    expect(interpreter.current).toBe(undefined);
    expect(jnp.array([1]).mul(2).tolist()).toEqual([2]);
    // Caught in an outer function, that goes on.
    const f = (x: NDArray): NDArray => {
      expect(() => grad(fail)(x)).toThrow("stop");
      return x.mul(x);
    };
    expect(grad(f)(3).item()).toBe(6);
    expect(grad(grad(f))(3).item()).toBe(2);
  });

  it("an array that got out is an ordinary one", () => {
    let escaped: NDArray | undefined;
    grad((x: NDArray) => (escaped = x.mul(2)).sum())([1, 2]);
    expect(escaped!.add(1).tolist()).toEqual([3, 5]);
    expect(grad((x: NDArray) => x.mul(escaped!).sum())([1, 1]).tolist()).toEqual([2, 4]);
    expect(Array.from(escaped!.data)).toEqual([2, 4]);
  });

  it("another interpreter sees the operations and is back afterwards", () => {
    const names: string[] = [];
    interpreter.current = (operation, parameters, inputs) => {
      names.push(operation.name);
      return operation.forward(parameters, ...inputs);
    };
    try {
      expect(grad((x: NDArray) => x.mul(3))(1).item()).toBe(3);
      expect(names.slice(0, 2)).toEqual(["multiply", "multiply"]);
    } finally {
      interpreter.current = undefined;
    }
  });
});

const ECHO: Operation<undefined, [x: ArrayData]> = { name: "echo", forward: (_, x) => x };

describe("errors", () => {
  it("name an operation without a rule", () => {
    expect(() => grad((x: NDArray) => apply(ECHO, undefined, x[DATA]))(1)).toThrow(
      /^echo has no gradient\. Give it lax\.stopGradient/,
    );
    expect(grad((x: NDArray) => apply(ECHO, undefined, lax.stopGradient(x)[DATA]).mul(x))(2).item()).toBe(2);
  });

  it("refuses nextafter, as JAX does", () => {
    expect(() => grad((x: NDArray) => jnp.nextafter(x, 2))(1)).toThrow(/^nextafter has no gradient\. Give it lax/);
  });

  it("are thrown where elements are read past the operations", () => {
    const f = (x: NDArray): NDArray => jnp.array(x[DATA].storage.data[0]!);
    expect(() => grad(f)(1)).toThrow(/this function has no gradient/);
  });

  it("say what a function must return", () => {
    expect(() => grad((x: NDArray) => x)([1, 2])).toThrow(
      'grad: "f" expected to return a scalar, got shape [2]. Sum or average it',
    );
    expect(() => grad((x: NDArray) => x.astype("int32"))(1)).toThrow(/expected to return a float scalar, got int32/);
    expect(() => grad((() => undefined) as never)(1)).toThrow('grad: "f" expected to return a scalar, got undefined');
    expect(() => grad((async () => 1) as never)(1)).toThrow(/cannot be asynchronous/);
    expect(() => grad(((x: NDArray) => x) as never, { hasAux: true })(1)).toThrow(/expected to return \[loss, aux\]/);
  });

  it("say which argument is no float", () => {
    const f = (x: NDArray): NDArray => x.sum().astype("float32");
    expect(() => grad(f)(jnp.array([1], "int32"))).toThrow(
      /^grad: argument 0 expected a float to differentiate, got NDArray int32\[1\]/,
    );
    expect(() => grad((t: { a: NDArray }) => t.a.sum())({ a: jnp.array([true]) })).toThrow(/argument 0\.a expected/);
    expect(grad(f, { allowInt: true })(jnp.array([1], "int32"))).toBe(null);
    expect(() => grad((t: { a: NDArray }) => t.a)({ a: "text" as never })).toThrow(/argument 0\.a expected an array/);
  });

  it("say which option or argnum is wrong", () => {
    const f = (x: NDArray): NDArray => x;
    expect(() => grad(1 as never)).toThrow('grad: "f" expected a function, got 1');
    expect(() => grad(f, { argnum: 0 } as never)).toThrow(/"options" expected argnums, hasAux, allowInt, got "argnum"/);
    expect(() => grad(f, { argnums: 1.5 })).toThrow(/"argnums" expected a whole number/);
    expect(() => grad(f, { argnums: [0, 0] })).toThrow(/expected each argument once, got 0 twice/);
    expect(() => grad(f, { argnums: 1 as number })(jnp.array(1))).toThrow(RangeError);
    expect(() => grad((x: NDArray, y: NDArray) => x.mul(y), { argnums: [1, -1] })(jnp.array(1), jnp.array(2))).toThrow(
      /once/,
    );
  });
});
