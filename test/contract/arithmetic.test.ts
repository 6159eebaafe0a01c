import { describe, expect, it } from "vitest";
import type { BinaryOperation, Kernels } from "../../src/base/index.ts";
import { flush } from "../../src/base/index.ts";
import { firstDifference } from "../bits.ts";
import { BACKENDS, EDGES, floats, SIZES } from "./backends.ts";

const { fround } = Math;

/** The meaning of the operations, as plainly as it can be put. */
const WRITTEN: Record<BinaryOperation, (a: number, b: number) => number> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
};
const NAMES = Object.keys(WRITTEN) as BinaryOperation[];

function written(op: BinaryOperation, x: Float32Array, y: Float32Array): Float32Array {
  return x.map((a, i) => flush(fround(WRITTEN[op](flush(a), flush(y[i % y.length]!)))));
}

function check(kernels: Kernels, op: BinaryOperation, x: Float32Array, y: Float32Array, what: string): void {
  const expected = written(op, x, y);
  const out = new Float32Array(x.length).fill(7);
  kernels.binaryF32(op, x, y, out);
  expect(firstDifference(expected, out), `${op} ${what}`).toBe(-1);
  const inPlace = x.slice();
  kernels.binaryF32(op, inPlace, y, inPlace);
  expect(firstDifference(expected, inPlace), `${op} ${what}, in place`).toBe(-1);
}

describe.each(BACKENDS)("arithmetic on $name gives the written bits", (kernels) => {
  it("at every size, of equal sizes and with one number", () => {
    for (const n of SIZES) {
      const op = NAMES[n % NAMES.length]!;
      check(kernels, op, floats(n, n + 1, true), floats(n, n + 2, true), `of ${n}`);
      if (n > 0) check(kernels, op, floats(n, n + 1, true), floats(1, n), `of ${n} and 1`);
    }
  });

  it("with a row that comes again and again, whatever its length", () => {
    for (const m of [1, 2, 3, 4, 5, 7, 8, 31, 64, 1000, 4095, 4096, 4097, 9001]) for (const rows of [1, 2, 3, 130]) if (m * rows < 40_000) for (const op of NAMES) check(kernels, op, floats(m * rows, m, true), floats(m, rows, true), `of ${rows} rows of ${m}`);
  });

  it("for every pair of the edges of arithmetic", () => {
    const all = Float32Array.of(...EDGES, 2 ** -100, -(2 ** -100), 2 ** -101, 2 ** -102, 2 ** -125, -(2 ** -126), 1.5 * 2 ** -126, -(2 ** -127), 2 ** 127);
    const x = Float32Array.from({ length: all.length ** 2 }, (_, i) => all[Math.floor(i / all.length)]!);
    for (const op of NAMES) check(kernels, op, x, all, "of edges");
    for (const op of NAMES) for (const y of all) check(kernels, op, all, Float32Array.of(y), `of edges and ${y}`);
  });

  it("for sums next to where a subnormal begins to count", () => {
    for (let exponent = -126; exponent < -95; exponent++) {
      const big = [1, 1 + 2 ** -23, 1.5, 2 - 2 ** -23].flatMap((m) => [m * 2 ** exponent, -m * 2 ** exponent]);
      const tiny = [1, 3, 2 ** 22, 2 ** 23 - 1].flatMap((m) => [m * 2 ** -149, -m * 2 ** -149]);
      const x = Float32Array.from(big.flatMap((a) => tiny.map(() => a)));
      const y = Float32Array.from(big.flatMap(() => tiny));
      for (const op of ["add", "subtract"] as const) {
        check(kernels, op, x, y, `at 2^${exponent}`);
        check(kernels, op, y, x, `at 2^${exponent}, turned about`);
      }
    }
  });
});
