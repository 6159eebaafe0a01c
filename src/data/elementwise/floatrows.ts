/**
 * The loops of float32 division that backends do not have: a row of `n` results at `out[at]` of operands that start at
 * `x[i]`, `y[j]` and step by `di`, `dj`. Subnormals count as zeros of their sign, going in and coming out.
 */
import type { FloatLoop } from "../../base/index.ts";
import { flush } from "../../base/index.ts";

const { fround } = Math;

export const DIVISION = {
  floorDivide(x, i, di, y, j, dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di, j += dj) out[at] = floorQuotient(flush(x[i]!), flush(y[j]!), NaN);
  },
  remainder(x, i, di, y, j, dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di, j += dj) out[at] = remainder(x[i]!, flush(y[j]!));
  },
} satisfies Record<string, FloatLoop<Float32Array>>;

/** `a % b` with the sign of `b`. JavaScript's % is C's fmod, and exact; XLA calls it too: `a` keeps its subnormals, `b` does not. */
function remainder(a: number, b: number): number {
  const exact = a % b;
  const rest = flush(exact);
  return rest !== 0 && rest < 0 !== b < 0 ? flush(fround(rest + b)) : exact;
}

/** `floorDivide` by a divisor that is stretched to the result's shape: times its reciprocal, which `round` rounds. */
export function floorDivideStretched(round: (x: number) => number): FloatLoop<Float32Array> {
  return (x, i, di, y, j, dj, out, at, n) => {
    for (const end = at + n; at < end; at++, i += di, j += dj) {
      const b = flush(y[j]!);
      out[at] = floorQuotient(flush(x[i]!), b, flush(round(1 / b)));
    }
  };
}

/**
 * The quotient of `a` less its remainder, rounded to a whole number: halves away from zero, as `lax.round` has them.
 * Where `reciprocal` is not NaN it is multiplied by that.
 */
function floorQuotient(a: number, b: number, reciprocal: number): number {
  const rest = flush(a % b);
  const exact = b === 0 ? a : flush(fround(a - rest));
  let quotient = flush(fround(reciprocal === reciprocal ? exact * reciprocal : exact / b));
  // NaN has no sign, and differs from every sign.
  if (rest !== 0 && Math.sign(b) !== Math.sign(rest)) quotient = flush(fround(quotient - 1));
  const whole = Math.trunc(quotient);
  return Math.abs(quotient - whole) >= 0.5 ? whole + Math.sign(quotient) : whole;
}
