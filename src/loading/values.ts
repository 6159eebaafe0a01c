import type { DType, NDArray } from "../array/index.ts";
import { sameBits, sameShape, toData } from "../array/index.ts";
import type { VariableValue } from "../nnx/index.ts";
import { StateError } from "../nnx/index.ts";
import type { Key } from "../random/index.ts";
import { wrapKeyData } from "../random/index.ts";
import { dtypeMismatch, kindOf, shapeMismatch } from "./plan.ts";
import type { ModelLeaf } from "./targets.ts";

/**
 * An array as the value of a leaf: of its dtype, or with the file's.
 *
 * @param source - the name in the file, for messages
 * @throws StateError `ShapeMismatch`, or `DtypeMismatch` for integers that do not fit
 */
export function toLeafValue(array: NDArray, leaf: ModelLeaf, dtype: "model" | "file", source: string): VariableValue {
  if (!sameShape(array.shape, leaf.shape))
    throw new StateError("ShapeMismatch", `loadInto: ${shapeMismatch(source, array.shape, leaf)}`);
  if (leaf.isKey) return wrapKeyData(toInteger(array, "uint32", leaf, source));
  if (array.dtype === leaf.dtype) return array;
  if (kindOf(array.dtype) !== kindOf(leaf.dtype))
    throw new StateError("DtypeMismatch", `loadInto: ${dtypeMismatch(source, array, leaf)}`);
  if (kindOf(leaf.dtype) === "int") return dtype === "file" ? array : toInteger(array, leaf.dtype, leaf, source);
  return dtype === "file" ? array : array.astype(leaf.dtype);
}

/** Integers in another dtype, which must hold them all. */
function toInteger(array: NDArray, dtype: DType, leaf: ModelLeaf, source: string): NDArray {
  if (array.dtype === dtype) return array;
  const cast = array.astype(dtype);
  const [from, to] = [elements(array), elements(cast)];
  const at = from.findIndex((value, i) => value !== to[i]);
  if (at < 0) return cast;
  const what = `loadInto: ${JSON.stringify(source)} for ${leaf.name}`;
  const message = `${what} expected values of ${dtype}, got ${from[at]} at ${at}`;
  throw new StateError("DtypeMismatch", message);
}

/** Whether two values of one leaf have the same bits. */
export function haveSameBits(a: VariableValue, b: VariableValue): boolean {
  return a.dtype === "key<fry>" ? (a as Key).equals(b as Key) : sameBits(a as NDArray, b as NDArray);
}

function elements(array: NDArray): { readonly [index: number]: number; findIndex: number[]["findIndex"] } {
  return toData(array, "loadInto").storage.data as never;
}
