import type { ArrayLike, DType } from "../data/index.ts";
import { promote, promoteScalar, scalarData } from "../data/index.ts";
import { asNDArray, NDArray } from "./ndarray.ts";

/** The number `value` as an array without axes. */
export function scalar(value: number, dtype: DType): NDArray {
  return new NDArray(scalarData(dtype, value));
}

/**
 * `x` in `dtype`. Of a whole number the low bits count, as of an integer array; another number becomes the nearest
 * integer towards zero that there is, NaN 0.
 */
export function castTo(x: ArrayLike, dtype: DType, name: string): NDArray {
  return typeof x === "number" ? scalar(x, dtype) : asNDArray(x, name).astype(dtype);
}

/**
 * The list as arrays, in which bare numbers are weak: they have the dtype that the arrays of the list promote to, where
 * their kind allows.
 *
 * @param name how errors name the items of the list
 */
export function weakly(list: readonly ArrayLike[], name: (i: number) => string): NDArray[] {
  if (list.every(isBare) || !list.some(isBare)) return list.map((x, i) => asNDArray(x, name(i)));
  const strong = list.flatMap((x, i) => (isBare(x) ? [] : [asNDArray(x, name(i))]));
  const beside = scalarData(strong.map((x) => x.dtype).reduce(promote), 0);
  return list.map((x, i) => (isBare(x) ? new NDArray(promoteScalar(Number(x), beside, name(i))) : strong.shift()!));
}

function isBare(x: ArrayLike): x is number | bigint {
  return typeof x === "number" || typeof x === "bigint";
}
