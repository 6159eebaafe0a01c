import { describe, expect, it } from "vitest";
import { DATA } from "../../src/array/index.ts";
import { grad, hessian, jacfwd, jacrev, jvp, numpy as jnp, vjp } from "../../src/index.ts";
import type { NDArray } from "../../src/index.ts";

describe("vjp", () => {
  it("gives the value and a function of cotangents that may be called again and again", () => {
    const [out, vjpFn] = vjp((x: NDArray, y: NDArray) => ({ product: x.mul(y), sum: [x.sum()] }), [1, 2], [3, 4]);
    expect([out.product.tolist(), out.sum[0]!.item()]).toEqual([[3, 8], 3]);
    expect(out.product[DATA].plain).toBe(undefined);
    for (const scale of [1, 2]) {
      const [dx, dy] = vjpFn({ product: [scale, 0], sum: [10] });
      expect([dx.tolist(), dy.tolist()]).toEqual([
        [3 * scale + 10, 10],
        [scale, 0],
      ]);
    }
  });

  it("hands aux through", () => {
    const [out, vjpFn, aux] = vjp((x: NDArray) => [x.mul(2), x.mul(3)] as const, 1, { hasAux: true });
    expect([out.item(), vjpFn(1)[0].item(), aux.item()]).toEqual([2, 2, 3]);
  });

  it("has no gradient for integers, and wants none", () => {
    const f = (x: NDArray, i: NDArray): NDArray[] => [x.mul(i), i.add(1)];
    const [, vjpFn] = vjp(f, jnp.array(2), jnp.array(3, "int32"));
    expect(vjpFn([1, null]).map((g) => g?.item() ?? null)).toEqual([3, null]);
    expect(() => vjpFn([1, 1])).toThrow(/^vjp: the cotangent\[1\] expected null for int32/);
  });

  it("can be differentiated, towards the cotangent too", () => {
    // d/dct of ct * 2x is 2x; d/dx of it is 2 ct.
    const f = (x: NDArray, ct: NDArray): NDArray => vjp((y: NDArray) => y.mul(y), x)[1](ct)[0];
    expect(grad(f, { argnums: [0, 1] })(3, 5).map((g) => g.item())).toEqual([10, 6]);
    // A vjpFn from outside: its residuals are constants.
    const [, vjpFn] = vjp((y: NDArray) => y.mul(y), jnp.array(3));
    expect(grad((ct: NDArray) => vjpFn(ct)[0].mul(ct))(5).item()).toBe(2 * 5 * 6);
  });

  it("says what a cotangent must be", () => {
    const [, vjpFn] = vjp((x: NDArray) => ({ a: x, b: [x] }), [1, 2]);
    expect(() => vjpFn([1, 2])).toThrow(/expected an object with the keys a, b, got an array of length 2/);
    expect(() => vjpFn({ a: [1, 2], b: [] })).toThrow(/\.b expected a plain array of length 1/);
    expect(() => vjpFn({ a: [1], b: [[1, 2]] })).toThrow(/the cotangent\.a expected shape \[2\], got \[1\]/);
    expect(() => vjpFn({ a: jnp.ones([2], "int32"), b: [[1, 2]] })).toThrow(/expected float32/);
    expect(() => vjpFn({ a: null, b: [[1, 2]] })).toThrow(/expected an array/);
    expect(() => (vjpFn as (...cts: unknown[]) => unknown)()).toThrow(/expected one cotangent/);
    expect(() => vjp((() => "text") as never, 1)).toThrow(/the result of "f" expected an array/);
  });
});

describe("jvp", () => {
  it("gives the value and the derivative in a direction", () => {
    const [out, tangent] = jvp(
      (x: NDArray, y: NDArray) => [x.mul(y), y.sum()],
      [
        [1, 2],
        [3, 4],
      ],
      [
        [1, 0],
        [0, 10],
      ],
    );
    expect(out.map((x) => x.tolist())).toEqual([[3, 8], 7]);
    expect(tangent.map((x) => x.tolist())).toEqual([[3, 20], 10]);
  });

  it("gives zeros where nothing depends on the argument, aux, and null for integers", () => {
    const [out, tangent, aux] = jvp((x: NDArray) => [jnp.ones([2]), x.mul(2)] as const, [1], [1], { hasAux: true });
    expect([out.tolist(), tangent.tolist(), aux.item()]).toEqual([[1, 1], [0, 0], 2]);
    const [, both] = jvp((x: NDArray, i: NDArray) => [x.mul(i), i], [2, jnp.array(3, "int32")], [1, null]);
    expect([both[0]!.item(), both[1]]).toEqual([3, null]);
  });

  it("can be differentiated", () => {
    // directional derivative of x^3 along v is 3 x^2 v
    const f = (x: NDArray, v: NDArray): NDArray => jvp((y: NDArray) => y.pow(3), [x], [v])[1];
    expect(grad(f, { argnums: [0, 1] })(2, 5).map((g) => g.item())).toEqual([60, 12]);
  });

  it("says what a tangent must be", () => {
    expect(() => jvp((x: NDArray) => x, [1], [[1, 2]])).toThrow(/expected shape \[\]/);
    expect(() => jvp((x: NDArray) => x, [1], [])).toThrow(/"tangents" expected one for each of 1 primals, got 0/);
    expect(() => jvp((x: NDArray) => x, 1 as never, [1])).toThrow(/"primals" expected a list/);
  });
});

describe("jacobians", () => {
  const f = (x: NDArray): NDArray => jnp.concatenate([x.mul(x), x.sum().reshape([1])]);
  const matrix = [
    [2, 0],
    [0, 4],
    [1, 1],
  ];

  it("have the shape of the result, then that of the argument, in both modes", () => {
    expect(jacrev(f)([1, 2]).tolist()).toEqual(matrix);
    expect(jacfwd(f)([1, 2]).tolist()).toEqual(matrix);
    expect(jacrev((x: NDArray) => x.mul(2))(jnp.ones([2, 3])).shape).toEqual([2, 3, 2, 3]);
    expect(jacfwd((x: NDArray) => x.sum())(jnp.ones([2, 3])).shape).toEqual([2, 3]);
    expect(jacrev((x: NDArray) => x.mul(2))(jnp.ones([0])).shape).toEqual([0, 0]);
  });

  it("are nests for nests and lists of argnums", () => {
    const g = (a: NDArray, b: NDArray): { y: NDArray } => ({ y: a.mul(b) });
    for (const jacobian of [jacrev, jacfwd]) {
      const result = jacobian(g, { argnums: [0, 1] })([1, 2], [3, 4]) as { y: [NDArray, NDArray] };
      expect(result.y.map((x) => x.tolist())).toEqual([
        [
          [3, 0],
          [0, 4],
        ],
        [
          [1, 0],
          [0, 2],
        ],
      ]);
    }
  });

  it("of jacobians are hessians", () => {
    expect(hessian((x: NDArray) => x.pow(3).sum().add(x.prod()))([1, 2]).tolist()).toEqual([
      [6, 1],
      [1, 12],
    ]);
    const [jac, aux] = jacrev((x: NDArray) => [x.mul(x), x] as const, { hasAux: true })(3) as unknown as NDArray[];
    expect([jac!.item(), aux!.item()]).toEqual([6, 3]);
  });

  it("want floats", () => {
    expect(() => jacrev((x: NDArray) => x.astype("int32"))([1])).toThrow(/expected a float/);
    expect(() => jacfwd(f)(jnp.array([1], "int32"))).toThrow(/expected a float/);
    expect(() => jacrev(f, { argnums: 3 })([1])).toThrow(RangeError);
  });
});
