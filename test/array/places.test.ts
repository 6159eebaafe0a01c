/** What is less often asked of functions: numbers as shapes, coordinates of samples, what has a name by place. */
import { describe, expect, it } from "vitest";
import { lax, nn, numpy as jnp } from "../../src/index.ts";
import type { NDArray } from "../../src/index.ts";

const X = jnp.arange(24).reshape([2, 3, 4]).astype("float32");

describe("a number as a shape is that of one axis", () => {
  it("which may be -1, and is told as a list", () => {
    expect(jnp.reshape(X, -1).shape).toEqual([24]);
    expect(jnp.reshape(X, 24).shape).toEqual([24]);
    expect(() => jnp.reshape(X, 23)).toThrow('reshape: "shape" expected sizes for 24 elements of [2, 3, 4], got [23]');
  });
});

/** The area under lines by its definition, along the last axis. */
function area(y: readonly number[], x: readonly number[]): number {
  return y.slice(1).reduce((sum, value, i) => sum + ((value + y[i]!) / 2) * (x[i + 1]! - x[i]!), 0);
}

describe("trapezoid", () => {
  const samples = jnp.array([0, 1, 3, 6]);

  it("of coordinates [n] or in the shape of the samples, along any axis", () => {
    const each = jnp.broadcastTo(samples, [2, 3, 4]).mul(jnp.array([[[1], [2], [3]]]));
    const along = jnp.trapezoid(X, each).tolist() as number[][];
    const one = jnp.trapezoid(X, samples).tolist() as number[][];
    for (let i = 0; i < 2; i++)
      for (let j = 0; j < 3; j++) {
        const y = X.slice(i, j).tolist() as number[];
        const x = samples.tolist() as number[];
        expect(one[i]![j]).toBe(area(y, x));
        expect(along[i]![j]).toBe(
          area(
            y,
            x.map((at) => (j + 1) * at),
          ),
        );
      }
    const moved = jnp.trapezoid(jnp.moveaxis(X, -1, 0), { x: jnp.moveaxis(each, -1, 0), axis: 0 });
    expect(moved.tolist()).toEqual(along);
  });

  it("of distances that differ", () => {
    expect(jnp.trapezoid([1, 2, 4], { dx: [2, 1] }).item()).toBe(6);
    expect(jnp.trapezoid([1, 2, 4], { dx: 3 }).item()).toBe(13.5);
  });
});

const same = (a: NDArray, b: NDArray): void => expect(a.tolist()).toEqual(b.tolist());

/** Calls with arguments by place, and the same by name. */
const CALLS: readonly (readonly [name: string, byPlace: () => NDArray, byName: () => NDArray])[] = [
  [
    "interp",
    () => jnp.interp([-1, 0.5, 9], [0, 1], [2, 4], -7, 8),
    () => jnp.interp([-1, 0.5, 9], [0, 1], [2, 4], { left: -7, right: 8 }),
  ],
  [
    "interp, left alone",
    () => jnp.interp([-1, 9], [0, 1], [2, 4], -7),
    () => jnp.interp([-1, 9], [0, 1], [2, 4], { left: -7 }),
  ],
  ["sum", () => jnp.sum(X, 1), () => jnp.sum(X, { axis: 1 })],
  ["mean", () => jnp.mean(X, 1), () => jnp.mean(X, { axis: 1 })],
  ["cumsum", () => jnp.cumsum(X, 1), () => jnp.cumsum(X, { axis: 1 })],
  ["trapezoid", () => jnp.trapezoid(X, jnp.array([0, 2, 4]), 2, 1), () => jnp.trapezoid(X, { dx: 2, axis: 1 })],
  ["diff", () => jnp.diff(X, 2, 1), () => jnp.diff(X, { n: 2, axis: 1 })],
  ["roll", () => jnp.roll(X, 1, 2), () => jnp.roll(X, 1, { axis: 2 })],
  ["repeat", () => jnp.repeat(X, 2, 1), () => jnp.repeat(X, 2, { axis: 1 })],
  ["flip", () => jnp.flip(X, 1), () => jnp.flip(X, { axis: 1 })],
  ["pad", () => jnp.pad(X, 1, "edge"), () => jnp.pad(X, 1, { mode: "edge" })],
  ["stack", () => jnp.stack([X, X], 1), () => jnp.stack([X, X], { axis: 1 })],
  ["concatenate", () => jnp.concatenate([X, X], 1), () => jnp.concatenate([X, X], { axis: 1 })],
  ["take", () => jnp.take(X, [1, 0], 1), () => jnp.take(X, [1, 0], { axis: 1 })],
  ["softmax", () => nn.softmax(X, 1), () => nn.softmax(X, { axis: 1 })],
  ["logsumexp", () => nn.logsumexp(X, 1), () => nn.logsumexp(X, { axis: 1 })],
  ["clip", () => jnp.clip(X, 2, 5), () => jnp.clip(X, { min: 2, max: 5 })],
  ["tri", () => jnp.tri(3, 4, 1), () => jnp.tri(3, { m: 4, k: 1 })],
  ["eye", () => jnp.eye(3, 4, 1), () => jnp.eye(3, { m: 4, k: 1 })],
  ["linspace", () => jnp.linspace(0, 1, 5), () => jnp.linspace(0, 1, { num: 5 })],
  ["argmax", () => jnp.argmax(X, 1), () => jnp.argmax(X, { axis: 1 })],
  ["slice of lax", () => lax.slice(X, [0, 0, 0], [2, 3, 4], [1, 2, 3]), () => X.slice(":", "::2", "::3")],
];

describe("what has a name may stand by place", () => {
  it.each(CALLS)("%s", (_, byPlace, byName) => same(byPlace(), byName()));
});
