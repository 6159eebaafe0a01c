import { describe, int, LimitError, ShapeError } from "../../base/index.ts";
import type { Shape } from "../shape.ts";
import { formatShape, MAX_SIZE } from "../shape.ts";
import type { AxisLike } from "./shapes.ts";

/**
 * Counts of repetitions as whole numbers.
 *
 * @param name how errors name the argument, `fn: "repeats"` by convention
 * @throws RangeError if one is negative
 */
export function toCounts(counts: AxisLike, name: string): number[] {
  return (Array.isArray(counts) ? (counts as number[]) : [counts as number]).map((count) => {
    const times = int(count, name);
    if (times < 0) throw new RangeError(`${name} expected counts of at least 0, got ${describe(count)}`);
    return times;
  });
}

/**
 * The entries of `axis` of `shape` that `repeat` gives: each so often as `repeats` says, or its entry of `repeats`.
 *
 * @throws ShapeError if there are not as many counts as entries; LimitError if there are too many
 */
export function repeatedPlaces(shape: Shape, repeats: AxisLike, axis: number): Int32Array {
  const n = shape[axis]!;
  const counts = toCounts(repeats, 'repeat: "repeats"');
  if (counts.length !== 1 && counts.length !== n) throw countError(counts.length, n, shape);
  const total = counts.length === 1 ? n * counts[0]! : counts.reduce((sum, count) => sum + count, 0);
  if (total > MAX_SIZE) throw new LimitError(`repeat: "repeats" expected at most ${MAX_SIZE} elements, got ${total}`);
  const places = new Int32Array(total);
  for (let i = 0, at = 0; i < n; i++)
    for (let end = at + (counts.length === 1 ? counts[0]! : counts[i]!); at < end; at++) places[at] = i;
  return places;
}

function countError(count: number, n: number, shape: Shape): ShapeError {
  const expected = `expected 1 or ${n} counts for shape ${formatShape(shape)}`;
  return new ShapeError(`repeat: "repeats" ${expected}, got ${count}`);
}
