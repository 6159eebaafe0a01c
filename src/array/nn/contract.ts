import type { ArrayData, ArrayLike, Pairing } from "../../data/index.ts";
import { add } from "../elementwise/arithmetic.ts";
import type { NDArray } from "../ndarray.ts";
import { apply } from "../ndarray.ts";
import { CONTRACT } from "../operations/products.ts";
import { AFFINE } from "./affine.ts";
import { dataOf, optionalDataOf } from "./inputs.ts";

/**
 * The general product of `a` and `b`, plus `bias`: `lax.dot_general`. The sum runs over the paired axes as they are
 * written, the last of them fastest. Where the last axes of `a` are summed with the first of `b` it is `affine`.
 *
 * @param b a weight: where its axes need another order, the reordered copy is kept
 * @param bias broadcasts to the result
 * @param parameters the axes, and how errors name the function
 * @returns [...batch, ...the other axes of `a`, ...the other axes of `b`]
 * @throws ShapeError naming both shapes if the sizes of a pair differ
 */
export function contract(
  a: ArrayLike,
  b: ArrayLike,
  bias: ArrayLike | undefined,
  parameters: Pairing & { readonly fn: string },
): NDArray {
  const [x, y] = [dataOf(a), dataOf(b)];
  if (isAffine(parameters, x, y)) return apply(AFFINE, parameters.sum.a.length, x, y, optionalDataOf(bias));
  const product = apply(CONTRACT, parameters, x, y);
  return bias === undefined ? product : add(product, bias);
}

/** Whether the last axes of `a` are summed with the first of `b`, and sizes fit. */
function isAffine({ sum, batch }: Pairing, { shape: a }: ArrayData, { shape: b }: ArrayData): boolean {
  if (batch !== undefined && batch.a.length > 0) return false;
  const first = a.length - sum.a.length;
  for (let i = 0; i < sum.a.length; i++)
    if (sum.a[i] !== first + i || sum.b[i] !== i || a[first + i] !== b[i]) return false;
  return true;
}
