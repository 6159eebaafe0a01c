import { describe, expect, it } from "vitest";
import type { BinaryOperation, Comparison, ExactUnary, Kernels } from "../../src/base/index.ts";
import { flush } from "../../src/base/index.ts";
import { firstDifference } from "../bits.ts";
import { BACKENDS, EDGES, floats, SIZES } from "./backends.ts";
import { at, BROADCASTS } from "./inputs.ts";

const { fround, max, min } = Math;

/** The operations as defined. */
const WRITTEN: Record<BinaryOperation | Comparison, (a: number, b: number) => number> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  maximum: max,
  minimum: min,
  equal: (a, b) => Number(a === b),
  notEqual: (a, b) => Number(a !== b),
  less: (a, b) => Number(a < b),
  lessEqual: (a, b) => Number(a <= b),
  greater: (a, b) => Number(a > b),
  greaterEqual: (a, b) => Number(a >= b),
};
const NAMES = Object.keys(WRITTEN) as (BinaryOperation | Comparison)[];
const COMPARISONS = new Set<string>(NAMES.slice(6));

function written(
  op: BinaryOperation | Comparison,
  x: Float32Array,
  y: Float32Array,
  n: number,
  xRepeat?: number,
  yRepeat?: number,
): Float32Array {
  return Float32Array.from({ length: n }, (_, i) =>
    flush(fround(WRITTEN[op](flush(at(x, i, xRepeat)), flush(at(y, i, yRepeat))))),
  );
}

function check(
  kernels: Kernels,
  op: BinaryOperation | Comparison,
  x: Float32Array,
  y: Float32Array,
  what: string,
  n = x.length,
  xRepeat?: number,
  yRepeat?: number,
): void {
  const expected = written(op, x, y, n, xRepeat, yRepeat);
  const out = COMPARISONS.has(op) ? new Uint8Array(n + 16).fill(7) : new Float32Array(n + 4).fill(7);
  kernels.binaryF32(op, x, y, out.subarray(0, n), xRepeat, yRepeat);
  expect(firstDifference(expected, Float32Array.from(out.subarray(0, n))), `${op} ${what}`).toBe(-1);
  expect(
    out.subarray(n).every((mark) => mark === 7),
    `${op} ${what} writes behind`,
  ).toBe(true);
  if (COMPARISONS.has(op) || n !== x.length) return;
  const inPlace = x.slice();
  kernels.binaryF32(op, inPlace, y, inPlace, xRepeat, yRepeat);
  expect(firstDifference(expected, inPlace), `${op} ${what}, in place`).toBe(-1);
}

