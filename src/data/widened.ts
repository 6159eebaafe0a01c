import type { HalfDType } from "../base/index.ts";
import { shapesOnly } from "../base/index.ts";
import type { Access, ArrayData, Storage } from "./arraydata.ts";
import { castData, isAbstract } from "./arraydata.ts";
import { isHalf } from "./dtype.ts";
import { widen } from "./half.ts";

/** float32 elements that exist in 16 bits. They are widened when they are read; products read the words. */
export class WidenedStorage implements Storage {
  readonly format: HalfDType;
  readonly source: Storage;
  access: Access;
  #data: Float32Array | undefined;

  constructor(format: HalfDType, source: Storage) {
    this.format = format;
    this.source = source;
    this.access = source.access;
  }

  get words(): Uint16Array {
    return this.source.data as Uint16Array;
  }

  get data(): Float32Array {
    if (this.#data === undefined) {
      this.#data = new Float32Array(this.words.length);
      widen(this.format, this.words, this.#data);
    }
    return this.#data;
  }
}

/**
 * `x` as float32 for a call that reads it before it returns and keeps nothing. A matrix in 16 bits stays as it is until
 * its elements are read, so that a product can use a copy that is kept.
 */
export function widenedData(x: ArrayData): ArrayData {
  if (!isHalf(x.dtype) || shapesOnly.on || isAbstract(x)) return castData(x, "float32");
  return { shape: x.shape, dtype: "float32", storage: new WidenedStorage(x.dtype, x.storage) };
}
