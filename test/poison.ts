/** Regions whose new arrays hold NaN, for finding what relies on zeros. */
import type { Storage } from "../src/data/access.ts";
import type { DType, TypedArray } from "../src/data/index.ts";
import { BufferPool, Region, storageFor } from "../src/data/index.ts";

class EverySize extends BufferPool {
  override readonly minBytes = 0;
}

/** All arrays are its own, empty ones too, and all bits of what need not be zero are set: NaN, -1 or 255. */
class PoisonedRegion extends Region {
  constructor() {
    super(new EverySize());
  }

  override take(dtype: DType, size: number, zeroed: boolean): TypedArray {
    const data = storageFor(dtype, size);
    if (!zeroed) new Uint8Array(data.buffer).fill(0xff);
    return data;
  }

  override note(_: Storage): void {}
}

/** What `f` gives, whose new arrays hold NaN until they are written. They stay. */
export function poisoned<T>(f: () => T): T {
  const region = new PoisonedRegion();
  try {
    return f();
  } finally {
    region.leaveAll();
    region.close();
  }
}

/** Poisons all that is made from now on. */
export function poisonAll(): void {
  new PoisonedRegion().leaveAll();
}
