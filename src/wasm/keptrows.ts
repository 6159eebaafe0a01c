import type { RowWrites } from "../base/index.ts";
import type { Arena } from "./memory.ts";

const { ceil } = Math;

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
   * Whether the copy is in panels of eight rows, [batch, heads, capacity / 8, width, 8], as `packKeysF32` makes them, or
   * [batch, heads, capacity, width]: a head is read from one end to the other.
   */
  readonly panels: boolean;
}

/** Rows that have been seen, and where their copy is. */
interface Kept extends RowsShape {
  /** 0 until the rows are seen again, and where there is no room for them. */
  ptr: number;
  /** How many rows the copy holds, from row 0 on. */
  filled: number;
  /** How many writes it has seen. */
  writes: number;
  /** When it was used last, by the count of uses. */
  used: number;
}

/**
 * Copies in linear memory of keys and values that grow a row at a time, by the identity of their array: a step of a
 * decoder brings the row it wrote and no other.
 *
 * As with immutable matrices, a copy is made the second time the rows come, lives as long as their array, and may be given
 * up when memory is short: before a large memory grows, those that were not used since the new rows came the time before.
 */
export class KeptRows {
  readonly #arena: Arena;
  readonly #seen = new WeakMap<Float32Array, Kept>();
  readonly #registry: FinalizationRegistry<Kept>;
  readonly #kept = new Set<Kept>();
  #uses = 0;

  constructor(arena: Arena) {
    this.#arena = arena;
    const { spare } = arena;
    arena.spare = () => spare() || this.#giveUpBefore(Infinity);
    this.#registry = new FinalizationRegistry((kept) => this.#release(kept));
  }

  /** The copy of the first `rows` rows of `data`, as it is now; its `ptr` becomes 0 when it is given up. Undefined where there is none (yet). */
  find(
    data: Float32Array,
    writes: RowWrites | undefined,
    rows: number,
    shape: RowsShape,
  ): { readonly ptr: number } | undefined {
    const kept = this.#seen.get(data);
    if (writes === undefined || kept === undefined || !sameRows(kept, shape)) {
      if (kept !== undefined) this.#drop(data, kept);
      if (writes !== undefined)
        this.#seen.set(data, { ...shape, ptr: 0, filled: 0, writes: writes.count, used: ++this.#uses });
      return undefined;
    }
    if (kept.ptr === 0 && !this.#keep(data, kept)) return undefined;
    kept.used = ++this.#uses;
    this.#update(data, kept, writes, rows);
    return kept;
  }

  #keep(data: Float32Array, kept: Kept): boolean {
    const bytes = bytesOf(kept);
    let ptr = this.#arena.allocateInPlace(bytes);
    while (ptr === 0 && this.#giveUpBefore(kept.used)) ptr = this.#arena.allocateInPlace(bytes);
    kept.ptr = ptr === 0 ? this.#arena.allocate(bytes) : ptr;
    if (kept.ptr === 0) return false;
    kept.filled = 0;
    this.#kept.add(kept);
    this.#registry.register(data, kept, kept);
    return true;
  }

  /** One write since the last time changed one row; after more it is not known which. */
  #update(data: Float32Array, kept: Kept, { count, last }: RowWrites, rows: number): void {
    if (count !== kept.writes && count !== kept.writes + 1) kept.filled = 0;
    else if (count !== kept.writes && last < kept.filled) this.#copy(data, kept, last, last + 1);
    kept.writes = count;
    if (rows <= kept.filled) return;
    this.#copy(data, kept, kept.filled, rows);
    kept.filled = rows;
  }

  /** Rows `first` to `end` - 1 of every batch element. */
  #copy(data: Float32Array, { ptr, batch, capacity, heads, width, panels }: Kept, first: number, end: number): void {
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

  #drop(data: Float32Array, kept: Kept): void {
    this.#seen.delete(data);
    this.#release(kept);
  }

  /** Gives up the copy that was not used for the longest time, if that was before use `before`; whether there was one. */
  #giveUpBefore(before: number): boolean {
    let oldest: Kept | undefined;
    for (const kept of this.#kept)
      if (kept.used < before && (oldest === undefined || kept.used < oldest.used)) oldest = kept;
    if (oldest !== undefined) this.#release(oldest);
    return oldest !== undefined;
  }

  #release(kept: Kept): void {
    if (!this.#kept.delete(kept)) return;
    this.#registry.unregister(kept);
    this.#arena.release(kept.ptr, bytesOf(kept));
    kept.ptr = 0;
  }
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
