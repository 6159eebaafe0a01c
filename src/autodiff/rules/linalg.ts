/** Rules of linear algebra, and of the parts of floats. */
import type { NDArray } from "../../array/index.ts";
import {
  CHOLESKY,
  DETERMINANT,
  eye,
  I0,
  I1,
  inv,
  LDEXP,
  ldexp,
  LOG_DETERMINANT,
  solve,
  SOLVE,
  swapaxes,
  tril,
  where,
} from "../../array/index.ts";
import { i0, i1 } from "../operations/bessel.ts";
import type { RuleEntry } from "../rule.ts";
import { pullbacks } from "../rule.ts";

function transposed(a: NDArray): NDArray {
  return swapaxes(a, -1, -2);
}

/** `x` [...] as [..., 1, 1]. */
function wide(x: NDArray): NDArray {
  return x.reshape([...x.shape, 1, 1]);
}

/** The cotangent of A for that of the lower L of A = L L^T. */
function choleskyBackward(ct: NDArray, l: NDArray): NDArray {
  const n = l.shape.at(-1)!;
  const product = tril(transposed(l).matmul(ct));
  const middle = product.mul(tril(eye(n).mul(-0.5).add(1)));
  const inverse = inv(l);
  const out = transposed(inverse).matmul(middle).matmul(inverse);
  return out.add(transposed(out)).mul(0.5);
}

/** The rules of this file. */
export function linalgRules(): readonly RuleEntry[] {
  return [
    pullbacks(
      SOLVE,
      (ct, { inputs: [a], out }) => solve(transposed(a), ct).matmul(transposed(out)).neg(),
      (ct, { inputs: [a] }) => solve(transposed(a), ct),
    ),
    pullbacks(CHOLESKY, (ct, { out }) => choleskyBackward(ct, out)),
    pullbacks(DETERMINANT, (ct, { inputs: [a], out }) => transposed(inv(a)).mul(wide(ct.mul(out)))),
    pullbacks(LOG_DETERMINANT, (ct, { inputs: [a] }) => transposed(inv(a)).mul(wide(ct))),
    pullbacks(LDEXP, (ct, { inputs: [, n] }) => ldexp(ct, n)),
    pullbacks(I0, (ct, { inputs: [x] }) => ct.mul(i1(x))),
    pullbacks(I1, (ct, { inputs: [x], out }) => {
      const isZero = x.eq(0);
      return ct.mul(where(isZero, 0.5, i0(x).sub(out.div(where(isZero, 1, x)))));
    }),
  ];
}
