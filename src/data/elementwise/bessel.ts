/**
 * The modified Bessel functions of the first kind, float32, our own: their series in double precision, rounded once.
 */
import { flush } from "../../base/index.ts";
import { UnaryUfunc } from "./unary.ts";

/** The sum of (x^2 / 4)^k / (k! (k + order)!), all of whose terms are positive. */
function series(x: number, order: 0 | 1): number {
  const quarter = (x * x) / 4;
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 2 ** -53 && sum < 2 ** 130; k++) {
    term *= quarter / (k * (k + order));
    sum += term;
  }
  return sum;
}

function ofSeries(name: string, f: (x: number) => number): UnaryUfunc {
  return new UnaryUfunc({
    name,
    computeFloats: (x, out) => {
      for (let i = 0; i < out.length; i++) {
        const value = flush(x[i]!);
        out[i] = value === value ? flush(Math.fround(f(value))) : NaN;
      }
    },
  });
}

export const I0 = /* @__PURE__ */ ofSeries("i0", (x) => series(x, 0));
export const I1 = /* @__PURE__ */ ofSeries("i1", (x) => (x === 0 ? x : (x / 2) * series(x, 1)));
