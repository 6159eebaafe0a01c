import { EvictingCache } from "./evictingcache.ts";
import type { CachedCopy } from "./evictingcache.ts";
import type { Arena } from "./memory.ts";
import { packedBytes, packPanels } from "./pack.ts";

/** An immutable matrix that has been seen, and its packed copy. */
interface PackedWeights extends CachedCopy {
  readonly n: number;
  readonly m: number;
  /**
   * Where memory ran out: how many copies had been released by then. Before more are released, there is no second try.
   */
  refused: number;
}

/**
 * The packed copies of immutable matrices.
 *
 * A copy is made the second time a matrix is used, because packing costs as much as 5 to 8 multiplications save. An
 * evicted copy is made again at the next use of the matrix, if there is room.
 */
export class WeightCache {
  readonly #arena: Arena;
  readonly #cache: EvictingCache<PackedWeights>;

  constructor(arena: Arena) {
    this.#arena = arena;
    this.#cache = new EvictingCache(arena);
  }

  /** How many packed copies there are. */
  get size(): number {
    return this.#cache.size;
  }

  /** The address of the packed copy of `w` [n, m], or 0 where there is none (yet). */
  find(w: Float32Array, n: number, m: number): number {
    const weights = this.#cache.get(w);
    if (weights !== undefined && weights.n === n && weights.m === m) {
      if (weights.ptr === 0) this.#pack(w, weights);
      this.#cache.use(weights);
      return weights.ptr;
    }
    this.#cache.set(w, { n, m, bytes: packedBytes(n, m), ptr: 0, used: 0, refused: -1 });
    return 0;
  }

  /** Forgets `w` and frees its copy. */
  drop(w: Float32Array): void {
    this.#cache.drop(w);
  }

  #pack(w: Float32Array, weights: PackedWeights): void {
    const cache = this.#cache;
    if (weights.bytes === 0) return;
    if (weights.refused === cache.releases && !cache.evictOlderThan(weights.used)) return;
    if (cache.allocate(w, weights)) packPanels(this.#arena, w, weights.n, weights.m, weights.ptr);
    else weights.refused = cache.releases;
  }
}
