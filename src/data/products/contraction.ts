import type { ArrayData } from "../arraydata.ts";
import { affineData } from "./affine.ts";
import { addBias } from "./bias.ts";
import type { Pairing } from "./contract.ts";
import { contract } from "./contract.ts";

/** Which axes of two arrays belong together. */
export interface ContractParameters extends Pairing {
  /** How errors name the function. */
  readonly fn: string;
}

/**
 * The general product of `a` and `b`, as `contract` has it, plus `bias`, which broadcasts.
 *
 * @throws ShapeError naming both shapes if the sizes of a pair differ, or if the bias does not broadcast
 */
export function contractData(
  parameters: ContractParameters,
  a: ArrayData,
  b: ArrayData,
  bias: ArrayData | undefined,
): ArrayData {
  if (isAffine(parameters, a, b)) return affineData(parameters.sum.a.length, a, b, bias);
  const y = contract(parameters.fn, a, b, parameters);
  return bias === undefined ? y : addBias(y, bias);
}

/** Whether the last axes of `a` are summed with the first of `b`, and sizes fit. */
function isAffine({ sum, batch }: Pairing, a: ArrayData, b: ArrayData): boolean {
  if (batch !== undefined && batch.a.length > 0) return false;
  const first = a.shape.length - sum.a.length;
  for (let i = 0; i < sum.a.length; i++)
    if (sum.a[i] !== first + i || sum.b[i] !== i || a.shape[first + i] !== b.shape[i]) return false;
  return true;
}
