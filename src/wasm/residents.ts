import { pack, packedBytes } from "./matvec.ts";
import type { Arena } from "./memory.ts";

/** A pinned matrix that has been seen, and where its packed copy is. */
interface Resident {
  readonly n: number;
  readonly m: number;
  /** 0 until the matrix is seen again, or for good where memory ran out. */
  ptr: number;
  refused: boolean;
}

/**
 * The packed copies of pinned matrices, by the identity of the array.
 *
 * A copy is made the second time a matrix comes: packing costs as much as 5 to 8 multiplications save, which a matrix
 * used once does not repay. It lives as long as the array does.
 */
export class Residents {
  /** How many packed copies there are. */
  size = 0;
  readonly #arena: Arena;
  readonly #seen = new WeakMap<Float32Array, Resident>();
  readonly #registry: FinalizationRegistry<Resident>;

  constructor(arena: Arena) {
    this.#arena = arena;
    this.#registry = new FinalizationRegistry((resident) => this.#release(resident));
  }

  /** The address of the packed copy of `w` [n, m], or 0 where there is none (yet). */
  find(w: Float32Array, n: number, m: number): number {
    const resident = this.#seen.get(w);
    if (resident !== undefined && resident.n === n && resident.m === m) {
      if (resident.ptr === 0 && !resident.refused) this.#keep(w, resident);
      return resident.ptr;
    }
    this.drop(w);
    this.#seen.set(w, { n, m, ptr: 0, refused: n === 0 || m === 0 });
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
    const ptr = this.#arena.allocate(packedBytes(n, m));
    resident.refused = ptr === 0;
    if (ptr === 0) return;
    pack(this.#arena, w, n, m, ptr);
    resident.ptr = ptr;
    this.size++;
    this.#registry.register(w, resident, resident);
  }

  #release(resident: Resident): void {
    if (resident.ptr === 0) return;
    this.#arena.release(resident.ptr, packedBytes(resident.n, resident.m));
    resident.ptr = 0;
    this.size--;
  }
}
