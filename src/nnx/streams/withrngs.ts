import { assertOrder, hasBrand } from "../../base/index.ts";
import type { Filter } from "../graph/filter.ts";
import { toPredicate } from "../graph/filter.ts";
import type { Path } from "../tree/path.ts";
import { formatPath } from "../tree/path.ts";
import { recursiveMap } from "../states/recursivemap.ts";
import type { RngSizes } from "./rngsizes.ts";
import { toRules } from "./rngsizes.ts";
import type { RngStream } from "./rngstream.ts";

/** What becomes of the streams of a model. */
export interface WithRngsOptions {
  /** Into how many keys streams are split, for all or by filter. */
  readonly split?: RngSizes;
  /** At how many places streams are repeated, for all or by filter. */
  readonly broadcast?: RngSizes;
  /** Which of the others are forked. */
  readonly fork?: Filter;
  /** Which streams are looked at; default all. */
  readonly only?: Filter;
}

/**
 * A copy of a model with its random streams split, broadcast or forked; it shares all other Variables. Streams that are
 * split, broadcast or forked hand out a key for it, here as in Flax also in the original.
 *
 * @throws RangeError if two rules with filters of their own match one stream
 *
 * Source: Flax 0.12.8 `flax/nnx/rnglib.py` (`with_rngs`).
 * @example
 * const rngs = new nnx.Rngs({ params: 0, dropout: 1 });
 * const split = nnx.withRngs(rngs, { split: { params: 4 }, fork: nnx.Rest });
 * [split.params.key.shape, split.dropout.key.shape] // => [[4], []]
 */
export function withRngs<M extends object>(
  node: M,
  { split, broadcast, fork = null, only = true }: WithRngsOptions = {},
): M {
  assertOrder(arguments, 1, "nnx.withRngs node | * split fork broadcast only");
  const rules = [
    ...rulesOf(split, "split", (stream, shape) => stream.split(shape)),
    ...rulesOf(broadcast, "broadcast", (stream, shape) => stream.broadcast(shape)),
    {
      name: "fork",
      matches: toPredicate(fork),
      general: fork === true || fork === "...",
      make: (stream: RngStream) => stream.fork(),
    },
  ];
  const wanted = toPredicate(only);
  return recursiveMap((path, value) => {
    if (!hasBrand(value, "RngStream") || !wanted(path, value as RngStream)) return value;
    const stream = value as RngStream;
    const matching = [
      ...new Map(
        rules
          .filter(({ matches }) => matches(path, stream))
          .map((rule) => [rule.name, rule])
          .toReversed() as [string, (typeof rules)[number]][],
      ).values(),
    ].toReversed();
    if (matching.filter(({ general }) => !general).length > 1)
      throw ambiguous(
        path,
        matching.map(({ name }) => name),
      );
    return matching[0]?.make(stream) ?? stream;
  }, node);
}

function rulesOf(
  sizes: RngSizes | undefined,
  name: string,
  make: (stream: RngStream, shape: readonly number[]) => RngStream,
): {
  name: string;
  matches: ReturnType<typeof toPredicate>;
  general: boolean;
  make: (stream: RngStream) => RngStream;
}[] {
  if (sizes === undefined) return [];
  const general = typeof sizes === "number" || Array.isArray(sizes);
  return toRules(sizes, `nnx.withRngs: "${name}"`).map(({ matches, shape }) => ({
    name,
    matches,
    general,
    make: (stream) => (shape === null ? stream : make(stream, shape)),
  }));
}

function ambiguous(path: Path, names: readonly string[]): RangeError {
  return new RangeError(
    `nnx.withRngs: "options" expected one rule for the stream ${formatPath(path)}, got ${names.join(" and ")}`,
  );
}
