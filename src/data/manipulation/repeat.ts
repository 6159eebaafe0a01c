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
 * How often `repeat` repeats the indices of `axis` of `shape`: one count for all, or one for each.
 *
 * @throws ShapeError if there are not as many counts as indices; LimitError if there are too many
 */
export function repeatCounts(shape: Shape, repeats: AxisLike, axis: number): number[] {
  const n = shape[axis]!;
  const counts = toCounts(repeats, 'repeat: "repeats"');
  if (counts.length !== 1 && counts.length !== n) throw countError(counts.length, n, shape);
  const total = counts.length === 1 ? n * counts[0]! : counts.reduce((sum, count) => sum + count, 0);
  if (total > MAX_SIZE) throw new LimitError(`repeat: "repeats" expected at most ${MAX_SIZE} elements, got ${total}`);
  return counts;
}

/** The index 0 `counts[0]` times, the index 1 `counts[1]` times, and so on. */
export function repeatIndices(counts: readonly number[]): Int32Array {
  const places = new Int32Array(counts.reduce((sum, count) => sum + count, 0));
  let at = 0;
  counts.forEach((count, i) => places.fill(i, at, (at += count)));
  return places;
}

function countError(count: number, n: number, shape: Shape): ShapeError {
  const expected = `expected 1 or ${n} counts for shape ${formatShape(shape)}`;
  return new ShapeError(`repeat: "repeats" ${expected}, got ${count}`);
}
