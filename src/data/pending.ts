import type { Epilogue } from "../base/index.ts";
import { config, shapesOnly } from "../base/index.ts";
import type { Access, Storage } from "./access.ts";
import { allocation, outsideRegions } from "./access.ts";
import type { ArrayData } from "./arraydata.ts";
import { emptyData } from "./arraydata.ts";
import type { TypedArray } from "./dtype.ts";
import type { Shape } from "./shape.ts";

/** Writes the elements, to which `epilogue` is done in the same pass. */
type Compute = (out: Float32Array, epilogue: Epilogue | undefined) => void;

/** Whether results may be pending now: they are made of products that are rounded. */
export function canBePending(): boolean {
  return allocation.region !== undefined && !shapesOnly.on && config.products === "rounded";
}

/** Computes what is pending: with products that are rounded, whatever `config` asks for by now. */
export function asPending(compute: () => void): void {
  const { products } = config;
  config.products = "rounded";
  try {
    compute();
  } finally {
    config.products = products;
  }
}

/**
 * Elements of a function under `nnx.jit` that are computed when they are read first: the next operation may take them
 * over, to be computed together with its own in one pass.
 *
 * What has been taken over is still here. Who reads it makes it be computed once more, without what came after.
 */
export class PendingStorage implements Storage {
  access: Access = allocation.access;
  /** How many elements have an entry each in the lists of a normalisation: a row. */
  readonly row: number;
  readonly #size: number;
  readonly #epilogue: Epilogue | undefined;
  #compute: Compute | undefined;
  /** The elements that the computation reads. */
  #sources: readonly Storage[];
  #isTaken = false;
  #result: Storage | undefined;

  constructor(size: number, row: number, sources: readonly Storage[], compute: Compute, epilogue?: Epilogue) {
    this.#size = size;
    this.row = row;
    this.#sources = sources;
    this.#compute = compute;
    this.#epilogue = epilogue;
    allocation.region!.pending.push(this);
  }

  get isPending(): boolean {
    return this.#result === undefined;
  }

  get data(): TypedArray {
    return this.#settled().data;
  }

  /** Regions end arrays by giving them other elements. */
  set data(data: TypedArray) {
    this.#result = { data, access: this.access };
  }

  /** Computes the elements, if they are of `source`, which is about to be handed out. */
  settle(source: Storage): void {
    if (this.#sources.includes(source)) this.#settled();
  }

  /**
   * These elements with `next` done to them, in rows of `size`. Undefined where that is none of the first operations
   * after this, or cannot be done in the same pass.
   */
  take(size: number, next: Epilogue, sources: readonly Storage[] = []): PendingStorage | undefined {
    const { norm, activation } = this.#epilogue ?? {};
    const canTake =
      this.#compute !== undefined &&
      !this.#isTaken &&
      allocation.region === this.access &&
      activation === undefined &&
      (next.norm === undefined || (norm === undefined && size === this.row));
    if (!canTake) return undefined;
    this.#isTaken = true;
    const all = [...this.#sources, ...sources];
    return new PendingStorage(this.#size, this.row, all, this.#compute!, { norm, ...next });
  }

  #settled(): Storage {
    if (this.#result !== undefined) return this.#result;
    const compute = this.#compute!;
    const make = (): Storage => {
      const { storage } = emptyData([this.#size], "float32");
      asPending(() => compute(storage.data as Float32Array, this.#epilogue));
      return storage;
    };
    this.#result = allocation.region === this.access ? make() : outsideRegions(make);
    this.#compute = undefined;
    this.#sources = [];
    return this.#result;
  }
}

/** `x` with `next` done to it, if it is pending and takes that. */
export function takenOver(x: ArrayData, next: Epilogue, sources?: readonly Storage[]): ArrayData | undefined {
  if (!(x.storage instanceof PendingStorage)) return undefined;
  const { shape, dtype } = x;
  const storage = x.storage.take(shape[shape.length - 1] ?? 1, next, sources);
  return storage && { shape, dtype, storage };
}

/** Float32 elements of `shape` that are pending, in rows of its last axis, where `canBePending`. */
export function pendingData(shape: Shape, size: number, sources: readonly Storage[], compute: Compute): ArrayData {
  const storage = new PendingStorage(size, shape[shape.length - 1]!, sources, compute);
  return { shape, dtype: "float32", storage };
}
