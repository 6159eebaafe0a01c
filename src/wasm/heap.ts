import type { WasmMemory } from "./webassembly.ts";

const PAGE = 65536;
const ALIGN = 64;
/** One page short of 4 GiB, so that the end of a block is an address too: kernels compare with it. */
const END = 65535 * PAGE;

interface Block {
  ptr: number;
  size: number;
}

/**
 * Blocks of linear memory from `base` on. The first free block that is large enough is reused (first fit). A freed
 * block is merged with the free blocks beside it. Nothing is ever moved. Searching takes time in the number of free
 * blocks, which stay few, because matrices come and go by the layer, not by the call.
 */
export class Heap {
  readonly #memory: WasmMemory;
  readonly #base: number;
  readonly #grew: () => void;
  /** The end of the memory in use, and the free blocks below it by address. */
  #top: number;
  readonly #free: Block[] = [];

  /** @param grew is called after the memory has grown, which detaches its views */
  constructor(memory: WasmMemory, base: number, grew: () => void) {
    this.#memory = memory;
    this.#base = this.#top = base;
    this.#grew = grew;
  }

  /** Bytes of all blocks in use. */
  get bytes(): number {
    return this.#free.reduce((bytes, block) => bytes - block.size, this.#top - this.#base);
  }

  /**
   * A block of `bytes` bytes on a 64-byte boundary. 0 where none is free, and a new one would end behind `limit` or
   * growth is refused.
   */
  allocate(bytes: number, limit: number = END): number {
    const size = alignUp(bytes);
    return this.#reuse(size) || this.#extend(size, limit);
  }

  /** Gives back a block from `allocate`, merged with the free blocks beside it. */
  release(ptr: number, bytes: number): void {
    const free = this.#free;
    let i = free.findIndex((block) => block.ptr > ptr);
    if (i < 0) i = free.length;
    free.splice(i, 0, { ptr, size: alignUp(bytes) });
    this.#mergeWithNext(i);
    if (i > 0) this.#mergeWithNext(i - 1);
    const last = free.at(-1)!;
    if (last.ptr + last.size === this.#top) {
      this.#top = last.ptr;
      free.pop();
    }
  }

  /**
   * Grows the memory until it holds `end` bytes; false where that is refused. It grows by half at least if possible,
   * because an engine may collect all garbage at every growth, which made small steps 50 times as slow (Node 20,
   * 2026-11).
   */
  reach(end: number): boolean {
    const { byteLength } = this.#memory.buffer;
    if (end <= byteLength) return true;
    const missing = Math.ceil((end - byteLength) / PAGE);
    const room = (END + PAGE - byteLength) / PAGE;
    const grown =
      this.#grow(Math.min(room, Math.max(missing, Math.ceil(byteLength / 2 / PAGE)))) || this.#grow(missing);
    if (grown) this.#grew();
    return grown;
  }

  #reuse(size: number): number {
    const i = this.#free.findIndex((block) => block.size >= size);
    if (i < 0) return 0;
    const block = this.#free[i]!;
    const { ptr } = block;
    block.ptr += size;
    block.size -= size;
    if (block.size === 0) this.#free.splice(i, 1);
    return ptr;
  }

  /** A block behind all blocks in use. */
  #extend(size: number, limit: number): number {
    const ptr = this.#top;
    if (ptr + size > Math.min(limit, END) || !this.reach(ptr + size)) return 0;
    this.#top += size;
    return ptr;
  }

  #grow(pages: number): boolean {
    try {
      this.#memory.grow(pages);
      return true;
    } catch {
      return false;
    }
  }

  #mergeWithNext(i: number): void {
    const block = this.#free[i]!;
    const next = this.#free[i + 1];
    if (next === undefined || block.ptr + block.size !== next.ptr) return;
    block.size += next.size;
    this.#free.splice(i + 1, 1);
  }
}

/** The next multiple of 64, where a cache line begins. */
export function alignUp(n: number): number {
  return Math.ceil(n / ALIGN) * ALIGN;
}
