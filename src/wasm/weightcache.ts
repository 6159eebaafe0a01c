import type { HalfDType } from "../base/index.ts";
import { EvictingCache } from "./evictingcache.ts";
import type { CachedCopy } from "./evictingcache.ts";
import type { Arena } from "./memory.ts";
import { packedBytes, packPanels } from "./pack.ts";
import { halfBytes, packHalf, packWidened } from "./packhalf.ts";

/** What the elements of a matrix are. */
export type WeightFormat = "float32" | HalfDType;

/** An immutable matrix that has been seen, and its packed copy. */
interface PackedWeights extends CachedCopy {
  readonly format: WeightFormat;
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

  /** The address of the copy of `w` [n, m], or 0 where there is none (yet). */
  find(w: Float32Array, n: number, m: number): number {
    return this.#find(w, "float32", n, m, 1);
  }

  /** Like `find`, each group of columns packed apart by `pack`, which gets the address of the room for it. */
  findGroups(w: Float32Array, n: number, m: number, groups: number, pack: (ptr: number) => void): number {
    return this.#find(w, "float32", n, m, groups, pack);
  }

  /** Like `find`, of a matrix in 16 bits: bfloat16 stays narrow, float16 becomes panels of float32. */
  findHalf(w: Uint16Array, format: HalfDType, n: number, m: number): number {
    return this.#find(w, format, n, m, 1);
  }

  /** Forgets `w` and frees its copy. */
  drop(w: Float32Array | Uint16Array): void {
    this.#cache.drop(w);
  }

  #find(
    w: Float32Array | Uint16Array,
    format: WeightFormat,
    n: number,
    m: number,
    groups: number,
    pack?: (ptr: number) => void,
  ): number {
    const weights = this.#cache.get(w);
    if (isOf(weights, format, n, m, groups)) {
      if (weights.ptr === 0) this.#pack(w, weights, pack);
      this.#cache.use(weights);
      return weights.ptr;
    }
    const bytes = format === "bfloat16" ? halfBytes(n, m) : packedBytes(n, m, groups);
    this.#cache.set(w, { format, n, m, groups, bytes, ptr: 0, used: 0, refused: -1 });
    return 0;
  }

  #pack(w: Float32Array | Uint16Array, weights: PackedWeights, pack?: (ptr: number) => void): void {
    const cache = this.#cache;
    if (weights.bytes === 0) return;
    if (weights.refused === cache.releases && !cache.evictOlderThan(weights.used)) return;
    if (!cache.allocate(w, weights)) weights.refused = cache.releases;
    else if (pack !== undefined) pack(weights.ptr);
    else packInto(this.#arena, w, weights);
  }
}

/** Whether an entry is of this matrix in this form. */
function isOf(
  weights: PackedWeights | undefined,
  format: WeightFormat,
  n: number,
  m: number,
  groups: number,
): weights is PackedWeights {
  return weights?.n === n && weights.m === m && weights.groups === groups && weights.format === format;
}

function packInto(arena: Arena, w: Float32Array | Uint16Array, { format, n, m, ptr }: PackedWeights): void {
  if (format === "bfloat16") packHalf(arena, w as Uint16Array, n, m, ptr);
  else if (format === "float16") packWidened(arena, w as Uint16Array, n, m, ptr);
  else packPanels(arena, w as Float32Array, n, m, ptr);
}
