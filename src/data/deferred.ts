import type { Access, Storage } from "./access.ts";
import { allocation, outsideRegions } from "./access.ts";
import type { ArrayData } from "./arraydata.ts";
import type { DType, TypedArray } from "./dtype.ts";
import type { Shape } from "./shape.ts";

/** Elements that are computed when they are read first. */
class DeferredStorage implements Storage {
  access: Access = allocation.access;
  #data: TypedArray | undefined;
  #compute: (() => ArrayData) | undefined;

  constructor(compute: () => ArrayData) {
    this.#compute = compute;
  }

  get data(): TypedArray {
    if (this.#data === undefined) {
      this.#data = outsideRegions(this.#compute!).storage.data;
      this.#compute = undefined;
    }
    return this.#data;
  }
}

/** An array whose elements `compute` gives when they are read first: for results that few programs look at. */
export function deferredData(shape: Shape, dtype: DType, compute: () => ArrayData): ArrayData {
  return { shape, dtype, storage: new DeferredStorage(compute) };
}
