import { expect, it } from "vitest";
import { interpreter } from "../../src/array/index.ts";
import { debugInfs, debugNans, FloatingPointError, grad, nnx, numpy as jnp } from "../../src/index.ts";
import type { NDArray } from "../../src/index.ts";

it("debugNans names the operation that gave the first NaN", () => {
  expect(() => debugNans(() => jnp.sqrt([4, -1, 9]).mul(2))).toThrow(
    new FloatingPointError("sqrt gave NaN at element 1 of float32[3], from float32[3]"),
  );
  expect(() => debugNans(() => jnp.array([NaN]).mul(2))).toThrow(/from float32\[1\], one of which has it already/);
  expect(debugNans(() => jnp.sqrt(4).item())).toBe(2);
  expect(interpreter.current).toBe(undefined);
});

it("debugNans sees the backward pass, and says whose gradient it was", () => {
  const f = (x: NDArray): NDArray => jnp.where(x.gt(0), jnp.sqrt(x), 0);
  expect(f(jnp.array(0)).item()).toBe(0);
  expect(() => debugNans(() => grad(f)(0))).toThrow(/^multiply gave NaN at .*, in the gradient of sqrt$/);
  // Inside of the function that is differentiated, too.
  expect(() => grad((x: NDArray) => debugNans(() => jnp.log(x.sub(2))))(1)).toThrow(/^log gave NaN/);
  expect(grad((x: NDArray) => debugNans(() => x.mul(x)))(3).item()).toBe(6);
});

it("debugInfs names the operation that gave the first infinity", () => {
  expect(() => debugInfs(() => jnp.exp([1, 200]))).toThrow(/^exp gave an infinity at element 1 of float32\[2\]/);
  expect(() => debugInfs(() => jnp.array([3e38], "bfloat16").mul(2))).toThrow(/^multiply gave an infinity/);
  expect(debugInfs(() => jnp.sqrt(-1).item())).toBe(NaN);
});

it("they watch training steps and nest", () => {
  const v = new nnx.Param([0]);
  const loss = (p: nnx.Param): NDArray => jnp.log(p.get()).sum();
  expect(() => debugInfs(() => nnx.grad(loss)(v))).toThrow(/^log gave/);
  expect(() => debugNans(() => debugInfs(() => jnp.sqrt(-1)))).toThrow(/^sqrt gave NaN/);
  expect(() => debugNans((async () => 1) as never)).toThrow(/not asynchronous/);
  expect(() => debugNans(1 as never)).toThrow(/"f" expected a function/);
});
