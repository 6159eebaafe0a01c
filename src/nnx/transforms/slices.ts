import type { NDArray } from "../../array/index.ts";
import { asarray, formatShape, sameShape, sizeOf, stack as stackArrays } from "../../array/index.ts";
import { hasBrand, int, ShapeError } from "../../base/index.ts";
import { Key } from "../../random/index.ts";
import type { Variable, VariableValue } from "../variables/variable.ts";
import { isPlain } from "../tree/data.ts";

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
  if (!hasBrand(x, "Key")) return asarray(x as NDArray).slice(...x.shape.slice(0, axis).map(() => ":" as const), i);
  const outer = sizeOf(x.shape.slice(0, axis));
  const n = x.shape[axis]!;
  const inner = 2 * sizeOf(x.shape.slice(axis + 1));
  const { words } = x as Key;
  const out = new Uint32Array(outer * inner);
  for (let o = 0; o < outer; o++) out.set(words.subarray((o * n + i) * inner, (o * n + i + 1) * inner), o * inner);
  return new Key(out, [...x.shape.slice(0, axis), ...x.shape.slice(axis + 1)]);
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
  if (!hasBrand(first, "Key")) return stackArrays(items as readonly NDArray[], at);
  const outer = sizeOf(first.shape.slice(0, at));
  const inner = 2 * sizeOf(first.shape.slice(at));
  const out = new Uint32Array(outer * n * inner);
  items.forEach((item, i) => {
    const { words } = item as Key;
    for (let o = 0; o < outer; o++) out.set(words.subarray(o * inner, (o + 1) * inner), (o * n + i) * inner);
  });
  return new Key(out, [...first.shape.slice(0, at), n, ...first.shape.slice(at)]);
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
