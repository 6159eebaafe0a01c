import type { Shape } from "../../array/index.ts";
import { formatShape } from "../../array/index.ts";
import { describe, ShapeError } from "../../base/index.ts";
import type { Key } from "../../random/index.ts";
import * as random from "../../random/index.ts";
import type { Path } from "../tree/path.ts";
import { isNode } from "../graph/node.ts";
import { streamsOf } from "./streamsof.ts";
import type { RngStreams } from "./rngs.ts";
import { isStreams, Rngs } from "./rngs.ts";
import { rekey } from "./rngstream.ts";

/**
 * What a stream gets for its new key: `"scalars_only"` the key itself, and no array of keys may be a target;
 * `"match_shape"` the key split to the shape of the old ones; or a function of path, key and shape.
 */
export type ReseedPolicy = "scalars_only" | "match_shape" | ((path: Path, key: Key, shape: Shape) => Key);

/**
 * Gives streams of a model new base keys in place, by tag, and starts their counts at 0:
 * `nnx.reseed(model, { dropout: 42 })`, `nnx.reseed(model, "match_shape", { dropout: 42 })`.
 *
 * As in Flax, the seed is not itself the new key: the streams of one tag, in the order of their paths, get the keys
 * that a stream of this seed hands out, `foldIn(key(seed), j)` with j = 0, 1, 2, ... So `nnx.reseed(rngs, { params: 0
 * })` does **not** take an Rngs back to `new nnx.Rngs({ params: 0 })`.
 *
 * @throws TypeError if `node` is not a module, Rngs or stream, or a value is neither a seed, a key nor a stream
 * @throws RangeError for another policy; ShapeError if a stream holds several keys and the policy is
 * `"scalars_only"`, the default
 *
 * Source: Flax 0.12.8 `flax/nnx/rnglib.py` (`reseed`).
 * @example
 * const rngs = new nnx.Rngs({ params: 0, dropout: 1 });
 * nnx.reseed(rngs, { dropout: 42 });
 * rngs.dropout.key.get().equals(random.foldIn(random.key(42), 0)) // => true
 */
export function reseed(node: object, streams: RngStreams): void;
export function reseed(node: object, policy: ReseedPolicy, streams: RngStreams): void;
export function reseed(node: object, ...rest: readonly [RngStreams] | readonly [ReseedPolicy, RngStreams]): void {
  const [policy, streams] = rest.length === 1 ? (["scalars_only", ...rest] as const) : rest;
  if (!isNode(node))
    throw new TypeError(`nnx.reseed: "node" expected a module, an Rngs or a stream, got ${describe(node)}`);
  const keyFor = toPolicy(policy);
  if (!isStreams(streams))
    throw new TypeError(`nnx.reseed: "streams" expected seeds by stream, { dropout: 0 }, got ${describe(streams)}`);
  const seeds = new Rngs(streams);
  for (const [path, stream] of streamsOf(node)) {
    if (seeds.has(stream.tag)) rekey(stream, keyFor(path, seeds.stream(stream.tag)(), stream.key.shape));
  }
}

function toPolicy(policy: unknown): (path: Path, key: Key, shape: Shape) => Key {
  if (policy === "scalars_only") return scalarsOnly;
  if (policy === "match_shape") return (_, key, shape) => (shape.length === 0 ? key : random.split(key, shape));
  if (typeof policy === "function") return policy as (path: Path, key: Key, shape: Shape) => Key;
  throw new RangeError(
    `nnx.reseed: "policy" expected "scalars_only", "match_shape" or a function, got ${describe(policy)}`,
  );
}

function scalarsOnly(path: Path, key: Key, shape: Shape): Key {
  if (shape.length === 0) return key;
  throw new ShapeError(
    `nnx.reseed: the stream ${path.join("/")} expected one key, got keys of shape ${formatShape(shape)}. If they ` +
      'are to differ: nnx.reseed(model, "match_shape", { ... })',
  );
}
