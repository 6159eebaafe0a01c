import type { PoolWindows } from "../../base/index.ts";
import { ARITHMETIC } from "../../base/index.ts";
import { copyOut } from "../copy.ts";
import type { Arena } from "../memory.ts";
import type { ConvolutionExports } from "./exports.ts";

/** What a block of segments sees, and its results, fill about this many elements: 256 KiB. */
const BLOCK_ELEMENTS = 2 ** 16;
/** A segment is four words. */
const WORDS = 4;

const { max, min } = Math;

export function pool(
  arena: Arena,
  exports: ConvolutionExports,
  op: "add" | "maximum" | "minimum",
  x: Float32Array,
  out: Float32Array,
  windows: PoolWindows,
  factor: number | "mean" = 0,
): void {
  const { segments, step, views, features } = windows;
  let offsets = 0;
  for (const view of views) offsets += view.length;
  for (let first = 0, done = 0; first < segments.length;) {
    const { end, low, high, places } = blockFrom(windows, first);
    const count = end - first;
    const size = places * features;
    const bytes = 4 * (offsets + WORDS * count + size + high - low);
    const ptr = arena.allocateOrThrow(bytes, "pool");
    try {
      const segmentsPtr = ptr + 4 * offsets;
      const outPtr = segmentsPtr + 4 * WORDS * count;
      const xPtr = outPtr + 4 * size;
      const words = new Uint32Array(arena.exports.memory.buffer, ptr, offsets + WORDS * count);
      const viewPtrs: number[] = [];
      let at = 0;
      for (const view of views) {
        viewPtrs.push(ptr + 4 * at);
        for (const offset of view) words[at++] = 4 * offset;
      }
      for (let i = first; i < end; i++) {
        const { start, places: own, view } = segments[i]!;
        words[at++] = xPtr + 4 * (start - low);
        words[at++] = own;
        words[at++] = viewPtrs[view]!;
        words[at++] = views[view]!.length;
      }
      arena.floats.set(high - low === x.length ? x : x.subarray(low, high), xPtr / 4);
      exports.poolF32(ARITHMETIC[op], segmentsPtr, outPtr, count, 4 * step, features, factor === "mean" ? NaN : factor);
      copyOut(arena.floats, size, out, done, outPtr / 4);
      done += size;
    } finally {
      arena.release(ptr, bytes);
    }
    first = end;
  }
}

/** Segments from `first` to before `end`, which see the elements from `low` to before `high`. */
interface SegmentBlock {
  readonly end: number;
  readonly low: number;
  readonly high: number;
  readonly places: number;
}

/** As many segments as fill a block; at least one. */
function blockFrom({ segments, step, views, features }: PoolWindows, first: number): SegmentBlock {
  let [end, low, high, places] = [first, Infinity, 0, 0];
  for (; end < segments.length; end++) {
    const { start, places: own, view } = segments[end]!;
    const offsets = views[view]!;
    const sees = offsets.length > 0;
    const from = sees ? min(low, start) : low;
    const to = sees ? max(high, start + (own - 1) * step + offsets[offsets.length - 1]! + features) : high;
    if (end > first && to - from + (places + own) * features > BLOCK_ELEMENTS) break;
    low = from;
    high = to;
    places += own;
  }
  return { end, low: min(low, high), high, places };
}
