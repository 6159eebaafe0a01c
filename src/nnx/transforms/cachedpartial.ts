import { assertFunction } from "../../base/index.ts";

/**
 * `f` with its first arguments given. Flax keeps their structure between calls of jit; here calls are made directly,
 * and changes of a model among the arguments are seen.
 *
 * Source: Flax 0.12.8 `flax/nnx/graph.py` (`cached_partial`).
 * @throws TypeError if `f` is not a function
 * @example
 * nnx.cachedPartial((a, b, c) => a + b + c, 1, 2)(3) // => 6
 */
export function cachedPartial<Cached extends readonly unknown[], Rest extends readonly unknown[], R>(
  f: (...args: [...Cached, ...Rest]) => R,
  ...cachedArgs: Cached
): (...rest: Rest) => R {
  assertFunction(f, 'nnx.cachedPartial: "f"');
  return (...rest) => f(...cachedArgs, ...rest);
}
