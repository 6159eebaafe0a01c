/** What decides how elements are read: the bits are the same by slower ways, so that the decisions are tested. */
import { describe, expect, it } from "vitest";
import { poolGeometry } from "../../src/data/products/poolwindows.ts";
import { repeatOf } from "../../src/data/manipulation/repeats.ts";

describe("the repeat count of an array that is broadcast", () => {
  it.each<[own: number[], shape: number[], repeat: number]>([
    [[], [2, 3], 1],
    [[1], [5], 1],
    [[1, 1], [2, 3], 1],
    [[3], [3], 1],
    [[3], [2, 3], 1],
    [[2, 3], [2, 3], 1],
    [[2, 1], [2, 3], 3],
    [[2, 1, 1], [2, 3, 4], 12],
    [[2, 1], [4, 2, 3], 3],
    [[1, 2, 1], [4, 2, 3], 3],
    [[1, 3], [2, 3], 1],
    [[2, 1, 4], [2, 3, 4], 0],
    [[2, 1, 4, 1], [2, 3, 4, 5], 0],
  ])("of %j to %j is %d", (own, shape, repeat) => {
    expect(repeatOf(own, shape)).toBe(repeat);
  });
});

it("windows that see alike share a list of what they see", () => {
  const [ones, pads] = [
    [1, 1],
    [
      [1, 1],
      [1, 1],
    ],
  ];
  const sliding = { strides: ones, pads, dilation: ones, inputDilation: ones, edges: "zero" } as never;
  const { windows } = poolGeometry([3, 9, 9, 2], [3, 3], sliding);
  // Along each axis those at an edge, and all others.
  expect(windows.views.length).toBe(4);
});
