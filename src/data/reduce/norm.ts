import { describe } from "../../base/index.ts";
import type { Dense } from "../dense.ts";
import { castDense, zerosDense } from "../dense.ts";
import { unaryDense } from "../elementwise/elementwise.ts";
import { extremeDense } from "./extremes.ts";
import { countDense, sumDense, sumSquaresDense } from "./reduce.ts";

/** The order of a vector norm; a matrix knows "fro" alone, which is the 2 of its elements. */
export type NormOrder = number | "fro";

/** The norm of order `ord` over `axes`, float32. */
export function normDense(x: Dense, ord: unknown, axes: readonly number[], keepdims: boolean): Dense {
  const floats = castDense(x, "float32");
  if (ord === 0) return castDense(countDense(floats, axes, keepdims), "float32");
  if (ord === 2 || ord === "fro") return unaryDense("sqrt", sumSquaresDense(floats, axes, keepdims));
  const terms = zerosDense(x.shape, "float32");
  const from = floats.storage.data;
  const to = terms.storage.data;
  for (let i = 0; i < to.length; i++) to[i] = Math.abs(from[i]!);
  if (ord === 1) return sumDense(terms, axes, keepdims);
  if (ord === Infinity) return extremeDense("max", terms, axes, keepdims);
  if (ord === -Infinity) return extremeDense("min", terms, axes, keepdims);
  throw new RangeError(`norm: "ord" expected 0, 1, 2, Infinity, -Infinity or "fro", got ${describe(ord)}`);
}
