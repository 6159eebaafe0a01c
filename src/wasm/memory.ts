import { LimitError } from "../base/index.ts";
import { alignUp, Heap } from "./heap.ts";
import { SCRATCH_BYTES } from "./jobblock.ts";
import { unavailable } from "./loader.ts";
import type { Scheduler } from "./scheduler.ts";
import type { FusedExports, KernelExports, ProductExports } from "./exports.ts";

/** Random kernels draw this many elements a call: 16 KiB, half of the smallest first-level cache. */
export const CHUNK = 4096;
/** Elements of x, and of y, that a matvec holds at a time. On the memory of threads these regions are longer. */
export const VECTOR = 16384;
/** Elements of W that a matvec streams at a time: 256 KiB. */
export const BLOCK = 65536;
/**
 * Elements of X, of Y and of packed blocks of W that a matmul holds at a time: 256 KiB each, allocated at the first
 * one.
 */
export const BATCH = 65536;
/**
 * Bytes behind the kernels' own tables for those of modules beside them, one room behind the other, each a multiple of
 * 64. Modules that are not here have neither tables nor scratch memory.
 */
export const ROOMS = { fused: 8192, recurrent: 12288, attention: 2048 } as const;
/** Bytes of all rooms. */
const ALL_ROOMS = Object.values(ROOMS).reduce((sum: number, room) => sum + room, 0);
/**
 * Elements of elementary functions that are computed before that module is compiled: by then they have taken 0.5 ms
 * longer than with it, and compiling takes 2 (Node 24, 2026-12).
 */
export const EMULATED = 2 ** 17;

const BATCH_BYTES = 4 * 3 * BATCH;
/** A memory of fewer bytes grows before cached copies are evicted to make room. */
const SMALL_MEMORY = 2 ** 26;

/**
 * A kernel instance and its linear memory: fixed regions that every call reuses, and behind them a heap. Growing the
 * memory detaches its views, which are then made again: do not hold a view across `allocate`.
 */
export class Arena {
  /** The kernels in use: with `products` set, those of products are others. */
  exports: KernelExports;
  /** Byte addresses of the fixed regions. The two chunks are contiguous, so that a draw of pairs fits. */
  readonly chunkPtr: number;
  readonly secondPtr: number;
  readonly xPtr: number;
  readonly yPtr: number;
  readonly wPtr: number;

  chunk8!: Uint8Array;
  chunk16!: Uint16Array;
  chunk32!: Uint32Array;
  chunkF32!: Float32Array;
  second32!: Uint32Array;
  pairs32!: Uint32Array;
  x!: Float32Array;
  y!: Float32Array;
  w!: Float32Array;
  /** The whole memory. */
  floats!: Float32Array;

  /** The regions of a matmul, 0 until `openBatch`. */
  rowsPtr = 0;
  sumsPtr = 0;
  panelsPtr = 0;
  rows!: Float32Array;
  sums!: Float32Array;
  #sumPairs!: Float64Array;

  /** The kernels with fused multiply-adds; undefined until they are wanted, and where the engine has none. */
  fused: FusedExports | undefined;
  /** So many more elements are computed without them. */
  emulated: number;

  /** Each evicts one cached copy; false where it has none. */
  readonly evictors: (() => boolean)[] = [];

  /** What shares calls of kernels by threads, where there are several on this memory. */
  readonly scheduler: Scheduler | undefined;
  readonly #heap: Heap;
  readonly #rounded: KernelExports;

