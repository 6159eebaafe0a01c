import { expect, it } from "vitest";
import { numpy as jnp } from "../../src/index.ts";

// jnp.polymul([0, 0], [1, 2], trim_leading_zeros=True), and so on.
it.each<[a: number[], b: number[], trimmed: number[], whole: number[]]>([
  [
    [0, 0],
    [1, 2],
    [0, 0],
    [0, 0, 0],
  ],
  [[0], [0], [0], [0]],
  [
    [0, 3],
    [0, 1, 2],
    [3, 6],
    [0, 0, 3, 6],
  ],
  [[3, 0], [1], [3, 0], [3, 0]],
])(
  "polymul of %j and %j leaves leading zeros out where it is told to, and something of zeros alone",
  (a, b, trimmed, whole) => {
    expect(jnp.polymul(a, b, { trimLeadingZeros: true }).tolist()).toEqual(trimmed);
    expect(jnp.polymul(a, b).tolist()).toEqual(whole);
  },
);
