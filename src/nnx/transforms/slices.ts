import type { ArrayData } from "../../array/index.ts";
import { asarray, arrayData, formatShape, NDArray, sameShape, sizeOf, toData, zerosData } from "../../array/index.ts";
import { hasBrand, int, ShapeError } from "../../base/index.ts";
import { Key } from "../../random/index.ts";
import type { Variable, VariableValue } from "../variable.ts";
import { isPlain } from "../data.ts";

/** The axis `axis` of a shape, counted from the end where it is negative. */
export function axisOf(shape: readonly number[], axis: unknown, name: string): number {
  const given = int(axis, name);
  const at = given < 0 ? given + shape.length : given;
  if (at < 0 || at >= shape.length)
    throw new ShapeError(`${name} expected an axis of the shape ${formatShape(shape)}, got ${given}`);
  return at;
}

/** The part of an array, or of an array of keys, at index `i` of an axis. */
export function take(x: VariableValue, axis: number, i: number): VariableValue {
  const shape = [...x.shape.slice(0, axis), ...x.shape.slice(axis + 1)];
  const outer = sizeOf(x.shape.slice(0, axis));
  const n = x.shape[axis]!;
  if (hasBrand(x, "Key")) {
    const inner = 2 * sizeOf(x.shape.slice(axis + 1));
    const { words } = x as Key;
    const out = new Uint32Array(outer * inner);
    for (let o = 0; o < outer; o++) out.set(words.subarray((o * n + i) * inner, (o * n + i + 1) * inner), o * inner);
    return new Key(out, shape);
  }
  const inner = sizeOf(x.shape.slice(axis + 1));
  const from = toData(x, "nnx").storage.data;
  const out = zerosData(shape, (x as NDArray).dtype);
  // Nothing to copy where there are shapes alone.
  for (let o = 0; o < outer && from.length > 0; o++)
    out.storage.data.set(from.subarray((o * n + i) * inner, (o * n + i + 1) * inner), o * inner);
  return new NDArray(out);
}

/**
 * Arrays, or keys, of one shape put together along a new axis.
 *
 * @throws ShapeError if the shapes differ
 */
export function stack(items: readonly VariableValue[], axis: number, name: string): VariableValue {
  const first = items[0]!;
  for (const item of items)
    if (!sameShape(item.shape, first.shape))
      throw new ShapeError(
        `${name} expected results of one shape, got ${formatShape(first.shape)} and ${formatShape(item.shape)}`,
      );
  const n = items.length;
  const at = axis < 0 ? axis + first.shape.length + 1 : axis;
  if (at < 0 || at > first.shape.length)
    throw new ShapeError(`${name} expected an axis of results of shape ${formatShape(first.shape)}, got ${axis}`);
  const shape = [...first.shape.slice(0, at), n, ...first.shape.slice(at)];
  const outer = sizeOf(first.shape.slice(0, at));
  if (hasBrand(first, "Key")) {
    const inner = 2 * sizeOf(first.shape.slice(at));
    const out = new Uint32Array(outer * n * inner);
    items.forEach((item, i) => {
      const { words } = item as Key;
      for (let o = 0; o < outer; o++) out.set(words.subarray(o * inner, (o + 1) * inner), (o * n + i) * inner);
    });
    return new Key(out, shape);
  }
  const inner = sizeOf(first.shape.slice(at));
  const out: ArrayData = zerosData(shape, (first as NDArray).dtype);
  items.forEach((item, i) => {
    const from = toData(item, name).storage.data;
    for (let o = 0; o < outer && out.storage.data.length > 0 && from.length > 0; o++)
      out.storage.data.set(from.subarray(o * inner, (o + 1) * inner), (o * n + i) * inner);
  });
  return new NDArray(arrayData(out.shape, out.dtype, out.storage.data));
}

/** What is sliced and stacked as an array: arrays, keys, numbers and booleans. */
export function arrayLike(x: unknown): VariableValue | undefined {
  if (hasBrand(x, "NDArray") || hasBrand(x, "Key")) return x as VariableValue;
  if (typeof x === "number" || typeof x === "boolean") return asarray(x);
  return ArrayBuffer.isView(x) ? asarray(x as never) : undefined;
}

/** A plain array or object that is not itself data. */
export function isContainer(x: unknown): x is readonly unknown[] | Readonly<Record<string, unknown>> {
  return typeof x === "object" && x !== null && isPlain(x);
}

/** Whether a value is a Variable by itself. */
export function isVariable(x: unknown): x is Variable<VariableValue> {
  return hasBrand(x, "Variable");
}
