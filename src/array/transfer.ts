import { describe } from "../base/index.ts";
import type { ArrayLike, DType, Shape, TypedArray } from "../data/index.ts";
import {
  arrayData,
  checkDType,
  formatShape,
  sizeOf,
  storageFor,
  toData,
  assertConcrete,
  plainOf,
} from "../data/index.ts";
import { NDArray } from "./ndarray.ts";

/** An array as plain data, with elements of its own. A bfloat16 or float16 is its 16-bit word. */
export interface PackedArray {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly data: TypedArray;
}

/** An array as plain data that `structuredClone` copies. */
export function packArray(x: ArrayLike): PackedArray {
  const raw = plainOf(toData(x, 'toTransferable: "x"'));
  assertConcrete(raw);
  return { shape: [...raw.shape], dtype: raw.dtype, data: raw.storage.data.slice() };
}

/**
 * The array of what `packArray` gave, over its very elements.
 *
 * @throws TypeError if it is something else
 */
export function unpackArray({ shape, dtype, data }: PackedArray): NDArray {
  const { name } = storageFor(checkDType(dtype, "fromTransferable"), 0).constructor;
  if (!ArrayBuffer.isView(data) || data.constructor.name !== name || data.length !== sizeOf(shape))
    throw new TypeError(
      `fromTransferable: "message" expected a ${name} of ${formatShape(shape)} elements, got ${describe(data)}`,
    );
  return new NDArray(arrayData([...shape], dtype, data));
}