  constructor(exports: KernelExports, emulated: number = EMULATED, scheduler?: Scheduler) {
    this.exports = this.#rounded = exports;
    this.emulated = emulated;
    this.scheduler = scheduler;
    let top = alignUp(exports.heapBase() >>> 0) + ALL_ROOMS;
    const region = (elements: number): number => {
      const ptr = alignUp(top);
      top = ptr + 4 * elements;
      return ptr;
    };
    this.chunkPtr = region(CHUNK);
    this.secondPtr = region(CHUNK);
    // Of small matrices threads get more at a time: what a job costs beside its kernels would be a fifth of it.
    const vector = scheduler === undefined ? VECTOR : BATCH;
    this.xPtr = region(vector);
    this.yPtr = region(vector);
    this.wPtr = region(BLOCK);
    if (scheduler !== undefined) {
      const scratchPtr = region((SCRATCH_BYTES / 4) * scheduler.threads);
      scheduler.useScratch(scratchPtr);
      exports.setScratch(scratchPtr);
    }
    this.#heap = new Heap(exports.memory, alignUp(top), () => this.#makeViews());
    if (!this.#heap.reach(top)) throw unavailable(`the memory does not grow to ${top} bytes`);
    this.#makeViews();
  }

  /** Takes these kernels for products from now on; undefined for those that round each product and sum. */
  useProducts(products: ProductExports | undefined): void {
    this.exports = products === undefined ? this.#rounded : { ...this.#rounded, ...products };
  }

  /** Whether products round each multiply-add once. */
  get fusesProducts(): boolean {
    return this.exports !== this.#rounded;
  }

  /** Allocates the regions of a matmul if needed; false where the memory cannot grow to hold them. */
  openBatch(): boolean {
    if (this.rowsPtr !== 0) return true;
    const ptr = this.allocateEvicting(BATCH_BYTES);
    if (ptr === 0) return false;
    this.rowsPtr = ptr;
    this.sumsPtr = ptr + 4 * BATCH;
    this.panelsPtr = ptr + 8 * BATCH;
    this.#makeViews();
    return true;
  }

  /**
   * Makes the first `n` sums +0, and one more where `n` is odd. In pairs, because V8 fills shared memory element by
   * element (Node 20, 2026-11).
   */
  clearSums(n: number): void {
    this.#sumPairs.fill(0, 0, Math.ceil(n / 2));
  }

  /**
   * A block of `bytes` bytes on a 64-byte boundary. Evicts cached copies if needed.
   *
   * @param who names the caller in errors
   * @throws LimitError if the memory cannot grow to hold it; what is held stays valid
   */
  allocateOrThrow(bytes: number, who: string): number {
    const ptr = this.allocateEvicting(bytes);
    if (ptr !== 0) return ptr;
    const { byteLength } = this.exports.memory.buffer;
    throw new LimitError(
      `${who}: cannot hold ${bytes} bytes in WebAssembly memory, which has ${byteLength} and does not grow`,
    );
  }

  /** Like `allocateOrThrow`, but 0 where the memory cannot grow. */
  allocateEvicting(bytes: number): number {
    for (;;) {
      const ptr = this.allocate(bytes);
      if (ptr !== 0 || !this.evictors.some((evict) => evict())) return ptr;
    }
  }

  /**
   * A block of `bytes` bytes on a 64-byte boundary, or 0 where the memory cannot grow to hold it. Nothing is evicted.
   */
  allocate(bytes: number): number {
    return this.#heap.allocate(bytes);
  }

  /** Like `allocate`, but 0 where a large memory would have to grow. */
  allocateInPlace(bytes: number): number {
    return this.#heap.allocate(bytes, Math.max(SMALL_MEMORY, this.exports.memory.buffer.byteLength));
  }

  /** Frees a block. */
  release(ptr: number, bytes: number): void {
    this.#heap.release(ptr, bytes);
  }

  /** Bytes of the heap that hold cached copies. */
  get residentBytes(): number {
    return this.#heap.bytes - (this.rowsPtr === 0 ? 0 : BATCH_BYTES);
  }

  #makeViews(): void {
    const { buffer } = this.exports.memory;
    this.chunk8 = new Uint8Array(buffer, this.chunkPtr, CHUNK);
    this.chunk16 = new Uint16Array(buffer, this.chunkPtr, CHUNK);
    this.chunk32 = new Uint32Array(buffer, this.chunkPtr, CHUNK);
    this.chunkF32 = new Float32Array(buffer, this.chunkPtr, CHUNK);
    this.second32 = new Uint32Array(buffer, this.secondPtr, CHUNK);
    this.pairs32 = new Uint32Array(buffer, this.chunkPtr, 2 * CHUNK);
    this.x = new Float32Array(buffer, this.xPtr, (this.yPtr - this.xPtr) / 4);
    this.y = new Float32Array(buffer, this.yPtr, (this.wPtr - this.yPtr) / 4);
    this.w = new Float32Array(buffer, this.wPtr, BLOCK);
    this.floats = new Float32Array(buffer);
    if (this.rowsPtr === 0) return;
    this.rows = new Float32Array(buffer, this.rowsPtr, BATCH);
    this.sums = new Float32Array(buffer, this.sumsPtr, BATCH);
    this.#sumPairs = new Float64Array(buffer, this.sumsPtr, BATCH / 2);
  }
}
