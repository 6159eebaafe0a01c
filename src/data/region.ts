import { UNCLONEABLE } from "../base/index.ts";
import type { Access, Allocator, Pending, Storage } from "./access.ts";
import { allocation, PRIVATE } from "./access.ts";
import type { BufferPool } from "./bufferpool.ts";
import type { DType, TypedArray } from "./dtype.ts";
import { itemSize, viewOf } from "./dtype.ts";

/**
 * More bytes than this a region does not take from its pool. What is made then is ordinary, and collected as soon as
 * nobody has it: a function that runs for long would else keep all that it ever made.
 */
const MAX_BYTES = 2 ** 28;

/**
 * The arrays that are made while a function runs. They end with it, but for those that are released before.
 *
 * - Large arrays are over buffers of a pool, which go back to it at the end. Reading their elements throws then.
 * - Small arrays are ordinary memory. Their `access` is the region, so that using one after the end is an error.
 *
 * Nothing is listed but the large ones, so that a region costs small arrays nothing. Regions nest.
 */
export class Region implements Allocator {
  readonly uncloneable: symbol = UNCLONEABLE;
  readonly #pool: BufferPool;
  readonly outer = allocation.region as Region | undefined;
  readonly pending: Pending[] = [];
  /** The array over each buffer that was taken. */
  #taken: Map<ArrayBufferLike, Storage | undefined> | undefined;
  #bytes = 0;
  #isClosed = false;
  #keepsAll = false;
  /** Whose the arrays are that leave. */
  #to: Access = this.outer ?? PRIVATE;

  /** Opens a region: what is made until `close` belongs to it. */
  constructor(pool: BufferPool) {
    this.#pool = pool;
    allocation.access = this;
    allocation.region = this;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  take(dtype: DType, size: number, zeroed: boolean): TypedArray | undefined {
    const bytes = size * itemSize(dtype);
    if (bytes < this.#pool.minBytes || this.#bytes + bytes > MAX_BYTES) return undefined;
    const buffer = this.#pool.take(bytes, zeroed);
    this.#bytes += bytes;
    this.#taken ??= new Map();
    this.#taken.set(buffer, undefined);
    return viewOf(dtype, buffer);
  }

  note(storage: Storage): void {
    if (storage.data.byteLength < this.#pool.minBytes || this.#taken === undefined) return;
    const { buffer } = storage.data;
    if (this.#taken.has(buffer)) this.#taken.set(buffer, storage);
  }

  release(storage: Storage, to: Access): void {
    // Elements that are computed when they are read first are computed here, from arrays that end.
    const { data } = storage;
    if (data === GONE) return;
    storage.access = to;
    this.#passOn(storage, to);
  }

  /** Gives a buffer that this region or one around it has taken to `to`. */
  #passOn(storage: Storage, to: Access): void {
    // Asking a small typed array for its buffer makes one, so that only regions with large arrays ask.
    if (this.#taken !== undefined && this.#taken.delete(storage.data.buffer) && to instanceof Region) {
      to.#taken ??= new Map();
      to.#taken.set(storage.data.buffer, storage);
    }
    if (this.outer !== undefined) this.outer.#passOn(storage, to);
  }

  /** Lets elements, if they are of this region, belong to the region around it; after the end, to everybody. */
  leave(storage: Storage): void {
    if (storage.access === this) this.release(storage, this.#to);
  }

  /** Lets all arrays of the region stay. */
  leaveAll(): void {
    this.#taken = undefined;
    this.#keepsAll = true;
  }

  /**
   * Ends the arrays of the region, but for those that `leaveLate` names. It is asked now if the region has taken
   * buffers, because they are used again, or has elements to compute; else when an array is used after the end, which most programs never do.
   */
  close(): void {
    allocation.access = this.outer ?? PRIVATE;
    allocation.region = this.outer;
    if (this.#keepsAll) return;
    this.#isClosed = true;
    this.#to = PRIVATE;
    if (this.#taken === undefined && this.pending.length === 0) return;
    this.leaveLate();
    this.pending.length = 0;
    if (this.#taken === undefined) return;
    const free = [...this.#taken.keys()] as ArrayBuffer[];
    for (const storage of this.#taken.values())
      if (storage !== undefined) (storage as { data: TypedArray }).data = GONE;
    this.#taken = undefined;
    this.#pool.give(free, this.#bytes);
  }

  /** Calls `leave` with what may stay besides: for subclasses. */
  leaveLate(): void {}
}

/** What stands for elements whose buffer is in use again: it throws whatever is asked of it. */
const GONE = /* @__PURE__ */ new Proxy<TypedArray>(/* @__PURE__ */ Object.create(null), {
  get() {
    throw new TypeError("expected an array with its elements, got one that leaked from a function under nnx.jit");
  },
});
