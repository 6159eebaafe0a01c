import type { Dense } from "./dense.ts";
import { isAbstract } from "./dense.ts";
import type { DType } from "./dtype.ts";
import { formatShape } from "./shape.ts";

/** Nested lists of an array's elements; a scalar is the element itself. */
export type NestedList = number | boolean | NestedList[];

/** The elements as nested JavaScript arrays: numbers, or booleans for a bool array. */
export function toList(x: Dense): NestedList {
  const { data } = x.storage;
  const value = x.dtype === "bool" ? (i: number) => data[i] !== 0 : (i: number) => data[i]!;
  let at = 0;
  const build = (axis: number): NestedList => (axis === x.shape.length ? value(at++) : Array.from({ length: x.shape[axis]! }, () => build(axis + 1)));
  return build(0);
}

/** The shortest decimal that reads back as the same float32. */
export function formatFloat32(x: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const text = Number(x.toPrecision(digits));
    if (Math.fround(text) === x) return String(text);
  }
  return String(Number(x.toPrecision(9)));
}

function formatElement(x: number | boolean, dtype: DType): string {
  return dtype === "float32" ? formatFloat32(x as number) : String(x);
}

/** More elements than this print without their values. */
const MAX_PRINTED = 1000;

/** `Array float32[2, 2] [[1, 2], [3, 4]]`; an array without values shows its shape and dtype. */
export function format(x: Dense): string {
  if (isAbstract(x)) return `ShapeDtypeStruct(shape=${formatShape(x.shape)}, dtype=${x.dtype})`;
  const head = `Array ${x.dtype}${formatShape(x.shape)}`;
  if (x.storage.data.length > MAX_PRINTED) return head;
  const text = (list: NestedList): string => (Array.isArray(list) ? `[${list.map(text).join(", ")}]` : formatElement(list, x.dtype));
  return `${head} ${text(toList(x))}`;
}
