import type { ArrayData } from "../arraydata.ts";
import { encodeElement, numbersOf, zerosData } from "../arraydata.ts";
import type { DType } from "../dtype.ts";
import { sizeOf } from "../shape.ts";

/** How many classes there are, where their axis goes, and the dtype of the result. */
export interface Classes {
  readonly classes: number;
  readonly axis: number;
  readonly dtype: DType;
}

/** 1 at the class that each element of `x` is the number of, 0 elsewhere. */
export function oneHotData({ classes, axis, dtype }: Classes, x: ArrayData): ArrayData {
  const out = zerosData([...x.shape.slice(0, axis), classes, ...x.shape.slice(axis)], dtype);
  const to = out.storage.data;
  const inner = sizeOf(x.shape.slice(axis));
  const one = encodeElement(dtype, 1);
  const indices = numbersOf(x);
  for (let i = 0; i < indices.length && to.length > 0; i++) {
    const index = indices[i]!;
    const column = i % inner;
    if (index >= 0 && index < classes && Number.isInteger(index))
      to[(i - column) * classes + index * inner + column] = one;
  }
  return out;
}
