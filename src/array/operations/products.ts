/** Products of matrices and of arrays. */
import type { ArrayData, Operation, Pairing } from "../../data/index.ts";
import { contract, matmulData } from "../../data/index.ts";

/** The matrix product of `a` [..., i, k] and `b` [..., k, j]; an operand with one axis is a row or a column. */
export const MATMUL: Operation<undefined, [a: ArrayData, b: ArrayData]> = {
  name: "matmul",
  forward: (_, a, b) => matmulData(a, b),
};

/** The sum over paired axes, for `fn`: [...batch, ...the other axes of `a`, ...the other axes of `b`]. */
export const CONTRACT: Operation<Pairing & { readonly fn: string }, [a: ArrayData, b: ArrayData]> = {
  name: "contract",
  forward: (pairing, a, b) => contract(pairing.fn, a, b, pairing),
};
