import { flush } from "./flush.ts";

/** A loop of float32 operands: `n` results at `out[at]` of operands that start at `x[i]`, `y[j]` and step by `di`, `dj`. */
export type FloatRow<Out> = (x: Float32Array, i: number, di: number, y: Float32Array, j: number, dj: number, out: Out, at: number, n: number) => void;

const { abs, fround } = Math;

/** The smallest normal float32. */
const NORMAL = 2 ** -126;

/**
 * A float32 sum of at least this size, or a zero, is what it would be had subnormals been flushed: one of them is less
 * than a quarter of the last place of the other operand, and equal ones of opposite signs give the same zero.
 */
const SAFE = 2 ** -100;

/**
 * The four operations. A loop each and no function of one element: that call is what an elementwise operation costs.
 * Subnormals count as zeros of their sign, going in and coming out; one comparison tells that there were none.
 */
export const FLOAT_ROWS = {
  add(x, i, di, y, j, dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di, j += dj) {
      const sum = fround(x[i]! + y[j]!);
      out[at] = abs(sum) >= SAFE || sum === 0 ? sum : flush(fround(flush(x[i]!) + flush(y[j]!)));
    }
  },
  subtract(x, i, di, y, j, dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di, j += dj) {
      const difference = fround(x[i]! - y[j]!);
      out[at] = abs(difference) >= SAFE || difference === 0 ? difference : flush(fround(flush(x[i]!) - flush(y[j]!)));
    }
  },
  multiply(x, i, di, y, j, dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di, j += dj) {
      const a = x[i]!;
      const b = y[j]!;
      const product = fround(a * b);
      out[at] = abs(product) >= NORMAL && abs(a) >= NORMAL && abs(b) >= NORMAL ? product : flush(fround(flush(a) * flush(b)));
    }
  },
  divide(x, i, di, y, j, dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di, j += dj) out[at] = flush(fround(flush(x[i]!) / flush(y[j]!)));
  },
} satisfies Record<string, FloatRow<Float32Array>>;
