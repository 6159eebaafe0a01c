import type { NDArray, Projection, Shape } from "../../array/index.ts";
import { decodeStep, isAbstract, sameShape } from "../../array/index.ts";
import { plainScores } from "./attention.ts";
import type { AttentionCache } from "./attentioncache.ts";
import { setCache } from "./attentioncache.ts";
import { promoteDtype } from "./dtypes.ts";
import { LinearGeneral } from "./lineargeneral.ts";

/** What a layer that decodes is made of. */
interface Decoder extends AttentionCache {
  readonly query: LinearGeneral;
  readonly key: LinearGeneral;
  readonly value: LinearGeneral;
  readonly out: LinearGeneral;
  readonly query_ln: object | null;
}

/**
 * A step of attention to a cache by the one function `decodeStep`, which gives the bits of calling the layers in
 * sequence: `x` [..., 1, inFeatures] to [..., 1, outFeatures].
 *
 * @returns undefined where the layers must be called, to compute the step or to refuse it; then nothing has changed
 */
export function fastDecode(layer: Decoder, x: NDArray): NDArray | undefined {
  const { cached_key, cached_value, cache_index } = layer;
  if (layer.query_ln !== null || cached_key === null || cached_value === null || cache_index === null) return undefined;
  const query = projectionOf(layer.query, [-1]);
  const key = projectionOf(layer.key, [-1]);
  const value = projectionOf(layer.value, [-1]);
  const out = projectionOf(layer.out, [-2, -1]);
  const tokens = cache_index.get();
  if (query === undefined || key === undefined || value === undefined || out === undefined || isAbstract(tokens))
    return undefined;
  const cache = { key: cached_key.get(), value: cached_value.get(), tokens: tokens.item() };
  const step = decodeStep(x, { query, key, value, out }, plainScores(query.kernel.shape.at(-1)!), cache);
  if (step === undefined) return undefined;
  setCache(cached_key, cached_value, cache_index, step.cache);
  return step.result;
}

/**
 * The weights of a layer that does no more than project the axes `axes`; undefined where its options or its class do
 * more.
 */
function projectionOf(layer: LinearGeneral, axes: Shape): Projection | undefined {
  const isPlain =
    layer.__call__ === LinearGeneral.prototype.__call__ &&
    layer.dtype === undefined &&
    layer.promoteDtype === promoteDtype &&
    sameShape(layer.axis, axes) &&
    Object.keys(layer.batchAxis).length === 0;
  return isPlain ? { kernel: layer.kernel.get(), bias: layer.bias?.get() } : undefined;
}
