import type { KeyValueCache, NDArray, Shape } from "../../array/index.ts";
import { arange, formatShape, isAbstract, sameShape, scalar, withRow } from "../../array/index.ts";
import { ShapeError } from "../../base/index.ts";
import type { Cache } from "../variables/kinds.ts";

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
export function appendToken(layer: AttentionCache, key: NDArray, value: NDArray): number {
  const { cached_key, cached_value, cache_index } = layer;
  if (cached_key === null || cached_value === null || cache_index === null)
    throw new TypeError(
      "nnx.MultiHeadAttention: decoding expected a cache, got none. Call initCache(inputShape) first",
    );
  const keys = cached_key.get();
  const expected = [...keys.shape.slice(0, -3), 1, ...keys.shape.slice(-2)];
  if (!sameShape(key.shape, expected) || !sameShape(value.shape, expected)) throw tokenError(expected, key);
  // Under nnx.evalShape a cache may have no count: every token is the first then.
  const count = cache_index.get();
  const index = isAbstract(count) && isAbstract(key) ? 0 : count.item();
  const capacity = keys.shape.at(-3)!;
  if (index < 0 || index >= capacity) throw capacityError(index, capacity);
  const values = withRow(cached_value.get(), index, value);
  setCache(cached_key, cached_value, cache_index, { key: withRow(keys, index, key), value: values, tokens: index + 1 });
  return index + 1;
}

/** Takes over what a cache has become. */
export function setCache(keys: Cache, values: Cache, index: Cache, { key, value, tokens }: KeyValueCache): void {
  keys.setValue(key);
  values.setValue(value);
  index.setValue(scalar(tokens, "int32"));
}

function tokenError(expected: Shape, { shape }: NDArray): ShapeError {
  return new ShapeError(
    `nnx.MultiHeadAttention: decoding expected one token with the cache's batch, keys ${formatShape(expected)}, ` +
      `got ${formatShape(shape)}`,
  );
}

function capacityError(index: number, capacity: number): RangeError {
  return new RangeError(
    `nnx.MultiHeadAttention: decoding expected room in the cache, got token ${index + 1} for ${capacity} places. ` +
      "initCache makes a new one",
  );
}

/** 1 for the places of a cache that hold a token: [...1, 1, 1, capacity]. */
export function filledPlaces(cache: Shape, tokens: number): NDArray {
  const capacity = cache.at(-3)!;
  return arange(capacity)
    .lt(tokens)
    .reshape([...cache.slice(0, -3).map(() => 1), 1, 1, capacity]);
}
