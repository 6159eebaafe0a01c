/** How many float32 elements an operation allocates on the core: its result, and no copy of what it reads. */
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type * as Flaxen from "../../src/index.ts";

let allocated = 0;
let flaxen: typeof Flaxen;
let x: Flaxen.NDArray;

beforeAll(async () => {
  class Counting extends Float32Array {
    constructor(...args: [number]) {
      super(...args);
      if (typeof args[0] === "number") allocated += args[0];
    }
  }
  vi.resetModules();
  vi.stubGlobal("Float32Array", Counting);
  flaxen = await import("../../src/index.ts");
  flaxen.useBackend("core");
  x = flaxen.numpy.ones([8, 16, 4]);
});

afterAll(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

it.each<[string, number, () => Flaxen.NDArray]>([
  ["x + x", 512, () => x.add(x)],
  ["x * 2, of which the number is one", 513, () => x.mul(2)],
  ["x.reshape", 0, () => x.reshape([-1])],
  ["a transpose that moves an axis of 1 alone", 0, () => x.reshape([8, 1, 64]).transpose([1, 0, 2])],
  ["x.slice(1)", 64, () => x.slice(1)],
  ["x.T", 512, () => x.T],
  ["the sum of all", 1, () => x.sum()],
  ["the sum over axis 0", 64, () => x.sum(0)],
  ["the sum over axis 1", 32, () => x.sum(1)],
  ["the sum over the first two axes", 4, () => x.sum([0, 1])],
  ["the sum over the outer two axes", 16, () => x.sum([0, 2])],
  ["the sum over the last two axes", 8, () => x.sum([1, 2])],
  ["the mean over the outer two axes", 16, () => x.mean([0, 2])],
  ["the variance over the outer two axes, with the means", 32, () => x.var([0, 2])],
  ["the maximum over the first two axes", 4, () => x.max([0, 1])],
  ["relu", 512, () => flaxen.nnx.relu(x)],
  ["softmax", 512, () => flaxen.nnx.softmax(x)],
])("%s allocates %d elements", (_, elements, run) => {
  allocated = 0;
  run();
  expect(allocated).toBe(elements);
});
