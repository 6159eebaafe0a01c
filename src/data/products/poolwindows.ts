import type { PoolSegment, PoolWindows } from "../../base/index.ts";
import { stridesOf } from "../manipulation/strided.ts";
import type { Shape } from "../shape.ts";
import { sameShape } from "../shape.ts";
import { keyOf } from "./image.ts";
import type { AxisWindows, Sliding } from "./window.ts";
import { axisWindows } from "./window.ts";

/** Where windows lie in an array, and how many places they have along each spatial axis. */
export interface PoolGeometry {
  readonly places: readonly number[];
  readonly windows: PoolWindows;
}

/** What a window sees along one axis. */
interface AxisView {
  /** The first index that it sees. */
  readonly first: number;
  /** All of them, from the first on; none where there is only padding. */
  readonly indices: readonly number[];
}

const CACHE_SIZE = 16;
/** Longer lists of segments than this are not kept. */
const MAX_SEGMENTS = 4096;
const cache: ({ readonly key: readonly number[]; readonly geometry: PoolGeometry } | undefined)[] = Array.from({
  length: CACHE_SIZE,
});

/**
 * The windows of the sizes `sizes` in an array of the shape `own`, [batch, ...spatial, features]. Cached, because a
 * model slides the same windows over the same shapes at every call.
 */
export function poolGeometry(own: Shape, sizes: Shape, sliding: Sliding): PoolGeometry {
  const key = keyOf(own, sizes, sliding, 0, 0);
  let hash = 0;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key[i]!, 0x01000193);
  const at = (hash ^ (hash >>> 16)) & (CACHE_SIZE - 1);
  const known = cache[at];
  if (known !== undefined && sameShape(known.key, key)) return known.geometry;
  const geometry = makeGeometry(own, sizes, sliding);
  if (geometry.windows.segments.length <= MAX_SEGMENTS) cache[at] = { key, geometry };
  return geometry;
}

function makeGeometry(own: Shape, sizes: Shape, sliding: Sliding): PoolGeometry {
  const pitch = stridesOf(own);
  const spatial = sizes.map((size, axis) => axisWindows(own[axis + 1]!, size, axis, sliding));
  const batch: AxisWindows = { places: own[0]!, index: Int32Array.from({ length: own[0]! }, (_, b) => b) };
  const axes = [batch, ...spatial].map((axis, i) => viewsAlong(axis, i === 0 ? 1 : sizes[i - 1]!, pitch[i]!));
  const step = sizes.length === 0 ? pitch[0]! : sliding.strides[sizes.length - 1]! * pitch[sizes.length]!;
  return {
    places: spatial.map(({ places }) => places),
    windows: { ...segmentsOf(axes, step), step, features: own.at(-1)! },
  };
}

/** What the window of `size` sees at each place of an axis whose neighbours are `pitch` elements apart, in elements. */
function viewsAlong({ places, index }: AxisWindows, size: number, pitch: number): AxisView[] {
  return Array.from({ length: places }, (_, place) => {
    const seen = [...index.subarray(place * size, (place + 1) * size)].filter((i) => i >= 0);
    const first = seen[0] ?? 0;
    return { first: first * pitch, indices: seen.map((i) => (i - first) * pitch) };
  });
}

/** The segments of all places, row-major, and the views that differ. */
function segmentsOf(axes: readonly AxisView[][], step: number): Pick<PoolWindows, "segments" | "views"> {
  const segments: PoolSegment[] = [];
  const views: number[][] = [];
  const known = new Map<string, number>();
  const last = axes.length - 1;
  const runs = runsOf(axes[last]!, step);
  descend(0, 0, [0]);
  return { segments, views };

  /** Goes through the places of the axes from `axis` on, with what the axes before it see. */
  function descend(axis: number, start: number, seen: readonly number[]): void {
    if (axis < last)
      for (const { first, indices } of axes[axis]!) descend(axis + 1, start + first, crossed(seen, indices));
    else
      for (const { first, indices, places } of runs)
        segments.push({ start: start + first, places, view: viewOf(crossed(seen, indices)) });
  }

  function viewOf(view: number[]): number {
    const key = view.join();
    let at = known.get(key);
    if (at === undefined) {
      at = views.push(view) - 1;
      known.set(key, at);
    }
    return at;
  }
}

/** Neighbouring places, `step` apart, that see alike. */
function runsOf(places: readonly AxisView[], step: number): (AxisView & { readonly places: number })[] {
  const runs: (AxisView & { places: number })[] = [];
  for (const place of places) {
    const run = runs.at(-1);
    if (run !== undefined && place.first === run.first + run.places * step && sameShape(place.indices, run.indices))
      run.places++;
    else runs.push({ ...place, places: 1 });
  }
  return runs;
}

/** Each of `outer` plus each of `inner`, row-major. */
function crossed(outer: readonly number[], inner: readonly number[]): number[] {
  return outer.flatMap((offset) => inner.map((index) => offset + index));
}
