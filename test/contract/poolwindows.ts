/** Windows of pooling that several contract tests share. */
import type { PoolWindows } from "../../src/base/index.ts";

/** Segments of the lengths `places`, whose windows see `sees` runs each, some of them fewer, some nothing. */
export function windowsOf(places: readonly number[], step: number, sees: number, features: number): PoolWindows {
  const views = [sees, sees - 1, 0].map((n) => Array.from({ length: Math.max(n, 0) }, (_, i) => i * (features + 1)));
  let start = 0;
  const segments = places.map((own, i) => {
    const segment = { start, places: own, view: i % 3 };
    start += own;
    return segment;
  });
  return { segments, step, views, features };
}

/** How many elements of an array the windows reach. */
export function elementsIn({ segments, step, views, features }: PoolWindows): number {
  const ends = segments.map(({ start, places, view }) => start + (places - 1) * step + (views[view]!.at(-1) ?? 0));
  return Math.max(...ends) + features;
}

/** How many results they have. */
export function sizeOf({ segments, features }: PoolWindows): number {
  return segments.reduce((sum, { places }) => sum + places, 0) * features;
}

/** At the edges of lanes, of sixteen features and of blocks of segments. */
export const POOL_WINDOWS: readonly PoolWindows[] = [
  ...Array.from({ length: 35 }, (_, features) => windowsOf([3, 1, 2, 4], 2, 3, features + 1)),
  windowsOf([1], 1, 1, 1),
  windowsOf([5, 4, 3], 7, 9, 64),
  windowsOf(
    Array.from({ length: 300 }, () => 70),
    5,
    4,
    33,
  ),
  windowsOf([9000, 1, 1, 2000], 16, 2, 16),
  windowsOf([2, 2], 1, 3000, 48),
];
