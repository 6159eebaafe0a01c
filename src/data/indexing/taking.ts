import { describe } from "../../base/index.ts";
import type { ArrayLike } from "../convert.ts";
import type { ArrayData } from "../arraydata.ts";
import { pickData, reshapeData } from "../layout/layout.ts";
import { wrapPlace } from "../layout/places.ts";
import { sizeOf, toAxis } from "../shape.ts";
import { placesOf } from "./indexing.ts";

/** What an index outside its axis gives: a missing value, the nearest place inside, or the place counted round and round. */
export type TakeMode = "fill" | "clip" | "wrap";

/** Where and how `take` takes. */
export interface TakeOptions {
  /** The axis to take along; all elements in a row without. */
  readonly axis?: number;
  /** What an index outside gives, default `"fill"`: NaN, the least signed integer, the greatest unsigned one, true. */
  readonly mode?: TakeMode;
}

/** The place of `index` in an axis of `n`, or -1 where there is none. */
export function placeIn(index: number, n: number, mode: TakeMode): number {
  if (mode === "clip") return Math.min(Math.max(index, 0), n - 1);
  if (mode === "wrap") return wrapPlace(index, n);
  const at = index < 0 ? index + n : index;
  return at >= 0 && at < n ? at : -1;
}

/** @throws TypeError if `mode` is no mode */
export function checkMode(mode: unknown, fn: string): TakeMode {
  if (mode === "fill" || mode === "clip" || mode === "wrap") return mode;
  throw new TypeError(`${fn}: "mode" expected "fill", "clip" or "wrap", got ${describe(mode)}`);
}

/** The entries of `x` at `indices` along `axis`, or of all its elements in a row. */
export function takeData(x: ArrayData, indices: ArrayLike, axis: number | undefined, mode: TakeMode): ArrayData {
  checkMode(mode, "take");
  const places = placesOf(indices, 'take: "indices"');
  const { shape } = places;
  const from = axis === undefined ? reshapeData(x, [sizeOf(x.shape)]) : x;
  const along = axis === undefined ? 0 : toAxis(axis, x.shape.length, 'take: "axis"');
  const n = from.shape[along]!;
  const index = new Int32Array(sizeOf(shape));
  const data = places.storage.data;
  if (n === 0 && index.length > 0 && mode !== "fill")
    throw new RangeError(`take: "indices" expected none for an axis of size 0, got ${index.length}`);
  for (let i = 0; i < data.length; i++) index[i] = placeIn(data[i]!, n, mode);
  const out = pickData(from, index, along);
  return { ...out, shape: [...from.shape.slice(0, along), ...shape, ...from.shape.slice(along + 1)] };
}
