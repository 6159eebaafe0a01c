/** Values of `pad` for the two ends of each axis. */
import { describe, int, ShapeError } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import { asNDArray } from "../ndarray.ts";

/** A value for all axes, one before and one after them, or such pairs: one for all axes, or one for each. */
export type Ends<T> = T | readonly [T] | readonly [before: T, after: T] | readonly (readonly [before: T, after: T])[];

/** How many elements to add before and after: for all axes, or for each. */
export type PadWidth = Ends<number> | ArrayLike;

/** The values before and after each of `rank` axes. */
export function pairsOf<T>(values: Ends<T> | ArrayLike, rank: number, name: string): [before: T, after: T][] {
  const given = Array.isArray(values) ? (values as readonly unknown[]) : plain(values as ArrayLike, name);
  const list = Array.isArray(given) ? (given as readonly unknown[]) : [given];
  const pairs = list.some(Array.isArray) ? (list as readonly (readonly T[])[]) : [list as readonly T[]];
  const isFlat = !list.some(Array.isArray);
  const fits = pairs.every((pair) => Array.isArray(pair) && (pair.length === 2 || (isFlat && pair.length === 1)));
  if (!fits || (pairs.length !== 1 && pairs.length !== rank))
    throw new ShapeError(`${name} expected a number, [before, after], or ${rank} such pairs, got ${describe(values)}`);
  return Array.from({ length: rank }, (_, axis) => {
    const pair = pairs[pairs.length === 1 ? 0 : axis]!;
    return [pair[0]!, pair.at(-1)!];
  });
}

function plain(values: ArrayLike, name: string): unknown {
  return typeof values === "number" ? values : asNDArray(values, name).tolist();
}

/** Counts before and after each of `rank` axes, none below `least`. */
export function countsOf(values: PadWidth, rank: number, name: string, least = 0): [before: number, after: number][] {
  return pairsOf<number>(values as Ends<number>, rank, name).map(
    (pair) =>
      pair.map((n) => {
        const count = int(n, name);
        if (count < least) throw new RangeError(`${name} expected at least ${least}, got ${describe(n)}`);
        return count;
      }) as [number, number],
  );
}
