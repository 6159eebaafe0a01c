import type { Shape } from "../../array/index.ts";
import { BRAND, describe, hasBrand, RngError } from "../../base/index.ts";
import type { Key } from "../../random/index.ts";
import { CallableObject } from "../graph/callable.ts";
import type { Draws } from "./samplermethods.ts";
import { defineSamplerMethods } from "./samplermethods.ts";
import type { NodeKind } from "../graph/nodekind.ts";
import { NODE_KIND } from "../graph/nodekind.ts";
import type { RngSizes, SizeRule } from "./rngsizes.ts";
import { toRules } from "./rngsizes.ts";
import type { ForkOptions, RngValue } from "./rngstream.ts";
import { RngStream, splitOf } from "./rngstream.ts";

/** Streams by name. */
export type RngStreams = Readonly<Record<string, RngValue>>;

/** Holds the streams in the order in which they were named. */
const STREAMS: unique symbol = Symbol("flaxen.streams");

/** What an Rngs draws, it draws with its default stream. */
interface RngsObject extends Draws {}

/** The methods of an Rngs; its streams stand beside them under their own names. */
class RngsObject extends CallableObject {
  declare readonly [BRAND]: "Rngs";
  declare readonly [STREAMS]: ReadonlyMap<string, RngStream>;

  constructor(first?: RngValue | RngStreams, named?: RngStreams) {
    super();
    const streams = new Map<string, RngStream>();
    Object.defineProperty(this, STREAMS, { value: streams });
    if (isStreams(first)) addAll(this, first, streams);
    if (named !== undefined) addAll(this, named, streams);
    if (first !== undefined && !isStreams(first)) add(this, "default", first, streams);
    return new Proxy(this, STREAM_BY_NAME);
  }

  /** The default stream's next key. */
  __call__(): Key {
    return streamOf(this, "default")();
  }

  /**
   * The stream `name`, else the default stream.
   *
   * @throws RngError if there is neither
   */
  stream(name: string): RngStream {
    return streamOf(this, name);
  }

  /** Whether a stream of this very name exists; the default does not count for others. */
  has(name: string): boolean {
    return this[STREAMS].has(name);
  }

  /** The number of streams. */
  get size(): number {
    return this[STREAMS].size;
  }

  /** The streams with their names, in the order in which they were given, the default last. */
  items(): [string, RngStream][] {
    return [...this[STREAMS]];
  }

  /** The names of the streams. */
  [Symbol.iterator](): Iterator<string> {
    return this[STREAMS].keys();
  }

  /**
   * A new Rngs whose streams start from this one's next keys: every stream here advances by one.
   * `{ split }` is Flax's older name of `split`.
   *
   * @throws KeyError if a stream was split
   *
   * Source: Flax 0.12.8 `flax/nnx/rnglib.py` (`Rngs.fork`).
   * @example
   * const rngs = new nnx.Rngs(0);
   * rngs.fork().default.key.get().equals(random.foldIn(random.key(0), 0)) // => true
   */
  fork(options?: ForkOptions<RngSizes>): Rngs;
  fork(): Rngs {
    const split = splitOf<RngSizes>("Rngs", arguments);
    return split === null ? derive(this, (stream) => stream.fork()) : this.split(split);
  }

  /**
   * A new Rngs whose streams each hold several keys, split from this one's next keys: `rngs.split(5)`,
   * `rngs.split([2, 5])`, or by filter `rngs.split({ params: 5, "...": null })`. Every stream that is split advances
   * by one.
   *
   * As in Flax, a stream that is left whole (null, or no filter matches) goes along with its key but **counts from 0
   * again**: it repeats the keys that were drawn here before, and whatever is drawn here and there afterwards. And
   * `rngs.split({})` has no streams at all.
   *
   * @throws KeyError if a stream that is to be split was split before; TypeError, ShapeError, RangeError for a bad size
   *
   * Source: Flax 0.12.8 `flax/nnx/rnglib.py` (`Rngs.split`).
   * @example
   * const rngs = new nnx.Rngs({ params: 1, dropout: 2 });
   * rngs.split({ params: 5 }).params.key.shape // => [5]
   * rngs.split({ params: 5 }).dropout.key.shape // => []
   */
  split(num: RngSizes): Rngs {
    const rules = toRules(num, 'Rngs.split: "num"');
    if (rules.length === 0) return new Rngs({});
    return derive(this, (stream) => {
      const shape = shapeFor(stream, rules);
      return shape === null ? stream : stream.split(shape);
    });
  }

  /**
   * A new Rngs whose streams hold this one's next keys, each repeated for every place of a shape: for members of a
   * batch that are to draw the same. Sizes by filter as in `split`; every stream that is broadcast advances by one.
   *
   * As in Flax, a stream that is left whole (null, or no filter matches; with `{}` and null all of them) goes along
   * with its key but **counts from 0 again**.
   *
   * @throws KeyError if a stream that is to be broadcast was split before; TypeError, ShapeError, RangeError for a bad
   * size
   *
   * Source: Flax 0.12.8 `flax/nnx/rnglib.py` (`Rngs.broadcast`).
   * @example
   * const [a, b] = new nnx.Rngs(0).broadcast(2).default.key.get();
   * a.equals(b) // => true
   */
  broadcast(shape: RngSizes | null): Rngs {
    const rules = shape === null ? [] : toRules(shape, 'Rngs.broadcast: "shape"');
    return derive(this, (stream) => {
      const places = shapeFor(stream, rules);
      return places === null ? stream : stream.broadcast(places);
    });
  }

  toString(): string {
    return `Rngs(${this.items()
      .map(([, stream]) => stream.toString())
      .join(", ")})`;
  }

