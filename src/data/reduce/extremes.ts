import { kernels } from "../../backend/index.ts";
import { describe } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, zerosData } from "../arraydata.ts";
import type { TypedArray } from "../dtype.ts";
import { isFloat } from "../dtype.ts";
import { formatShape } from "../shape.ts";
import { reduction } from "./axes.ts";
import type { ReductionLoop } from "./reductionloops.ts";
import { fold, REDUCTION_LOOPS } from "./reductionloops.ts";

/** The kernels' names of what is asked for. */
const KERNEL_OPS = { max: "maximum", min: "minimum", argmax: "maximum", argmin: "minimum" } as const;

/** The maximum or minimum over `axes`. NaN wins; +0 is above -0. */
export function extremeData(kind: "max" | "min", x: ArrayData, axes: readonly number[], keepdims: boolean): ArrayData {
  const integer = !isFloat(x.dtype);
  const view = reduction(integer ? x : castData(x, "float32"), axes, keepdims);
  const out = zerosData(view.shape, integer ? x.dtype : "float32");
  const { data } = out.storage;
  if (view.n === 0 && data.length > 0) throw emptyError(kind, x);
  if (integer) {
    fold(view, data, REDUCTION_LOOPS[kind]);
    return out;
  }
  if (data.length > 0)
    kernels().reduceF32(KERNEL_OPS[kind], view.data as Float32Array, data as Float32Array, view.n, view.inner);
  return castData(out, x.dtype);
}

/** The index of the first maximum or minimum along the reduced axes, int32. The first NaN wins. */
export function argExtremeData(
  kind: "argmax" | "argmin",
  x: ArrayData,
  axes: readonly number[],
  keepdims: boolean,
): ArrayData {
  const integer = !isFloat(x.dtype);
  const view = reduction(integer ? x : castData(x, "float32"), axes, keepdims);
  const out = zerosData(view.shape, "int32");
  const to = out.storage.data;
  if (view.n === 0 && to.length > 0) throw emptyError(kind, x);
  if (to.length === 0) return out;
  if (integer) fold(view, to, ARG_LOOPS[kind]);
  else kernels().argReduceF32(KERNEL_OPS[kind], view.data as Float32Array, to as Int32Array, view.n, view.inner);
  return out;
}

/** Which element of a line of integers is the first extreme. */
const ARG_LOOPS: Record<"argmax" | "argmin", ReductionLoop> = {
  argmax: (x, at, step, end) => firstExtreme(1, x, at, step, end),
  argmin: (x, at, step, end) => firstExtreme(-1, x, at, step, end),
};

function firstExtreme(sign: number, x: TypedArray, at: number, step: number, end: number): number {
  let best = 0;
  let top = sign * x[at]!;
  for (let k = 0; at < end; k++, at += step) {
    const value = sign * x[at]!;
    if (value <= top) continue;
    best = k;
    top = value;
  }
  return best;
}

function emptyError(fn: string, x: ArrayData): RangeError {
  const got = `got shape ${formatShape(x.shape)}. There is no ${describe(fn.replace("arg", ""))} of nothing`;
  return new RangeError(`${fn}: "x" expected at least one element along the reduced axes, ${got}`);
}
