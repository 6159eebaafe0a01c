import type { Arena } from "./memory.ts";

/** A copy in linear memory of what an array holds. */
export interface CachedCopy {
  readonly bytes: number;
  /** Where it is; 0 until it is made, and again after it was evicted. */
  ptr: number;
  /** When it was used last, by the count of uses. */
  used: number;
}

/** What copies are made of. */
type Source = Float32Array | Uint16Array;

/**
 * Copies in linear memory, by the identity of the arrays that they were made of.
 *
 * - A copy lives as long as its array. Engines report dead arrays only when the program is idle, so copies are evicted
 *   too, the least recently used first.
 * - Before a large memory grows, and where it cannot grow, a new copy evicts those that were not used since the last
 *   use of its own array. Arrays that are used in turn therefore do not evict each other's copies.
 * - Where memory is short for something else, any copy may be evicted.
 */
export class EvictingCache<Copy extends CachedCopy> {
  readonly #arena: Arena;
  readonly #copies = new WeakMap<Source, Copy>();
  readonly #held = new Set<Copy>();
  readonly #registry: FinalizationRegistry<Copy>;
  #uses = 0;
  #releases = 0;

  constructor(arena: Arena) {
    this.#arena = arena;
    arena.evictors.push(() => this.evictOlderThan(Infinity));
    this.#registry = new FinalizationRegistry((copy) => this.#release(copy));
  }

  /** How many copies hold memory. */
  get size(): number {
    return this.#held.size;
  }

  /** How many copies were released so far. */
  get releases(): number {
    return this.#releases;
  }

  /** The entry of `source`, whether its copy holds memory or not. */
  get(source: Source): Copy | undefined {
    return this.#copies.get(source);
  }

  /** Makes `copy` the entry of `source`; it holds no memory yet. An entry before it is dropped. */
  set(source: Source, copy: Copy): void {
    this.drop(source);
    this.#copies.set(source, copy);
    this.use(copy);
  }

  /** Notes a use. */
  use(copy: Copy): void {
    copy.used = ++this.#uses;
  }

  /** Gives `copy` memory for the life of `source`; false where there is none. */
  allocate(source: Source, copy: Copy): boolean {
    const { bytes } = copy;
    let ptr = this.#arena.allocateInPlace(bytes);
    while (ptr === 0 && this.evictOlderThan(copy.used)) ptr = this.#arena.allocateInPlace(bytes);
    copy.ptr = ptr === 0 ? this.#arena.allocate(bytes) : ptr;
    if (copy.ptr === 0) return false;
    this.#held.add(copy);
    this.#registry.register(source, copy, copy);
    return true;
  }

  /** Forgets `source` and frees its copy. */
  drop(source: Source): void {
    const copy = this.#copies.get(source);
    if (copy === undefined) return;
    this.#copies.delete(source);
    this.#release(copy);
  }

  /** Evicts the least recently used copy if its last use was before use `use`; whether there was one. */
  evictOlderThan(use: number): boolean {
    let oldest: Copy | undefined;
    for (const copy of this.#held)
      if (copy.used < use && (oldest === undefined || copy.used < oldest.used)) oldest = copy;
    if (oldest === undefined) return false;
    this.#release(oldest);
    return true;
  }

  #release(copy: Copy): void {
    if (!this.#held.delete(copy)) return;
    this.#registry.unregister(copy);
    this.#arena.release(copy.ptr, copy.bytes);
    copy.ptr = 0;
    this.#releases++;
  }
}
