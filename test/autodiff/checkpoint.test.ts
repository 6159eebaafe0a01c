import { describe, expect, it } from "vitest";
import { checkpoint, grad, jvp, numpy as jnp, valueAndGrad, vjp } from "../../src/index.ts";
import type { NDArray } from "../../src/index.ts";

const block = (x: NDArray): NDArray =>
  jnp
    .tanh(x)
    .mul(x)
    .add(jnp.exp(x.mul(0.5)));

describe("checkpoint", () => {
  it("gives the same value and gradient, bit for bit", () => {
    const x = jnp.array([0.3, -1.2, 2.5]);
    const deep = (f: (x: NDArray) => NDArray) => (y: NDArray) => f(f(f(y))).sum();
    const [value, gradient] = valueAndGrad(deep(block))(x);
    const [again, same] = valueAndGrad(deep(checkpoint(block)))(x);
    expect([again.tolist(), same.tolist()]).toEqual([value.tolist(), gradient.tolist()]);
    const [nested, third] = valueAndGrad(deep(checkpoint((y) => checkpoint(block)(y))))(x);
    expect([nested.tolist(), third.tolist()]).toEqual([value.tolist(), gradient.tolist()]);
  });

  it("runs the function again in the backward pass, and not without a gradient", () => {
    let runs = 0;
    const f = checkpoint((x: NDArray) => {
      runs++;
      return x.mul(x);
    });
    expect([f(jnp.array(3)).item(), runs]).toEqual([9, 1]);
    expect([grad((x: NDArray) => f(x))(3).item(), runs]).toEqual([6, 3]);
    const [, vjpFn] = vjp((x: NDArray) => f(x), 3);
    expect([vjpFn(1)[0].item(), vjpFn(2)[0].item(), runs]).toEqual([6, 12, 6]);
  });

  it("takes nests, integers and several results", () => {
    const f = checkpoint(
      (t: { a: NDArray; n: NDArray }, y: NDArray) => [t.a.mul(t.n), { y: y.mul(t.a), n: t.n }] as const,
    );
    const [gradient, dy] = grad(
      (a: NDArray, y: NDArray) => {
        const [first, { y: second, n }] = f({ a, n: jnp.array(2, "int32") }, y);
        expect(n.dtype).toBe("int32");
        return first.add(second);
      },
      { argnums: [0, 1] },
    )(3, 5);
    expect([gradient.item(), dy.item()]).toEqual([7, 3]);
  });

  it("gives arrays from outside their gradients too, at any depth", () => {
    const f = (x: NDArray): NDArray => {
      const w = x.mul(2);
      const inner = checkpoint((y: NDArray) => y.mul(w));
      return checkpoint((y: NDArray) => inner(y).mul(w).add(inner(y)))(x);
    };
    // x * (2x)^2 + x * 2x = 4x^3 + 2x^2
    expect(grad(f)(3).item()).toBe(12 * 9 + 4 * 3);
    expect(grad(grad(f))(3).item()).toBe(24 * 3 + 4);
  });

  it("can be differentiated again, and forward", () => {
    const f = checkpoint((x: NDArray) => x.mul(x).mul(x));
    expect(grad(grad((x: NDArray) => f(x)))(2).item()).toBe(12);
    expect(jvp((x: NDArray) => f(x), [2], [1])[1].item()).toBe(12);
    expect(grad(checkpoint(grad((x: NDArray) => f(x))) as (x: NDArray) => NDArray)(2).item()).toBe(12);
  });

  it("of constants is a constant", () => {
    const f = checkpoint((x: NDArray) => x.mul(x));
    expect(grad((x: NDArray) => f(jnp.array(3)).mul(x))(2).item()).toBe(9);
  });

  it("refuses to differentiate what left it in another way", () => {
    let escaped: NDArray | undefined;
    const f = checkpoint((x: NDArray) => (escaped = x.mul(x)).mul(x));
    expect(() => grad((x: NDArray) => f(x).add(escaped!))(2)).toThrow(/left it other than through its result/);
    expect(escaped!.mul(2).item()).toBe(8);
  });

  it("restores everything after an exception", () => {
    const f = checkpoint((): NDArray => {
      throw new RangeError("stop");
    });
    const g = (x: NDArray): NDArray => {
      expect(() => f()).toThrow("stop");
      return x.mul(x);
    };
    expect(grad(g)(3).item()).toBe(6);
    expect(() => checkpoint(1 as never)).toThrow(/"f" expected a function/);
  });
});
