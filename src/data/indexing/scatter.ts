import { flush, ShapeError } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { arrayData, castData, scalarData } from "../arraydata.ts";
import type { DType } from "../dtype.ts";
import { isFloat, isHalf } from "../dtype.ts";
import type { BinaryUfunc } from "../elementwise/binary.ts";
import type { Operand } from "../elementwise/promotion.ts";
import { fromHalf, toHalf } from "../half.ts";
import { broadcastData } from "../manipulation/strided.ts";
import type { Shape } from "../shape.ts";
import { broadcastShapes, formatShape } from "../shape.ts";
import type { IndexPlan } from "./plan.ts";
import { eachPart } from "./walk.ts";

/** How an element and a value become the new element: as a ufunc of integers does it, and of floats. */
export interface Combination {
  readonly ufunc: BinaryUfunc;
  readonly float: (a: number, b: number) => number;
}

/**
 * A copy of `x` with `values` at the elements that the plan names, or what `combination` makes of both: in order, so
 * that an element that comes twice is changed twice. Values have the dtype of `x` and the shape of the plan, after they
 * were cast and broadcast. Elements that are none of the array's are left out.
 */
export function scatterData(x: ArrayData, values: Operand, plan: IndexPlan, combination?: Combination): ArrayData {
  const given = typeof values === "number" ? scalarData(x.dtype, values) : castData(values, x.dtype);
  const from = broadcastData(given, plan.shape).storage.data;
  const data = x.storage.data.slice();
  const combine = combination === undefined ? undefined : combinerOf(combination, x.dtype);
  if (data.length > 0)
    eachPart(plan, (at, start, steps) => {
      if (start !== start) return;
      for (let i = 0; i < steps.length; i++) {
        const place = start + steps[i]!;
        const value = from[at + i]!;
        data[place] = combine === undefined ? value : combine(data[place]!, value);
      }
    });
  return arrayData(x.shape, x.dtype, data);
}

/** The combination of two stored elements of `dtype`. */
function combinerOf({ ufunc, float }: Combination, dtype: DType): (a: number, b: number) => number {
  if (!isFloat(dtype)) return (dtype === "bool" ? ufunc.bool : undefined) ?? ufunc.integer!;
  const rounded = (a: number, b: number): number => flush(Math.fround(float(flush(a), flush(b))));
  return isHalf(dtype) ? (a, b) => toHalf(dtype, rounded(fromHalf(dtype, a), fromHalf(dtype, b))) : rounded;
}

/** @throws ShapeError if values of `shape` do not broadcast to the plan's */
export function checkScatter(shape: Shape, plan: IndexPlan, fn: string): void {
  const fits =
    broadcastShapes(shape, plan.shape, fn).length === plan.shape.length &&
    shape.every((n, i) => n === 1 || n === plan.shape[plan.shape.length - shape.length + i]);
  if (!fits) throw valueError(shape, plan, fn);
}

function valueError(shape: Shape, plan: IndexPlan, fn: string): ShapeError {
  const expected = `expected a shape that broadcasts to ${formatShape(plan.shape)}`;
  return new ShapeError(`${fn}: "value" ${expected}, got ${formatShape(shape)}`);
}
