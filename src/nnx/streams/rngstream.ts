import type { NDArray, Shape, ShapeLike } from "../../array/index.ts";
import { scalar, toShape, zeros } from "../../array/index.ts";
import { assertNames, assertTakes, BRAND, describe, hasBrand } from "../../base/index.ts";
import * as random from "../../random/index.ts";
import type { Key } from "../../random/index.ts";
import { CallableObject } from "../graph/callable.ts";
import type { Draws } from "./samplermethods.ts";
import { defineSamplerMethods } from "./samplermethods.ts";
import { RngCount, RngKey } from "../variables/kinds.ts";

/** What a stream can start from: a seed, a key, or another stream (its key is taken, its count is not). */
export type RngValue = number | bigint | boolean | Key | RngStream;

/** What `fork` takes. */
export interface ForkOptions<Sizes> {
  /** Sizes as `split` takes them. */
  readonly split?: Sizes | null | undefined;
}

/** A stream is called for its next key, and its samplers and initializers draw with it. */
export interface RngStream extends Draws {
  (): Key;
}

/**
 * A source of keys: key number i is `foldIn(key, i)`. The base key never changes; a count does. `stream.normal([2])`
 * is `random.normal(stream(), [2])`, and so for every sampler and initializer.
 *
 * Source: Flax 0.12.8 `flax/nnx/rnglib.py` (`RngStream`).
 * @example
 * const stream = new nnx.RngStream(0, { tag: "params" });
 * stream().equals(random.foldIn(random.key(0), 0)) // => true
 * stream.count.get().item() // => 1
 */
export class RngStream extends CallableObject {
  declare readonly [BRAND]: "RngStream";
  // Declared, not defined: a field of a callable costs 0.3 us to define, 0.05 to assign (Node 20, 2026-11).
  declare readonly key: RngKey;
  declare readonly count: RngCount;
  /** The stream's name; filters find its variables by it. */
  declare readonly tag: string;

  /**
   * @throws TypeError if `value` is neither a seed, a key nor a stream; RangeError for a seed beyond 64 bits
   */
  constructor(value: RngValue, options: { readonly tag: string }) {
    super();
    assertNames(options, "nnx.RngStream", ["tag"]);
    const { tag } = options;
    const key = baseKey(value, tag);
    this.tag = tag;
    this.key = new RngKey(key, { tag });
    this.count = new RngCount(zeroCount(key.shape), { tag });
  }

  /**
   * The next key: the hash of the base key and the count, which goes up by one.
   *
   * @throws KeyError if the stream was split: it holds many keys then
   */
  __call__(): Key {
    const { key, count } = this;
    const drawn = count.shape.length === 0 ? count.get().item() : 0;
    const next = random.foldIn(key.get(), drawn);
    count.setValue(scalar(drawn + 1, "uint32"));
    return next;
  }

  /** A new stream of the same name from this one's next key. `{ split }` is Flax's older name of `split`. */
  fork(options?: ForkOptions<ShapeLike>): RngStream;
  fork(): RngStream {
    const split = splitOf<ShapeLike>("RngStream", arguments);
    if (split !== null) return this.split(split);
    return new RngStream(this(), { tag: this.tag });
  }

  /**
   * A new stream that holds `num` keys split from this one's next key, its counts zero.
   *
   * @param num how many, or a shape
   * @throws KeyError if this stream was split; what `random.split` throws for a bad `num`
   */
  split(num: ShapeLike): RngStream {
    return new RngStream(random.split(this(), num), { tag: this.tag });
  }

  /**
   * A new stream that holds this one's next key once for every place of `shape`, its counts zero.
   *
   * @param shape a number or a shape
   * @throws KeyError if this stream was split; ShapeError, LimitError for a bad shape
   */
  broadcast(shape: ShapeLike): RngStream {
    const places = zeros([...toShape(shape, 'RngStream.broadcast: "shape"'), 2], "uint32");
    return new RngStream(random.wrapKeyData(places.add(random.keyData(this()))), { tag: this.tag });
  }

  toString(): string {
    return `RngStream(${this.tag}, key ${this.key.get().toString()}, count ${String(this.count.get().tolist())})`;
  }

  /** What `console.log` shows in Node, Bun and Deno. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}
Object.defineProperty(RngStream.prototype, BRAND, { value: "RngStream" });
defineSamplerMethods(RngStream.prototype);

/** What `fork` is to split instead; null if nothing. */
export function splitOf<Sizes>(of: string, args: IArguments): Sizes | null {
  assertTakes(args, `${of}.fork`, "options", ["split"]);
  return (args[0] as ForkOptions<Sizes> | undefined)?.split ?? null;
}

/** Gives a stream another base key in place, its counts zero. */
export function rekey(stream: RngStream, key: Key): void {
  stream.key.setValue(key);
  stream.count.setValue(zeroCount(key.shape));
}

/** No keys handed out yet, of one base key or of an array of them. */
function zeroCount(shape: Shape): NDArray {
  return shape.length === 0 ? scalar(0, "uint32") : zeros(shape, "uint32");
}

function baseKey(value: unknown, tag: string): Key {
  if (hasBrand(value, "Key")) return value as Key;
  if (hasBrand(value, "RngStream")) return (value as RngStream).key.get();
  if (hasBrand(value, "NDArray")) return random.wrapKeyData(value as never);
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean") return random.key(value);
  throw new TypeError(
    `nnx.Rngs: the seed of "${tag}" expected a number, a bigint, a key or a stream, got ${describe(value)}`,
  );
}
