import { KvCache } from "./attention/kvcache.ts";
import { Arena } from "./memory.ts";
import { WeightCache } from "./weightcache.ts";

/** An instance of the kernels with its memory, and the copies that it keeps there. */
export class Instance extends Arena {
  // In this order: when memory is short, weights are evicted before keys and values.
  readonly weights: WeightCache = new WeightCache(this);
  readonly kvCache: KvCache = new KvCache(this);
}
