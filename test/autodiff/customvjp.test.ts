import { describe, expect, it } from "vitest";
import { customVjp, grad, numpy as jnp, vjp } from "../../src/index.ts";
import type { NDArray } from "../../src/index.ts";

/** sin with a gradient of cos(x) * scale, so that one sees which rule was used. */
function marked(scale: number): (x: NDArray) => NDArray {
  const f = customVjp((x: NDArray) => jnp.sin(x));
  f.defvjp((x) => [jnp.sin(x), x], ((x: NDArray, ct: NDArray) => [jnp.cos(x).mul(ct).mul(scale)]) as never);
  return f;
}

const cos = (x: number): number => jnp.cos(x).item();
const sin = (x: number): number => jnp.sin(x).item();

describe("customVjp", () => {
  it("computes what the function computes, and differentiates as it is told", () => {
    const f = marked(10);
    expect(f(jnp.array(1)).item()).toBe(sin(1));
    expect(grad((x: NDArray) => f(x))(1).item()).toBeCloseTo(10 * cos(1), 5);
    expect(grad((x: NDArray) => f(x.mul(2)).mul(3))(1).item()).toBeCloseTo(10 * 3 * 2 * cos(2), 5);
  });

  it("runs fwd in place of the function only when it is differentiated", () => {
    const calls: string[] = [];
    const f = customVjp((x: NDArray) => {
      calls.push("f");
      return x;
    });
    f.defvjp(
      (x) => {
        calls.push("fwd");
        return [x, null];
      },
      ((_: null, ct: NDArray) => {
        calls.push("bwd");
        return [ct];
      }) as never,
    );
    f(jnp.array(1));
    grad((x: NDArray) => f(jnp.array(2)).mul(x))(1);
    expect(calls).toEqual(["f", "f"]);
    grad((x: NDArray) => f(x))(1);
    expect(calls).toEqual(["f", "f", "fwd", "bwd"]);
  });

  it("has its second derivative from what fwd and bwd do, as in JAX", () => {
    // The gradient is 10 cos(x); its derivative -10 sin(x).
    expect(grad(grad((x: NDArray) => marked(10)(x)))(1).item()).toBeCloseTo(-10 * sin(1), 5);
    // To the outer function alone it is a customVjp too.
    const outer = grad((x: NDArray) => grad((y: NDArray) => marked(10)(x).mul(y))(1));
    expect(outer(1).item()).toBeCloseTo(10 * cos(1), 5);
  });

  it("takes nests, several results, configuration and null for zeros", () => {
    const f = customVjp(
      (factor: number, t: { a: NDArray; b: NDArray }, u: NDArray) => ({
        sum: t.a.add(t.b).mul(factor),
        u,
        n: u.astype("int32"),
      }),
      { nondiffArgnums: [0] },
    );
    f.defvjp((factor, t, u) => [{ sum: t.a.add(t.b).mul(factor), u, n: u.astype("int32") }, t], ((
      factor: number,
      t: { a: NDArray },
      ct: { sum: NDArray; u: NDArray; n: null },
    ) => {
      expect([ct.n, t.a.item()]).toEqual([null, 1]);
      return [{ a: ct.sum.mul(factor), b: ct.u }, null];
    }) as never);
    const [, vjpFn] = vjp(
      (t: { a: NDArray; b: NDArray }, u: NDArray) => {
        const { sum, u: same, n } = f(3, t, u);
        expect(n.item()).toBe(7);
        return [sum, same];
      },
      { a: jnp.array(1), b: jnp.array(2) },
      7,
    );
    const [dt, du] = vjpFn([10, 20]);
    expect([dt.a.item(), dt.b.item(), du.item()]).toEqual([30, 20, 0]);
    expect(vjpFn([10, 0])[0].b.item()).toBe(0);
  });

  it("says what is missing or does not fit", () => {
    const f = customVjp((x: NDArray) => x);
    expect(f(jnp.array(1)).item()).toBe(1);
    expect(() => grad((x: NDArray) => f(x))(1)).toThrow(/customVjp: expected a gradient, got none/);
    const run = (bwd: (...args: NDArray[]) => unknown): unknown => {
      f.defvjp((x) => [x, null], bwd as never);
      return grad((x: NDArray) => f(x).sum())([1, 2]);
    };
    expect(() => run(() => 1)).toThrow(/"bwd" expected to return 1 cotangents, one an argument, got 1/);
    expect(() => run((_, ct) => [ct!.sum()])).toThrow(/expected shape \[2\], got \[\]/);
    f.defvjp(((x: NDArray) => x) as never, (() => [null]) as never);
    expect(() => grad((x: NDArray) => f(x))(1)).toThrow(/"fwd" expected to return \[out, residuals\]/);
    const outside = (x: NDArray): NDArray => {
      const g = customVjp((y: NDArray) => y.mul(x));
      g.defvjp((y) => [y.mul(x), null], (() => [null]) as never);
      return g(x);
    };
    expect(() => grad(outside)(1)).toThrow(/"fwd" expected to use its arguments alone/);
    expect(() => customVjp(1 as never)).toThrow(/"f" expected a function/);
  });
});
