import { UNCLONEABLE } from "../base/index.ts";
import type { Access, Allocator, Pending, Storage } from "./access.ts";
import { allocation, HELD, PRIVATE } from "./access.ts";
import type { BufferPool } from "./bufferpool.ts";
import type { DType, TypedArray } from "./dtype.ts";
import { itemSize, viewOf } from "./dtype.ts";
import { hold, isHeldBy, share, shareEverything } from "./held.ts";

/**
 * More bytes than this a region does not take from its pool. What is made then is ordinary, and collected as soon as
 * nobody has it: a function that runs for long would else keep all that it ever made.
 */
const MAX_BYTES = 2 ** 28;

/**
 * The arrays that are made while a function runs. They end with it, except for those that are released before.
 *
 * - Large arrays are over buffers of a pool, which go back to it at the end. Reading their elements throws then.
 * - Small arrays are ordinary memory. Their `access` is the region, so that using one after the end is an error.
 *
 * Nothing is listed but the large ones, so that a region costs small arrays nothing. Regions nest.
 *
 * What a holder (a Variable) has of the pool's buffers it keeps beyond the region. A buffer goes back at the end of the
 * region in which the holder gets other elements, unless somebody else has seen its elements: outside of regions they
 * were read, or they leave this one, or are in another holder.
 */
export class Region implements Allocator {
  readonly uncloneable: symbol = UNCLONEABLE;
  readonly #pool: BufferPool;
  readonly outer = allocation.region as Region | undefined;
  readonly pending: Pending[] = [];
  /** The array over each buffer that was taken. */
  #taken: Map<ArrayBufferLike, Storage | undefined> | undefined;
  /** What holders had before and nobody has now. */
  #retired: Set<Storage> | undefined;
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

  /** Gives a buffer that this region or one around it has taken to `to`; false where none of them has. */
  #passOn(storage: Storage, to: Access): boolean {
    // Asking a small typed array for its buffer makes one, so that only regions with large arrays ask.
    const isTaken = this.#taken !== undefined && this.#taken.delete(storage.data.buffer);
    if (isTaken && to instanceof Region) {
      to.#taken ??= new Map();
      to.#taken.set(storage.data.buffer, storage);
    }
    const isTakenAround = this.outer !== undefined && this.outer.#passOn(storage, to);
    return isTaken || isTakenAround;
  }

  /**
   * Lets elements, if they are of this region, belong to the region around it; after the end, to everybody. Those that
   * are held are shared, unless they are in their holder.
   *
   * @param holder what has them
   */
  leave(storage: Storage, holder?: object): void {
    if (storage.access === this) this.release(storage, this.#to);
    else if (!isHeldBy(storage, holder)) share(storage);
  }

  /** Lets all arrays of the region stay. */
  leaveAll(): void {
    this.#taken = undefined;
    this.#keepsAll = true;
    shareEverything();
  }

  /** Lets elements outlive all regions, in `holder`. Those that a region took from its pool it holds alone. */
  settle(storage: Storage, holder: object): void {
    if (isHeldBy(storage, holder)) this.#outermost.#retired?.delete(storage);
    else if (storage.access.release === undefined) share(storage);
    else if (!storage.access.isClosed) {
      // 16-bit floats have a second storage, of the same elements widened.
      const isPooled = storage.data instanceof Float32Array && this.#passOn(storage, PRIVATE);
      if (isPooled) hold(storage, holder);
      else storage.access.release(storage, PRIVATE);
    }
  }

  /** Notes that `holder` has others now in place of these elements. */
  retire(storage: Storage, holder: object): void {
    if (isHeldBy(storage, holder)) (this.#outermost.#retired ??= new Set()).add(storage);
  }

  get #outermost(): Region {
    return this.outer === undefined ? this : this.outer.#outermost;
  }

  /**
   * Ends the arrays of the region, except for those that `leaveLate` names. It is asked now if the region has taken
   * buffers, because they are used again, or has elements to compute; else when an array is used after the end, which
   * most programs never do.
   */
  close(): void {
    allocation.access = this.outer ?? PRIVATE;
    allocation.region = this.outer;
    if (this.#keepsAll) return;
    this.#isClosed = true;
    this.#to = PRIVATE;
    if (this.#taken === undefined && this.#retired === undefined && this.pending.length === 0) return;
    this.leaveLate();
    this.pending.length = 0;
    const free = [...(this.#taken?.keys() ?? [])] as ArrayBuffer[];
    for (const storage of this.#taken?.values() ?? [])
      if (storage !== undefined) (storage as { data: TypedArray }).data = GONE;
    for (const storage of this.#retired ?? []) {
      if (storage.access !== HELD) continue;
      free.push(storage.data.buffer as ArrayBuffer);
      (storage as { data: TypedArray }).data = GONE;
      storage.access = this;
    }
    this.#taken = this.#retired = undefined;
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
