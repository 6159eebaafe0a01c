import fc from "fast-check";
import { expect, it } from "vitest";
import { flush } from "../../src/base/index.ts";
import { numpy as jnp } from "../../src/index.ts";
import { onEachBackend } from "../backends.ts";

const SPECIAL = [0, -0, NaN, Infinity, -Infinity, 2 ** -140, -(2 ** -140), 3.4e38, -1];
const element = fc.oneof(
  { weight: 200, arbitrary: fc.float({ noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(...SPECIAL) },
);

/** Sizes below and above those from which lines go through a kernel, whole groups of 16 and not. */
const sizes = fc.tuple(
  fc.integer({ min: 1, max: 5 }),
  fc.constantFrom(1, 15, 127, 128, 129, 300, 1025),
  fc.constantFrom(1, 3, 15, 16, 17, 40),
);

onEachBackend("max and min", () => {
  it("along any axis are those of the line's elements: NaN wins, -0 is below 0, subnormals are zeros", () => {
    fc.assert(
      fc.property(sizes, fc.infiniteStream(element), ([outer, n, inner], values) => {
        const data = Float32Array.from({ length: outer * n * inner }, () => values.next().value!);
        const x = jnp.array(data).reshape([outer, n, inner]);
        const along = (pick: (a: number, b: number) => number): number[] =>
          Array.from({ length: outer * inner }, (_, i) => {
            const line = Array.from(
              { length: n },
              (__, k) => data[(Math.floor(i / inner) * n + k) * inner + (i % inner)]!,
            );
            return flush(line.reduce((a, b) => pick(a, b)));
          });
        expect([...x.max(1).data]).toEqual(along(Math.max));
        expect([...x.min(1).data]).toEqual(along(Math.min));
        expect(x.max().item()).toBe(flush(data.reduce((a, b) => Math.max(a, b))));
      }),
      { numRuns: 60 },
    );
  });
});
