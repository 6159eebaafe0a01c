import type { BinaryOperation, Comparison, ExactUnary, FloatLoop } from "../base/index.ts";
import { flush } from "../base/index.ts";

const { abs, ceil, floor, fround, max, min, sign, trunc } = Math;

/** The smallest normal float32. */
const NORMAL = 2 ** -126;

/**
 * A float32 sum of at least this magnitude, or a zero, is what it would be with subnormals flushed. A subnormal is less
 * than a quarter of the other operand's last place, and equal ones of opposite signs give the same zero.
 */
const SAFE = 2 ** -100;

/**
 * The inner loops of arithmetic. Each operation has its own loop and no function of one element: that call is what an
 * elementwise operation costs. Subnormals count as zeros of their sign, going in and coming out. In the first three,
 * one comparison tells that there were none.
 */
const ARITHMETIC_LOOPS = {
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
      out[at] =
        abs(product) >= NORMAL && abs(a) >= NORMAL && abs(b) >= NORMAL ? product : flush(fround(flush(a) * flush(b)));
    }
  },
  divide(x, i, di, y, j, dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di, j += dj) out[at] = flush(fround(flush(x[i]!) / flush(y[j]!)));
  },
  maximum(x, i, di, y, j, dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di, j += dj) out[at] = max(flush(x[i]!), flush(y[j]!));
  },
  minimum(x, i, di, y, j, dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di, j += dj) out[at] = min(flush(x[i]!), flush(y[j]!));
  },
} satisfies Record<BinaryOperation, FloatLoop<Float32Array>>;

/** The inner loops of comparisons. */
const COMPARISON_LOOPS = {
  equal(x, i, di, y, j, dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di, j += dj) out[at] = flush(x[i]!) === flush(y[j]!) ? 1 : 0;
  },
  notEqual(x, i, di, y, j, dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di, j += dj) out[at] = flush(x[i]!) === flush(y[j]!) ? 0 : 1;
  },
  less(x, i, di, y, j, dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di, j += dj) out[at] = flush(x[i]!) < flush(y[j]!) ? 1 : 0;
  },
  lessEqual(x, i, di, y, j, dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di, j += dj) out[at] = flush(x[i]!) <= flush(y[j]!) ? 1 : 0;
  },
  greater(x, i, di, y, j, dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di, j += dj) out[at] = flush(x[i]!) > flush(y[j]!) ? 1 : 0;
  },
  greaterEqual(x, i, di, y, j, dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di, j += dj) out[at] = flush(x[i]!) >= flush(y[j]!) ? 1 : 0;
  },
} satisfies Record<Comparison, FloatLoop<Uint8Array>>;

/**
 * The inner loops of operations on `x` alone. Each flushes where XLA does: sign changes and `abs` move bits and do not.
 */
const EXACT_UNARY_LOOPS = {
  sign(x, i, di, _y, _j, _dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di) out[at] = sign(flush(x[i]!));
  },
  floor(x, i, di, _y, _j, _dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di) out[at] = floor(flush(x[i]!));
  },
  ceil(x, i, di, _y, _j, _dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di) out[at] = ceil(flush(x[i]!));
  },
  trunc(x, i, di, _y, _j, _dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di) out[at] = trunc(flush(x[i]!));
  },
  round(x, i, di, _y, _j, _dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di) out[at] = nearestEven(flush(x[i]!));
  },
  abs(x, i, di, _y, _j, _dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di) out[at] = abs(x[i]!);
  },
  negative(x, i, di, _y, _j, _dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di) out[at] = -x[i]!;
  },
} satisfies Record<ExactUnary, FloatLoop<Float32Array>>;

/** The inner loop of each operation of `binaryF32`. */
export const FLOAT_LOOPS = { ...ARITHMETIC_LOOPS, ...EXACT_UNARY_LOOPS, ...COMPARISON_LOOPS };

/** Adding and subtracting 2^23 rounds a float32 to an integer, ties to even; larger numbers are integers. */
function nearestEven(x: number): number {
  if (!(abs(x) < 2 ** 23)) return x;
  // A number that rounds to zero becomes the zero of its sign.
  return x < 0 || Object.is(x, -0) ? -(fround(2 ** 23 - x) - 2 ** 23) : fround(2 ** 23 + x) - 2 ** 23;
}
