/** Windows of pooling that slide over an array without padding, a block of their segments at a time. */
import type { PoolWindows } from "../base/index.ts";
import type { Arena } from "./memory.ts";

/** What a block of segments sees, and its results, fill about this many elements: 256 KiB. */
const BLOCK_ELEMENTS = 2 ** 16;
/** A segment is four words. */
const WORDS = 4;

const { max, min } = Math;

/** The segments of a block, which see the elements from `low` to before `high`. */
export interface SegmentBlock {
  readonly count: number;
  readonly low: number;
  readonly high: number;
  /** The elements of the results before the block's, and those of the block. */
  readonly before: number;
  readonly size: number;
}

/** Works on a block. Gets the addresses of its table of segments, of room for its results, and of what it sees. */
type Segments = (block: SegmentBlock, segmentsPtr: number, resultsPtr: number, seenPtr: number) => void;

/**
 * Calls `kernel` for a block of segments at a time, in linear memory that is allocated for the block.
 *
 * @throws LimitError, which names the kernel `name`, if the memory cannot grow to hold a block
 */
export function eachSegmentBlock(arena: Arena, windows: PoolWindows, name: string, kernel: Segments): void {
  const { segments, views, features } = windows;
  let offsets = 0;
  for (const view of views) offsets += view.length;
  for (let first = 0, before = 0; first < segments.length;) {
    const { end, low, high, places } = blockFrom(windows, first);
    const count = end - first;
    const size = places * features;
    const bytes = 4 * (offsets + WORDS * count + size + high - low);
    const ptr = arena.allocateOrThrow(bytes, name);
    try {
      const segmentsPtr = ptr + 4 * offsets;
      const resultsPtr = segmentsPtr + 4 * WORDS * count;
      const seenPtr = resultsPtr + 4 * size;
      const words = new Uint32Array(arena.exports.memory.buffer, ptr, offsets + WORDS * count);
      const viewPtrs: number[] = [];
      let at = 0;
      for (const view of views) {
        viewPtrs.push(ptr + 4 * at);
        for (const offset of view) words[at++] = 4 * offset;
      }
      for (let i = first; i < end; i++) {
        const { start, places: own, view } = segments[i]!;
        words[at++] = seenPtr + 4 * (start - low);
        words[at++] = own;
        words[at++] = viewPtrs[view]!;
        words[at++] = views[view]!.length;
      }
      kernel({ count, low, high, before, size }, segmentsPtr, resultsPtr, seenPtr);
    } finally {
      arena.release(ptr, bytes);
    }
    first = end;
    before += size;
  }
}

/** As many segments from `first` to before `end` as fill a block; at least one. */
function blockFrom(
  { segments, step, views, features }: PoolWindows,
  first: number,
): { end: number; low: number; high: number; places: number } {
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
