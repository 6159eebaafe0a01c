import { Arena } from "./memory.ts";
import { WeightCache } from "./weightcache.ts";

/** An instance of the kernels with its memory, and the copies that it keeps there. */
export class Instance extends Arena {
  // Made first: when memory is short, weights are evicted before keys and values.
  readonly weights: WeightCache = new WeightCache(this);
}