  /** What `console.log` shows in Node, Bun and Deno. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}
Object.defineProperty(RngsObject.prototype, BRAND, { value: "Rngs" });
defineSamplerMethods(RngsObject.prototype);
// What printed models and errors call it.
Object.defineProperty(RngsObject, "name", { value: "Rngs" });

/** How an Rngs is rebuilt: its streams stand in a Map beside the attributes. */
const RNGS: NodeKind = {
  empty: () => new RngsObject({}),
  set(node, name, stream) {
    const rngs = node as RngsObject;
    (rngs[STREAMS] as Map<string, RngStream>).set(String(name), stream as RngStream);
    Object.defineProperty(rngs, name, { value: stream, enumerable: true, configurable: true });
  },
};
Object.defineProperty(RngsObject.prototype, NODE_KIND, { value: RNGS });

function addAll(rngs: RngsObject, named: RngStreams, streams: Map<string, RngStream>): void {
  for (const name of Object.keys(named)) add(rngs, name, named[name]!, streams);
}

function add(rngs: RngsObject, name: string, value: RngValue, streams: Map<string, RngStream>): void {
  if (name in RngsObject.prototype)
    throw new TypeError(`nnx.Rngs: "${name}" expected another name for a stream, got the name of a method`);
  const stream = new RngStream(value, { tag: name });
  streams.set(name, stream);
  Object.defineProperty(rngs, name, { value: stream, enumerable: true, configurable: true });
}

function derive(rngs: RngsObject, make: (stream: RngStream) => RngStream): Rngs {
  return new Rngs(Object.fromEntries(rngs.items().map(([name, stream]) => [name, make(stream)])));
}

/** The shape that the first matching rule gives a stream, null to leave it whole. */
function shapeFor(stream: RngStream, rules: readonly SizeRule[]): Shape | null {
  return rules.find(({ matches }) => matches([], stream))?.shape ?? null;
}

/** Whether `value` is a mapping from names to what streams start from, rather than one such start. */
export function isStreams(value: unknown): value is RngStreams {
  return (
    typeof value === "object" &&
    value !== null &&
    !hasBrand(value, "Key") &&
    !hasBrand(value, "NDArray") &&
    !Array.isArray(value) &&
    !ArrayBuffer.isView(value)
  );
}

function streamOf(rngs: RngsObject, name: string): RngStream {
  const streams = rngs[STREAMS];
  const stream = streams.get(name) ?? streams.get("default");
  if (stream !== undefined) return stream;
  const have = streams.size === 0 ? "no streams at all" : `the streams ${[...streams.keys()].join(", ")}`;
  throw new RngError(
    `nnx.Rngs: expected a stream "${name}" or a default stream, got ${describe(rngs)} with ${have}. new ` +
      `nnx.Rngs(0) has a default, new nnx.Rngs({ ${name}: 0 }) this stream`,
  );
}

/** What engines, promises and printers ask of any object, and no stream is called: undefined, as on any object. */
const NOT_A_STREAM = /^(then|toJSON|__.*|\$\$.*|@@.*)$/;

const STREAM_BY_NAME: ProxyHandler<RngsObject> = {
  get(target, name, receiver) {
    if (typeof name === "symbol" || name in RngsObject.prototype || NOT_A_STREAM.test(name))
      return Reflect.get(target, name, receiver);
    return streamOf(target, name);
  },
};

/**
 * Named sources of keys for a model's weights, dropout and so on. Any name is a stream: one that was not given falls
 * back to `default`. Calling the Rngs itself draws from `default`.
 *
 * - `new nnx.Rngs(0)`: a default stream from a seed
 * - `new nnx.Rngs(0, { params: 1 })`: and streams of their own
 * - `new nnx.Rngs({ params: 0, dropout: 1 })`: no default
 *
 * Two streams with one seed give equal keys. An Rngs is stateful: the order of calls decides the keys. A stream that is
 * given as a value gives its key only: **its count starts again at 0**, so that the new stream repeats its keys.
 *
 * Samplers and initializers are methods that draw with the default stream, one key a call: `rngs.normal([3, 4])`,
 * `rngs.lecunNormal()([3, 4])`. A stream may not have the name of a method.
 *
 * Source: Flax 0.12.8 `flax/nnx/rnglib.py` (`Rngs`).
 * @example
 * const rngs = new nnx.Rngs(0);
 * rngs.params().words // => Uint32Array.of(1797259609, 2579123966)
 * rngs.lecunNormal()([3, 4]).shape // => [3, 4]
 */
export type Rngs = RngsObject & { (): Key } & {
  readonly [name in "default" | "params" | "dropout" | "carry"]: RngStream;
} & { readonly [stream: string]: RngStream };

type RngsConstructor = {
  readonly prototype: Rngs;
  /**
   * @throws TypeError if a value is neither a seed, a key nor a stream; RangeError for a seed beyond 64 bits
   */
  new (streams: RngStreams): Rngs;
  new (seed?: RngValue, streams?: RngStreams): Rngs;
};

export const Rngs = RngsObject as unknown as RngsConstructor;

/**
 * Stops a layer that was built without its Rngs.
 *
 * @throws TypeError if `rngs` is not an Rngs
 * @internal
 */
export function assertRngs(rngs: unknown, layer: string): asserts rngs is Rngs {
  if (hasBrand(rngs, "Rngs")) return;
  const got = hasBrand(rngs, "Key")
    ? "a key: keys are used once, an Rngs hands out as many as the model needs"
    : describe(rngs);
  throw new TypeError(
    `${layer}: "rngs" expected an nnx.Rngs, got ${got}.\n` +
      `  wrong: new ${layer}(...)\n` +
      `  right: new ${layer}(..., new nnx.Rngs(0))`,
  );
}
