import { flush, ShapeError } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, copyData, scalarData } from "../arraydata.ts";
import type { DType, TypedArray } from "../dtype.ts";
import { isFloat, isHalf, promote } from "../dtype.ts";
import type { BinaryUfunc } from "../elementwise/binary.ts";
import type { Operand } from "../elementwise/promotion.ts";
import { weakDType } from "../elementwise/promotion.ts";
import { fromHalf, toHalf } from "../half.ts";
import { broadcastData } from "../manipulation/strided.ts";
import type { Shape } from "../shape.ts";
import { broadcastShapes, formatShape } from "../shape.ts";
import type { IndexPlan } from "./plan.ts";
import { areNeighbours, eachPart } from "./walk.ts";

/** How an element and a value are combined: integers by the function of a ufunc, floats by `float`. */
export interface Combination {
  readonly ufunc: BinaryUfunc;
  readonly float: (a: number, b: number) => number;
  /** Whether bools cannot be combined with bools. */
  readonly refusesBools?: true;
}

/**
 * A copy of `x` in which the elements that the plan names are replaced by `values`, or by what `combination` makes of
 * both. They change in order, so that an element named twice is changed twice. Values are broadcast to the shape of the
 * plan. All elements are cast to the dtype that both promote to, and back to that of `x`, as in JAX. Indices
 * outside the array are left out.
 *
 * @throws TypeError if bools and bools are added or multiplied
 */
export function scatterData(x: ArrayData, values: Operand, plan: IndexPlan, combination?: Combination): ArrayData {
  if (combination !== undefined) {
    const dtype = typeof values === "number" ? weakDType(values, x.dtype) : promote(x.dtype, values.dtype);
    if (dtype === "bool" && combination.refusesBools) throw boolError(combination.ufunc.name);
    if (dtype !== x.dtype) return castData(scatterData(castData(x, dtype), values, plan, combination), x.dtype);
  }
  const given = typeof values === "number" ? scalarData(x.dtype, values) : castData(values, x.dtype);
  const from = broadcastData(given, plan.shape).storage.data;
  const out = copyData(x);
  const { data } = out.storage;
  const combine = combination === undefined ? undefined : combinerOf(combination, x.dtype);
  if (data.length > 0 && combine !== undefined && x.dtype === "float32" && combination!.ufunc.name === "add")
    addFloats(data, from, plan, combine);
  else if (data.length > 0)
    eachPart(plan, (at, start, steps) => {
      if (start !== start) return;
      for (let i = 0; i < steps.length; i++) {
        const place = start + steps[i]!;
        const value = from[at + i]!;
        data[place] = combine === undefined ? value : combine(data[place]!, value);
      }
    });
  return out;
}

/**
 * Adds float32 elements, as `combine` does: the gradient of what was read by an index. A sum of at least 2^-100, or a
 * zero, is what it would be with subnormals flushed, as in the core's loops.
 */
function addFloats(
  data: TypedArray,
  from: TypedArray,
  plan: IndexPlan,
  combine: (a: number, b: number) => number,
): void {
  const areRows = areNeighbours(plan.after);
  eachPart(plan, (at, start, steps) => {
    if (start !== start) return;
    for (let i = 0; i < steps.length; i++) {
      const place = areRows ? start + i : start + steps[i]!;
      const a = data[place]!;
      const b = from[at + i]!;
      const sum = Math.fround(a + b);
      data[place] = Math.abs(sum) >= 2 ** -100 || sum === 0 ? sum : combine(a, b);
    }
  });
}

function boolError(name: string): TypeError {
  return new TypeError(`at().${name}: "x" expected numbers, got bool. Cast it with .astype("int32")`);
}

/** The function of two stored elements of `dtype`. */
function combinerOf({ ufunc, float }: Combination, dtype: DType): (a: number, b: number) => number {
  if (!isFloat(dtype)) return ufunc.integer!;
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
