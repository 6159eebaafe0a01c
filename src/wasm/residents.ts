import { pack, packedBytes } from "./matvec.ts";
import type { Arena } from "./memory.ts";

/** A immutable matrix that has been seen, and where its packed copy is. */
interface Resident {
  readonly n: number;
  readonly m: number;
  /** 0 until the matrix is seen again, and where there is no room for it. */
  ptr: number;
  /** When it was used last, by the count of uses. */
  used: number;
  /** Where memory ran out, how often room had been made by then: there is no second try before there is more. */
  refused: number;
}

/**
 * The packed copies of immutable matrices, by the identity of the array.
 *
 * A copy is made the second time a matrix comes: packing costs as much as 5 to 8 multiplications save, which a matrix
 * used once does not repay. It lives as long as the array does, but for this: an engine tells of dead arrays only when the
 * program comes to rest. So before a large memory grows, and where it cannot, copies make room that were not used since
 * the new matrix came the time before. A program that goes round its matrices again and again loses none of them for
 * others; a copy that was given up is made anew at the matrix' next use, if there is room.
 */
export class Residents {
  readonly #arena: Arena;
  readonly #seen = new WeakMap<Float32Array, Resident>();
  readonly #registry: FinalizationRegistry<Resident>;
  readonly #kept = new Set<Resident>();
  #uses = 0;
  #releases = 0;

  constructor(arena: Arena) {
    this.#arena = arena;
    arena.spare = () => this.#giveUpBefore(Infinity);
    this.#registry = new FinalizationRegistry((resident) => this.#release(resident));
  }

  /** How many packed copies there are. */
  get size(): number {
    return this.#kept.size;
  }

  /** The address of the packed copy of `w` [n, m], or 0 where there is none (yet). */
  find(w: Float32Array, n: number, m: number): number {
    const resident = this.#seen.get(w);
    if (resident !== undefined && resident.n === n && resident.m === m) {
      if (resident.ptr === 0) this.#keep(w, resident);
      resident.used = ++this.#uses;
      return resident.ptr;
    }
    this.drop(w);
    this.#seen.set(w, { n, m, ptr: 0, used: ++this.#uses, refused: -1 });
    return 0;
  }

  /** Forgets `w` and frees its copy. */
  drop(w: Float32Array): void {
    const resident = this.#seen.get(w);
    if (resident === undefined) return;
    this.#seen.delete(w);
    this.#registry.unregister(resident);
    this.#release(resident);
  }

  #keep(w: Float32Array, resident: Resident): void {
    const { n, m } = resident;
    const bytes = packedBytes(n, m);
    if (bytes === 0 || (resident.refused === this.#releases && !this.#giveUpBefore(resident.used))) return;
    let ptr = this.#arena.allocateInPlace(bytes);
    while (ptr === 0 && this.#giveUpBefore(resident.used)) ptr = this.#arena.allocateInPlace(bytes);
    if (ptr === 0) ptr = this.#arena.allocate(bytes);
    if (ptr === 0) {
      resident.refused = this.#releases;
      return;
    }
    pack(this.#arena, w, n, m, ptr);
    resident.ptr = ptr;
    this.#kept.add(resident);
    this.#registry.register(w, resident, resident);
  }

  /** Gives up the copy that was not used for the longest time, if that was before use `before`; whether there was one. */
  #giveUpBefore(before: number): boolean {
    let oldest: Resident | undefined;
    for (const resident of this.#kept)
      if (resident.used < before && (oldest === undefined || resident.used < oldest.used)) oldest = resident;
    if (oldest === undefined) return false;
    this.#registry.unregister(oldest);
    this.#release(oldest);
    return true;
  }

  #release(resident: Resident): void {
    if (!this.#kept.delete(resident)) return;
    this.#arena.release(resident.ptr, packedBytes(resident.n, resident.m));
    resident.ptr = 0;
    this.#releases++;
  }
}
