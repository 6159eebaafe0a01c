import type { RowWrites } from "../../base/index.ts";
import { EvictingCache } from "../evictingcache.ts";
import type { CachedCopy } from "../evictingcache.ts";
import { BLOCK } from "../memory.ts";
import type { Arena } from "../memory.ts";
import type { AttentionExports } from "../exports.ts";
import { FLOAT, paddedTo } from "./layout.ts";

const { floor, min } = Math;

/** Kernels read up to this many elements past the end of what they are given. */
const SLACK = 8;

/** Keys or values [batch, capacity, heads, width]. */
export interface RowsShape {
  readonly batch: number;
  readonly capacity: number;
  readonly heads: number;
  readonly width: number;
  /**
   * Of eight rows, as `packKeysF32` makes them: [batch, heads, capacity / 8, width, 8]. Or of eight columns, as
   * `packValuesF32` does: [batch, heads, width / 8, capacity, 8]. In both, a head is read sequentially.
   */
  readonly panels: "rows" | "columns";
}

/** Rows that have been seen, and their copy. */
interface CopiedRows extends RowsShape, CachedCopy {
  /** How many rows the copy holds, from row 0 on. */
  filled: number;
  /** How many writes it has seen. */
  writes: number;
}

/**
 * The KV cache: copies of keys and values that grow a row at a time. A decoder's step copies only the row that it
 * wrote. Like that of a matrix, a copy is made the second time the rows are used.
 */
export class KvCache {
  readonly #arena: Arena;
  readonly #exports: AttentionExports;
  readonly #cache: EvictingCache<CopiedRows>;

  constructor(arena: Arena, exports: AttentionExports) {
    this.#arena = arena;
    this.#exports = exports;
    this.#cache = new EvictingCache(arena);
  }

  /**
   * The copy of the first `rows` rows of `data`, as it is now; its `ptr` becomes 0 when it is evicted. Undefined where
   * there is none (yet).
   */
  find(
    data: Float32Array,
    writes: RowWrites | undefined,
    rows: number,
    shape: RowsShape,
  ): { readonly ptr: number } | undefined {
    const cache = this.#cache;
    if (writes === undefined) return void cache.drop(data);
    const copy = cache.get(data);
    if (copy === undefined || !sameRows(copy, shape)) {
      cache.set(data, { ...shape, bytes: bytesOf(shape), ptr: 0, used: 0, filled: 0, writes: writes.count });
      return undefined;
    }
    if (copy.ptr === 0) {
      if (!cache.allocate(data, copy)) return undefined;
      copy.filled = 0;
    }
    cache.use(copy);
    this.#update(data, copy, writes, rows);
    return copy;
  }

  /** After one write it is known which row changed; after more, all rows are copied again. */
  #update(data: Float32Array, copy: CopiedRows, { count, last }: RowWrites, rows: number): void {
    if (count !== copy.writes && count !== copy.writes + 1) copy.filled = 0;
    else if (count !== copy.writes && last < copy.filled) this.#copyRows(data, copy, last, last + 1);
    copy.writes = count;
    if (rows <= copy.filled) return;
    this.#copyRows(data, copy, copy.filled, rows);
    copy.filled = rows;
  }

  /** Copies rows `first` to `end` - 1 of every batch element. */
  #copyRows(data: Float32Array, copy: CopiedRows, first: number, end: number): void {
    const { ptr, batch, capacity, heads, width, panels } = copy;
    if (end - first >= 8 && 8 * heads * width <= BLOCK - SLACK) return this.#packRows(data, copy, first, end);
    const { floats } = this.#arena;
    const head = headOf(copy);
    // How far apart eight columns are from the next, and a column from the next.
    const [apart, step] = panels === "rows" ? [64, 8] : [8 * capacity, 1];
    for (let b = 0, to = ptr / FLOAT; b < batch; b++, to += heads * head) {
      for (let s = first, at = (b * capacity + s) * heads * width; s < end; s++) {
        const place = panels === "rows" ? (s & ~7) * width + (s & 7) : 8 * s;
        for (let h = 0, put = to + place; h < heads; h++, put += head)
          for (let i = 0; i < width; i++) floats[put + (i >> 3) * apart + step * (i & 7)] = data[at++]!;
      }
    }
  }

  /** Like `#copyRows`, of many rows. The first ones may complete a panel of rows. */
  #packRows(data: Float32Array, copy: CopiedRows, first: number, end: number): void {
    const { ptr, batch, capacity, heads, width, panels } = copy;
    const { wPtr, w } = this.#arena;
    const row = heads * width;
    const head = FLOAT * headOf(copy);
    // Whole panels at a time, as many as the region holds, each packed again from its first row on.
    const step = 8 * floor((BLOCK - SLACK) / (8 * row));
    const start = first & ~7;
    for (let b = 0, to = ptr; b < batch; b++, to += heads * head) {
      for (let s = start; s < end; s += step) {
        const count = min(step, end - s);
        const from = (b * capacity + s) * row;
        w.set(data.subarray(from, from + count * row));
        for (let h = 0; h < heads; h++) {
          const fromHead = wPtr + FLOAT * h * width;
          const toHead = to + h * head;
          if (panels === "rows")
            this.#exports.packKeysF32(fromHead, toHead + FLOAT * s * width, FLOAT * row, count, width);
          else
            this.#exports.packValuesF32(
              fromHead,
              toHead + FLOAT * 8 * s,
              FLOAT * row,
              FLOAT * 8 * capacity,
              count,
              width,
            );
        }
      }
    }
  }
}

const caches = new WeakMap<Arena, KvCache>();

/** The cache of an instance, which lives as long. */
export function kvCacheOf(arena: Arena, exports: AttentionExports): KvCache {
  let cache = caches.get(arena);
  if (cache === undefined) caches.set(arena, (cache = new KvCache(arena, exports)));
  return cache;
}

function sameRows(a: RowsShape, b: RowsShape): boolean {
  return (
    a.batch === b.batch &&
    a.capacity === b.capacity &&
    a.heads === b.heads &&
    a.width === b.width &&
    a.panels === b.panels
  );
}

function bytesOf(shape: RowsShape): number {
  return FLOAT * (shape.batch * shape.heads * headOf(shape) + SLACK);
}

/** The elements of a head. */
function headOf({ capacity, width, panels }: RowsShape): number {
  return panels === "rows" ? paddedTo(8, capacity) * width : capacity * paddedTo(8, width);
}
