import type { ArrayData } from "../arraydata.ts";
import { arrayData, zerosData } from "../arraydata.ts";
import { isFloat } from "../dtype.ts";
import type { Operand } from "../elementwise/promotion.ts";
import { promotedPair } from "../elementwise/promotion.ts";
import { sortable, UNORDERED } from "./order.ts";

/** Integer keys, int32, that are ordered as the elements of `x` are: see `sortable`. */
export function sortKeysData(x: ArrayData): ArrayData {
  return arrayData(x.shape, "int32", sortable(x));
}

/** Whether each element of `x` is among `values`, bool, or is not if `invert`. NaN never is. */
export function isinData(invert: boolean, x: Operand, values: Operand): ArrayData {
  const [from, list] = promotedPair(x, values, "isin");
  const known = new Set(sortable(list));
  if (isFloat(list.dtype)) known.delete(UNORDERED);
  const elements = sortable(from);
  const out = zerosData(from.shape, "bool");
  const to = out.storage.data;
  for (let i = 0; i < to.length; i++) to[i] = known.has(elements[i]!) === invert ? 0 : 1;
  return out;
}

/** The index at which each element of `x` would be inserted in the ascending `sorted` [n], int32. */
export function searchsortedData(side: "left" | "right", sorted: ArrayData, x: Operand): ArrayData {
  const [line, from] = promotedPair(sorted, x, "searchsorted");
  const [steps, elements] = [sortable(line), sortable(from)];
  const out = zerosData(from.shape, "int32");
  const to = out.storage.data;
  for (let i = 0; i < to.length; i++) {
    const key = elements[i]!;
    let low = 0;
    let high = line.shape[0]!;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (steps[middle]! < key || (steps[middle] === key && side === "right")) low = middle + 1;
      else high = middle;
    }
    to[i] = low;
  }
  return out;
}
