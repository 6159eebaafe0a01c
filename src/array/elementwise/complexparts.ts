/** The functions of complex numbers, of arrays that are all real. */
import type { Places } from "../../base/index.ts";
import { inOrder, refuseSurplus } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import { isFloat } from "../../data/index.ts";
import { onesLike, zerosLike } from "../creation/arrays.ts";
import type { NDArray } from "../ndarray.ts";
import { asNDArray } from "../ndarray.ts";
import { isnan, where } from "./comparison.ts";
import { degrees, signbit } from "./compound.ts";

/**
 * The real parts: `x` itself, because arrays are real here.
 *
 * @example
 * real([1, 2]).tolist() // => [1, 2]
 */
export function real(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("real", "val", arguments);
  return asNDArray(x, 'real: "x"');
}

/**
 * The imaginary parts: zeros, because arrays are real here.
 *
 * @example
 * imag([1, 2]).tolist() // => [0, 0]
 */
export function imag(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("imag", "val", arguments);
  return zerosLike(asNDArray(x, 'imag: "x"'));
}

/**
 * The complex conjugates: `x` itself, because arrays are real here.
 *
 * @example
 * conj([1, 2]).tolist() // => [1, 2]
 */
export function conj(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("conj", "x", arguments);
  return asNDArray(x, 'conj: "x"');
}

/**
 * The angle of each number in the complex plane, a float: 0, or pi below zero and for -0.
 *
 * @param deg whether in degrees. Default false
 * @example
 * angle([2, -3]).tolist() // => [0, 3.1415927]
 */
export function angle(x: ArrayLike, ...places: Places<[deg: boolean], { readonly deg?: boolean }>): NDArray;
export function angle(): NDArray {
  return inOrder(angleOf, arguments, 1, "angle z | deg:b");
}

function angleOf(x: ArrayLike, { deg = false }: { readonly deg?: boolean } = {}): NDArray {
  const given = asNDArray(x, 'angle: "x"');
  const float = isFloat(given.dtype) ? given : given.astype("float32");
  const radians = where(isnan(float), float, where(signbit(float), Math.PI, zerosLike(float)));
  return deg ? degrees(radians) : radians;
}

/**
 * Where `x` has no imaginary part, bool: everywhere.
 *
 * @example
 * isreal([1, 2]).tolist() // => [true, true]
 */
export function isreal(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("isreal", "x", arguments);
  return onesLike(asNDArray(x, 'isreal: "x"'), "bool");
}

/**
 * Where `x` has an imaginary part, bool: nowhere.
 *
 * @example
 * iscomplex([1, 2]).tolist() // => [false, false]
 */
export function iscomplex(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("iscomplex", "x", arguments);
  return zerosLike(asNDArray(x, 'iscomplex: "x"'), "bool");
}

/**
 * Whether the dtype of `x` is real: true.
 *
 * @example
 * isrealobj([1, 2]) // => true
 */
export function isrealobj(x: ArrayLike): boolean {
  if (arguments.length > 1) refuseSurplus("isrealobj", "x", arguments);
  return !iscomplexobj(x);
}

/**
 * Whether the dtype of `x` is complex: false.
 *
 * @throws TypeError for what is not an array
 * @example
 * iscomplexobj([1, 2]) // => false
 */
export function iscomplexobj(x: ArrayLike): boolean {
  if (arguments.length > 1) refuseSurplus("iscomplexobj", "x", arguments);
  return asNDArray(x, 'iscomplexobj: "x"').dtype.startsWith("complex");
}
