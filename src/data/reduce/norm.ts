import { describe } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, zerosData } from "../arraydata.ts";
import { unaryData } from "../elementwise/elementwise.ts";
import { extremeData } from "./extremes.ts";
import { countData, sumData, sumSquaresData } from "./reduce.ts";

/** The order of a vector norm; a matrix knows "fro" alone, which is the 2 of its elements. */
export type NormOrder = number | "fro";

/** The norm of order `ord` over `axes`, float32. */
export function normData(x: ArrayData, ord: unknown, axes: readonly number[], keepdims: boolean): ArrayData {
  const floats = castData(x, "float32");
  if (ord === 0) return castData(countData(floats, axes, keepdims), "float32");
  if (ord === 2 || ord === "fro") return unaryData("sqrt", sumSquaresData(floats, axes, keepdims));
  const terms = zerosData(x.shape, "float32");
  const from = floats.storage.data;
  const to = terms.storage.data;
  for (let i = 0; i < to.length; i++) to[i] = Math.abs(from[i]!);
  if (ord === 1) return sumData(terms, axes, keepdims);
  if (ord === Infinity) return extremeData("max", terms, axes, keepdims);
  if (ord === -Infinity) return extremeData("min", terms, axes, keepdims);
  throw new RangeError(`norm: "ord" expected 0, 1, 2, Infinity, -Infinity or "fro", got ${describe(ord)}`);
}