describe.each(BACKENDS)("binaryF32 on $name gives the written bits", (kernels) => {
  it("at every size, of equal sizes and with one number", () => {
    for (const n of SIZES) {
      const op = NAMES[n % NAMES.length]!;
      check(kernels, op, floats(n, n + 1, true), floats(n, n + 2, true), `of ${n}`);
      if (n > 0) check(kernels, op, floats(n, n + 1, true), floats(1, n), `of ${n} and 1`);
    }
  });

  it("with either operand broadcast in every way", () => {
    for (const [outer, varying, repeat] of BROADCASTS) {
      const n = outer * varying * repeat;
      const whole = floats(n, n, true);
      const part = floats(varying, repeat, true);
      for (const op of NAMES) {
        check(kernels, op, whole, part, `of ${n} and ${varying} by ${repeat}`, n, 1, repeat);
        check(kernels, op, part, whole, `of ${varying} by ${repeat} and ${n}`, n, repeat, 1);
      }
    }
  });

  it("with both operands broadcast", () => {
    for (const [rows, cols] of [
      [2, 3],
      [5, 1],
      [3, 100],
      [100, 64],
      [2, 5000],
      [5000, 2],
    ] as const) {
      const [x, y] = [floats(rows, cols, true), floats(cols, rows, true)];
      for (const op of NAMES) check(kernels, op, x, y, `of ${rows} down and ${cols} across`, rows * cols, cols, 1);
      for (const op of NAMES) check(kernels, op, y, x, `of ${cols} across and ${rows} down`, rows * cols, 1, cols);
      if (rows <= 100) check(kernels, "subtract", x, x, `of ${rows} twice`, rows * rows, rows, 1);
    }
  });

  it("with a row that is broadcast, whatever its length", () => {
    for (const m of [1, 2, 3, 4, 5, 7, 8, 31, 64, 1000, 4095, 4096, 4097, 9001])
      for (const rows of [1, 2, 3, 130])
        if (m * rows < 40_000)
          for (const op of NAMES)
            check(kernels, op, floats(m * rows, m, true), floats(m, rows, true), `of ${rows} rows of ${m}`);
  });

  it("for every pair of the edges of arithmetic", () => {
    const all = Float32Array.of(
      ...EDGES,
      2 ** -100,
      -(2 ** -100),
      2 ** -101,
      2 ** -102,
      2 ** -125,
      -(2 ** -126),
      1.5 * 2 ** -126,
      -(2 ** -127),
      2 ** 127,
    );
    const x = Float32Array.from({ length: all.length ** 2 }, (_, i) => all[Math.floor(i / all.length)]!);
    for (const op of NAMES) check(kernels, op, x, all, "of edges");
    for (const op of NAMES) for (const y of all) check(kernels, op, all, Float32Array.of(y), `of edges and ${y}`);
  });

  it("where a subnormal stands alone among large numbers, at any place", () => {
    const few = [2 ** -149, 2 ** -126 - 2 ** -149, -(2 ** -127), 2 ** -126, 0, -0, 2 ** -101, 2 ** 127, Infinity, NaN];
    const n = 37;
    for (const op of ["add", "subtract", "multiply", "divide", "maximum", "minimum"] as const) {
      for (let place = 0; place < n; place++) {
        for (const a of few) {
          const x = Float32Array.from({ length: n }, (_, i) => (i === place ? a : i + 1.5));
          const y = Float32Array.from({ length: n }, (_, i) => (i === place ? few[place % few.length]! : 40.5 - i));
          check(kernels, op, x, y, `of ${a} at ${place}`);
          check(kernels, op, x, Float32Array.of(2 ** 100), `of ${a} at ${place} and 2^100`);
          check(kernels, op, x, x, `of ${a} at ${place}, twice`);
        }
      }
      for (const a of few)
        for (const b of few)
          check(
            kernels,
            op,
            Float32Array.of(...Array(20).fill(3), a),
            Float32Array.of(...Array(20).fill(5), b),
            "last",
          );
    }
  });

  it("for products with one number, next to where a subnormal begins to count", () => {
    const tiny = [2 ** -149, 3 * 2 ** -149, 2 ** -127, 2 ** -126 - 2 ** -149, 2 ** -126, 2 ** -126 + 2 ** -149];
    const factors = [...tiny, 2 ** -24, 1 - 2 ** -24, 1, 1 + 2 ** -23, 3, 2 ** 23, 2 ** 127, Infinity, NaN, 0];
    const x = [1, -1].flatMap((sign) => tiny.map((a) => sign * a));
    for (const factor of factors)
      for (const y of [factor, -factor])
        for (const a of x)
          for (const place of [0, 7, 15, 16, 18]) {
            const row = Float32Array.from({ length: 19 }, (_, i) => (i === place ? a : 2 ** 40));
            check(kernels, "multiply", row, Float32Array.of(y), `of ${a} at ${place} and ${y}`);
          }
  });

  it("for products with a row of moderate numbers, and with one number among them that is not", () => {
    const tiny = [2 ** -149, 2 ** -126 - 2 ** -149, 2 ** -126, 2 ** -63, 2 ** -62, 2 ** 64, 2 ** 127, Infinity, NaN, 0];
    const odd = [...tiny, 2 ** 64 - 2 ** 40, 2 ** 63, 2 ** -127, 1];
    const m = 37;
    for (const place of [0, 15, 31, 36])
      for (const b of odd.flatMap((value) => [value, -value])) {
        const y = Float32Array.from({ length: m }, (_, j) => (j === place ? b : j - 7.5));
        const x = Float32Array.from({ length: 2 * m * tiny.length }, (_, i) => {
          const a = tiny[Math.floor(i / m) >> 1]!;
          // Alone in the even rows, and one of three in the odd ones.
          const isTiny = i % m === place || ((Math.floor(i / m) & 1) === 1 && i % 3 === 0);
          return isTiny ? (i & 1 ? a : -a) : 40.5;
        });
        check(kernels, "multiply", x, y, `of a row with ${b} at ${place}`);
      }
  });

  it("for sums next to where a subnormal begins to count", () => {
    for (let exponent = -126; exponent < -95; exponent++) {
      const big = [1, 1 + 2 ** -23, 1.5, 2 - 2 ** -23].flatMap((m) => [m * 2 ** exponent, -m * 2 ** exponent]);
      const tiny = [1, 3, 2 ** 22, 2 ** 23 - 1].flatMap((m) => [m * 2 ** -149, -m * 2 ** -149]);
      const x = Float32Array.from(big.flatMap((a) => tiny.map(() => a)));
      const y = Float32Array.from(big.flatMap(() => tiny));
      for (const op of ["add", "subtract"] as const) {
        check(kernels, op, x, y, `at 2^${exponent}`);
        check(kernels, op, y, x, `at 2^${exponent}, swapped`);
      }
    }
  });
});

/** The operations by JavaScript's own. */
const EXACT: Record<ExactUnary, (x: number) => number> = {
  abs: Math.abs,
  negative: (x) => -x,
  sign: (x) => Math.sign(flush(x)),
  floor: (x) => Math.floor(flush(x)),
  ceil: (x) => Math.ceil(flush(x)),
  trunc: (x) => Math.trunc(flush(x)),
  round: (x) => {
    const value = flush(x);
    if (!(Math.abs(value) < 2 ** 23)) return value;
    const down = Math.floor(value);
    const whole = value - down < 0.5 || (value - down === 0.5 && down % 2 === 0) ? down : down + 1;
    return whole === 0 && (value < 0 || Object.is(value, -0)) ? -0 : whole;
  },
};

describe.each(BACKENDS)("binaryF32 of one operand on $name", (kernels) => {
  const halves = Float32Array.from({ length: 41 }, (_, i) => i / 2 - 10);
  const around = Float32Array.of(
    ...EDGES,
    ...halves,
    2 ** 23 - 0.5,
    -(2 ** 23) + 0.5,
    2 ** 23 + 1,
    2 ** 22 + 0.5,
    0.5 - 2 ** -25,
    -0.5 + 2 ** -25,
  );
  it.each(Object.keys(EXACT) as ExactUnary[])("%s gives JavaScript's values", (op) => {
    for (const x of [around, ...SIZES.map((n) => floats(n, n, true))]) {
      const expected = x.map((v) => EXACT[op](v));
      const out = new Float32Array(x.length + 4).fill(7);
      kernels.binaryF32(op, x, x, out.subarray(0, x.length));
      expect(firstDifference(expected, out.subarray(0, x.length)), `${op} of ${x.length}`).toBe(-1);
      expect(out.subarray(x.length).every((mark) => mark === 7)).toBe(true);
      const inPlace = x.slice();
      kernels.binaryF32(op, inPlace, inPlace, inPlace);
      expect(firstDifference(expected, inPlace)).toBe(-1);
    }
  });
});
