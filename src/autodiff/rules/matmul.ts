/** Rules of matrix products. A sum over the rows of a batch goes in blocks of 256. */
import type { NDArray } from "../../array/index.ts";
import { AFFINE, matmul, reshape, sizeOf } from "../../array/index.ts";
import { OUTER_SUM, outerSum } from "../operations/outer.ts";
import type { RuleEntry } from "../rule.ts";
import { pullbacks } from "../rule.ts";
import { unbroadcast } from "./broadcast.ts";

/** The rules of this file. */
export function matmulRules(): readonly RuleEntry[] {
  return [
    pullbacks(
      AFFINE,
      (ct, { inputs: [x, kernel], parameters: axes }) =>
        reshape(matmul(toRows(ct, x.ndim - axes), toRows(kernel, axes).mT), x.shape),
      (ct, { inputs: [x, kernel], parameters: axes }) =>
        reshape(outerSum(toRows(x, x.ndim - axes), toRows(ct, x.ndim - axes)), kernel.shape),
      (ct, { inputs: [, , bias] }) => unbroadcast(ct, bias!.shape),
    ),
    pullbacks(
      OUTER_SUM,
      (ct, { inputs: [, y] }) => matmul(y, ct.mT),
      (ct, { inputs: [x] }) => matmul(x, ct),
    ),
  ];
}

/** `x` as a matrix whose rows are its first `lead` axes. */
function toRows(x: NDArray, lead: number): NDArray {
  return reshape(x, [sizeOf(x.shape.slice(0, lead)), sizeOf(x.shape.slice(lead))]);
}
