import { UNCLONEABLE } from "../base/index.ts";
import type { DType, TypedArray } from "./dtype.ts";

/**
 * The elements of one or more arrays. `access` is `PRIVATE` until a caller gets hold of `data`: from then on its
 * contents may change at any time, so no backend may keep a prepared copy of it, and its buffer may be detached. While
 * a region is open, `access` is the region that the elements belong to; no prepared copy is kept of these either.
 */
export interface Storage {
  readonly data: TypedArray;
  access: Access;
  /** Whether reading `data` computes the elements. */
  readonly isPending?: boolean;
}

/** Elements that are not computed yet. */
export interface Pending {
  /** Computes them now, if they depend on `source`. */
  settle(source: Storage): void;
}

/**
 * Who can get at elements. Objects, not a boolean: deep equality takes all of them for equal, and the symbol inside
 * makes `structuredClone` fail and say what to send, which would lose what is not plain data.
 */
export interface Access {
  readonly uncloneable: symbol;
  /** Whether this is a region that was closed: its arrays are gone. */
  readonly isClosed?: boolean;
  /** Lets arrays of a closed region leave it after all, if they may. */
  leaveLate?(): void;
  /** Lets elements leave a region, to belong to `to` from now on. */
  release?(storage: Storage, to: Access): void;
}

/** Only arrays have the elements. */
export const PRIVATE: Access = Object.freeze({ uncloneable: UNCLONEABLE });

/** Only arrays have the elements, and attention has read them as keys or values before. */
export const ATTENDED: Access = Object.freeze({ uncloneable: UNCLONEABLE });

/** Only one holder, such as a Variable, has the elements: `held.ts` knows which. */
export const HELD: Access = Object.freeze({ uncloneable: UNCLONEABLE });

/** The elements were handed out. */
export const EXPOSED: Access = Object.freeze({ uncloneable: UNCLONEABLE });

/** Whether nobody can write to elements, so that a backend may keep a prepared copy of them. */
export function isImmutable({ access }: Storage): boolean {
  return access === PRIVATE || access === ATTENDED || access === HELD;
}

/** A region, as far as those need to know it who allocate. */
export interface Allocator extends Access {
  /** `size` elements of any contents, or zeros; undefined if they are few, or the region is full. */
  take(dtype: DType, size: number, zeroed: boolean): TypedArray | undefined;
  /** Told of every array over elements that `take` gave, and of others. */
  note(storage: Storage): void;
  /** What is made in the region and perhaps not computed yet. */
  readonly pending: Pending[];
  /** The region around this one. */
  readonly outer: Allocator | undefined;
}

/** How arrays are made now. A switch of the whole library, because arrays are made on every floor. */
export const allocation: {
  /** Of the elements of new arrays: `PRIVATE`, or the region. */
  access: Access;
  /** The region that is open, the innermost one. */
  region: Allocator | undefined;
} = { access: PRIVATE, region: undefined };

/** Computes what is pending and depends on `source`, which is about to be handed out, so that it may change. */
export function settleReaders(source: Storage): void {
  for (let { region } = allocation; region !== undefined; region = region.outer)
    for (const pending of region.pending) pending.settle(source);
}

/** Lets elements leave their region, if they are in one that is open. */
export function keep(storage: Storage, to: Access = PRIVATE): void {
  const { access } = storage;
  if (access.release !== undefined && !access.isClosed) access.release(storage, to);
}

/** What `make` gives, made as if no region were open: for arrays that the library keeps. */
export function outsideRegions<T>(make: () => T): T {
  const { region } = allocation;
  if (region === undefined) return make();
  allocation.access = PRIVATE;
  allocation.region = undefined;
  try {
    return make();
  } finally {
    allocation.access = region;
    allocation.region = region;
  }
}
