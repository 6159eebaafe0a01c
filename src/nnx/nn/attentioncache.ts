import type { ArrayData, NDArray, Shape } from "../../array/index.ts";
import {
  asarray,
  castData,
  arrayData,
  formatShape,
  isAbstract,
  NDArray as Arrays,
  sameShape,
  toData,
  withRow,
} from "../../array/index.ts";
import { ShapeError } from "../../base/index.ts";
import type { Cache } from "../variables.ts";

/** What a layer that decodes keeps between calls. */
export interface AttentionCache {
  /** [...batch, maxLength, kvHeads, width] float32. */
  readonly cached_key: Cache | null;
  readonly cached_value: Cache | null;
  /** [] int32: how many tokens there are. */
  readonly cache_index: Cache | null;
}

/**
 * Puts the key and value [...batch, 1, kvHeads, width] of one token into the cache.
 *
 * @returns how many tokens there are then
 * @throws TypeError if there is no cache; ShapeError if it is not one token; RangeError if the cache is full
 */
export function appendToken(layer: AttentionCache, key: ArrayData, value: ArrayData): number {
  const { cached_key, cached_value, cache_index } = layer;
  if (cached_key === null || cached_value === null || cache_index === null)
    throw new TypeError(
      "nnx.MultiHeadAttention: decoding expected a cache, got none. Call initCache(inputShape) first",
    );
  const cache = cached_key.get();
  const expected = [...cache.shape.slice(0, -3), 1, ...cache.shape.slice(-2)];
  if (!sameShape(key.shape, expected) || !sameShape(value.shape, expected))
    throw new ShapeError(
      `nnx.MultiHeadAttention: decoding expected one token with the cache's batch, keys ${formatShape(expected)}, got ${formatShape(key.shape)}`,
    );
  // Under nnx.evalShape a cache may have no count: every token is the first then.
  const index = isAbstract(toData(cache_index, "cache")) && isAbstract(key) ? 0 : cache_index.get().item();
  const capacity = cache.shape.at(-3)!;
  if (index < 0 || index >= capacity)
    throw new RangeError(
      `nnx.MultiHeadAttention: decoding expected room in the cache, got token ${index + 1} for ${capacity} places. initCache makes a new one`,
    );
  cached_key.setValue(withRow(cache, index, elements(key)));
  cached_value.setValue(withRow(cached_value.get(), index, elements(value)));
  cache_index.setValue(new Arrays(arrayData([], "int32", Int32Array.of(index + 1))));
  return index + 1;
}

/** 1 for the places of a cache that hold a token: [...1, 1, 1, capacity]. */
export function filledPlaces(cache: Shape, tokens: number): NDArray {
  const capacity = cache.at(-3)!;
  const places = asarray(Uint8Array.from({ length: capacity }, (_, i) => (i < tokens ? 1 : 0)));
  return places.reshape([...cache.slice(0, -3).map(() => 1), 1, 1, capacity]);
}

function elements(x: ArrayData): Float32Array {
  return castData(x, "float32").storage.data as Float32Array;
}
