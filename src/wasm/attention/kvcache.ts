import type { RowWrites } from "../../base/index.ts";
import { EvictingCache } from "../evictingcache.ts";
import type { CachedCopy } from "../evictingcache.ts";
import { BLOCK } from "../memory.ts";
import type { Arena } from "../memory.ts";
import type { AttentionExports } from "../exports.ts";

const { ceil, floor, max, min } = Math;

/** Kernels read up to this many elements past the end of what they are given. */
const SLACK = 8;
const FLOAT = 4;

/** Keys or values [batch, capacity, heads, width]. */
export interface RowsShape {
  readonly batch: number;
  readonly capacity: number;
  readonly heads: number;
  readonly width: number;
  /**
   * Whether the copy is in panels of eight rows, [batch, heads, capacity / 8, width, 8], as `packKeysF32` makes them,
   * or [batch, heads, capacity, width]. In both, a head is read sequentially.
   */
  readonly panels: boolean;
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
  #copyRows(
    data: Float32Array,
    { ptr, batch, capacity, heads, width, panels }: CopiedRows,
    first: number,
    end: number,
  ): void {
    if (panels && end - first >= 8 && 8 * heads * width <= BLOCK)
      return this.#packRows(data, { ptr, batch, capacity, heads, width }, first, end);
    const { floats } = this.#arena;
    const head = width * rowsOf(capacity, panels);
    const step = panels ? 8 : 1;
    for (let b = 0, to = ptr / FLOAT; b < batch; b++, to += heads * head) {
      for (let s = first, at = (b * capacity + s) * heads * width; s < end; s++) {
        const place = panels ? (s & ~7) * width + (s & 7) : s * width;
        for (let h = 0, put = to + place; h < heads; h++, put += head)
          for (let i = 0; i < width; i++) floats[put + step * i] = data[at++]!;
      }
    }
  }

  /** Like `#copyRows`, of many rows into panels. The first ones may complete a panel. */
  #packRows(
    data: Float32Array,
    { ptr, batch, capacity, heads, width }: Omit<RowsShape, "panels"> & { readonly ptr: number },
    first: number,
    end: number,
  ): void {
    const { wPtr, w } = this.#arena;
    const row = heads * width;
    const panels = FLOAT * width * rowsOf(capacity, true);
    // Whole panels at a time, as many as the region holds, each packed again from its first row on.
    const step = 8 * max(1, floor(BLOCK / (8 * row)));
    const start = first & ~7;
    for (let b = 0, to = ptr; b < batch; b++, to += heads * panels) {
      for (let s = start; s < end; s += step) {
        const count = min(step, end - s);
        const from = (b * capacity + s) * row;
        w.set(data.subarray(from, from + count * row));
        for (let h = 0; h < heads; h++)
          this.#exports.packKeysF32(
            wPtr + FLOAT * h * width,
            to + h * panels + FLOAT * s * width,
            FLOAT * row,
            count,
            width,
          );
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

function bytesOf({ batch, capacity, heads, width, panels }: RowsShape): number {
  return FLOAT * (batch * heads * width * rowsOf(capacity, panels) + SLACK);
}

/** How many rows there is room for. */
function rowsOf(capacity: number, panels: boolean): number {
  return panels ? 8 * ceil(capacity / 8) : capacity;
}
