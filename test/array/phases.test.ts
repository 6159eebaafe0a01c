import { describe, expect, it } from "vitest";
import type { ConvolveParameters, NDArray } from "../../src/array/index.ts";
import { array, convolve } from "../../src/array/index.ts";
import { firstDifference } from "../bits.ts";
import { floats } from "../contract/backends.ts";

/** A convolution over an input that is spread: the sizes of x, of the kernel, and how it slides. */
interface Case {
  readonly x: readonly number[];
  readonly kernel: readonly number[];
  readonly spread: readonly number[];
  readonly pads: readonly (readonly [number, number])[];
  readonly strides?: readonly number[];
  readonly dilation?: readonly number[];
  readonly groups?: number;
}

const CASES: readonly (readonly [string, Case])[] = [
  ["a kernel of twice the spread", { x: [2, 13, 14, 16], kernel: [4, 4, 16, 16], spread: [2, 2], pads: ones(2, 2, 2) }],
  ["an odd kernel", { x: [1, 21, 9, 32], kernel: [3, 3, 32, 30], spread: [2, 2], pads: ones(2, 1, 2) }],
  ["one axis", { x: [3, 400, 8], kernel: [9, 8, 12], spread: [4], pads: [[3, 8]] }],
  ["three axes", { x: [1, 5, 6, 7, 8], kernel: [3, 2, 3, 8, 8], spread: [2, 1, 3], pads: ones(3, 2, 1) }],
  [
    "a kernel shorter than the spread",
    { x: [1, 17, 19, 32], kernel: [2, 1, 32, 32], spread: [3, 2], pads: ones(2, 0, 1) },
  ],
  [
    "a spread kernel",
    { x: [1, 14, 15, 24], kernel: [3, 3, 24, 24], spread: [2, 3], dilation: [3, 2], pads: ones(2, 4, 5) },
  ],
  [
    "a stride along the axis that is not spread",
    { x: [1, 15, 60, 16], kernel: [4, 5, 16, 24], spread: [2, 1], strides: [1, 2], pads: ones(2, 2, 1) },
  ],
  ["no padding at all", { x: [1, 15, 16, 24], kernel: [4, 4, 24, 16], spread: [2, 2], pads: ones(2, 0, 0) }],
  ["two groups", { x: [1, 20, 20, 32], kernel: [4, 4, 16, 12], spread: [2, 2], pads: ones(2, 3, 2), groups: 2 }],
  ["depthwise", { x: [1, 60, 60, 12], kernel: [4, 4, 1, 12], spread: [2, 2], pads: ones(2, 3, 2), groups: 12 }],
  [
    "more terms than a block of a product has",
    { x: [1, 4, 5, 300], kernel: [4, 4, 300, 8], spread: [2, 2], pads: ones(2, 2, 2) },
  ],
];

/** `axes` times the same padding. */
function ones(axes: number, low: number, high: number): (readonly [number, number])[] {
  return Array.from({ length: axes }, () => [low, high] as const);
}

/** x [batch, ...spatial, features] with zeros between its elements. */
function spreadOut(x: NDArray, spread: readonly number[]): NDArray {
  const features = x.shape.at(-1)!;
  const spatial = x.shape.slice(1, -1);
  const wide = spatial.map((n, axis) => (n - 1) * spread[axis]! + 1);
  const shape = [x.shape[0]!, ...wide, features];
  const out = new Float32Array(shape.reduce((a, b) => a * b, 1));
  const { data } = x;
  for (let i = 0; i < data.length; i += features) {
    let left = i / features;
    let at = 0;
    let step = 1;
    for (let axis = spatial.length - 1; axis >= 0; axis--) {
      at += (left % spatial[axis]!) * spread[axis]! * step;
      left = Math.floor(left / spatial[axis]!);
      step *= wide[axis]!;
    }
    at = (at + left * step) * features;
    for (let c = 0; c < features; c++) out[at + c] = data[i + c]!;
  }
  return array(out).reshape(shape);
}

/** The convolution, and the same over the spread input written out. */
function both(x: NDArray, kernel: NDArray, bias: NDArray | undefined, given: Case): [Float32Array, Float32Array] {
  const none = given.spread.map(() => 1);
  const { strides = none, dilation = none, groups = 1, pads, spread } = given;
  const parameters: ConvolveParameters = { strides, dilation, groups, pads, inputDilation: spread, edges: "zero" };
  const y = convolve(x, kernel, bias, parameters);
  const long = convolve(spreadOut(x, spread), kernel, bias, { ...parameters, inputDilation: none });
  expect(y.shape).toEqual(long.shape);
  return [y.data as Float32Array, long.data as Float32Array];
}

function sized(shape: readonly number[], seed: number, edges = false): NDArray {
  return array(
    floats(
      shape.reduce((a, b) => a * b, 1),
      seed,
      edges,
    ),
  ).reshape([...shape]);
}

describe("a convolution over a spread input has the bits of that over zeros written out", () => {
  it.each(CASES)("%s", (_, given) => {
    const [x, kernel] = [sized(given.x, 1), sized(given.kernel, 2)];
    for (const bias of [undefined, sized([given.kernel.at(-1)!], 3)])
      expect(firstDifference(...both(x, kernel, bias, given))).toBe(-1);
    expect(firstDifference(...both(sized(given.x, 4, true), kernel, undefined, given))).toBe(-1);
  });

  it("weights that are not finite, also when they are written later", () => {
    const [, given] = CASES[0]!;
    const [x, kernel] = [sized(given.x, 1), sized(given.kernel, 2)];
    for (const weight of [1, Infinity, 3, NaN]) {
      kernel.data[5] = weight;
      const [y, long] = both(x, kernel, undefined, given);
      expect(firstDifference(y, long)).toBe(-1);
      expect(y.some((value) => value !== value)).toBe(!Number.isFinite(weight));
    }
  });
});
