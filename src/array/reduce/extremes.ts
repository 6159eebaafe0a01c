import { describe, flush } from "../../base/index.ts";
import type { Dense } from "../dense.ts";
import { castDense, zerosDense } from "../dense.ts";
import { isFloat } from "../dtype.ts";
import { formatShape } from "../shape.ts";
import { reduction } from "./axes.ts";
import { fold, RUNS } from "./runs.ts";

/** The largest or smallest element over `axes`; NaN wins, +0 is above -0. */
export function extremeDense(kind: "max" | "min", x: Dense, axes: readonly number[], keepdims: boolean): Dense {
  const integer = !isFloat(x.dtype);
  const view = reduction(integer ? x : castDense(x, "float32"), axes, keepdims);
  const out = zerosDense(view.shape, integer ? x.dtype : "float32");
  const { data } = out.storage;
  if (view.n === 0 && data.length > 0) throw emptyError(kind, x);
  fold(view, data, RUNS[kind]);
  if (integer) return out;
  for (let i = 0; i < data.length; i++) data[i] = flush(data[i]!);
  return castDense(out, x.dtype);
}

/** Where along the reduced axes the first largest or smallest element is, int32; the first NaN wins. */
export function argExtremeDense(kind: "argmax" | "argmin", x: Dense, axes: readonly number[], keepdims: boolean): Dense {
  const integer = !isFloat(x.dtype);
  const { data, n, inner, shape } = reduction(integer ? x : castDense(x, "float32"), axes, keepdims);
  const out = zerosDense(shape, "int32");
  const to = out.storage.data;
  if (n === 0 && to.length > 0) throw emptyError(kind, x);
  const sign = kind === "argmax" ? 1 : -1;
  for (let i = 0; i < to.length; i++) {
    const column = i % inner;
    const from = (i - column) * n + column;
    let best = 0;
    let top = sign * data[from]!;
    for (let k = 0; k < n; k++) {
      const value = sign * data[from + k * inner]!;
      if (value <= top) continue;
      best = k;
      top = value;
      if (value !== value) break;
    }
    to[i] = best;
  }
  return out;
}

function emptyError(fn: string, x: Dense): RangeError {
  return new RangeError(`${fn}: "x" expected at least one element along the reduced axes, got shape ${formatShape(x.shape)}. There is no ${describe(fn.replace("arg", ""))} of nothing`);
}
