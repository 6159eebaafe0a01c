import { EvictingCache } from "./evictingcache.ts";
import type { CachedCopy } from "./evictingcache.ts";
import type { Arena } from "./memory.ts";
import { packedBytes, packGroups, packPanels } from "./pack.ts";

/** An immutable matrix that has been seen, and its packed copy. */
interface PackedWeights extends CachedCopy {
  readonly n: number;
  readonly m: number;
  /** How many groups of columns are packed apart. */
  readonly groups: number;
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

  /** The address of the copy of `w` [n, m], each group of columns packed apart, or 0 where there is none (yet). */
  find(w: Float32Array, n: number, m: number, groups = 1): number {
    const weights = this.#cache.get(w);
    if (weights !== undefined && weights.n === n && weights.m === m && weights.groups === groups) {
      if (weights.ptr === 0) this.#pack(w, weights);
      this.#cache.use(weights);
      return weights.ptr;
    }
    this.#cache.set(w, { n, m, groups, bytes: packedBytes(n, m, groups), ptr: 0, used: 0, refused: -1 });
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
    if (!cache.allocate(w, weights)) weights.refused = cache.releases;
    else packInto(this.#arena, w, weights);
  }
}

function packInto(arena: Arena, w: Float32Array, { n, m, groups, ptr }: PackedWeights): void {
  if (groups === 1) packPanels(arena, w, n, m, ptr);
  else packGroups(arena, w, n, m, groups, ptr);
}
