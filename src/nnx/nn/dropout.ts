import { layerArguments } from "./layerarguments.ts";
import type { ArrayLike, NDArray, Shape } from "../../array/index.ts";
import { asarray, dropout, toAxis, zeros } from "../../array/index.ts";
import { describe, hasBrand, ordered } from "../../base/index.ts";
import { bernoulli } from "../../random/index.ts";
import type { Key } from "../../random/index.ts";
import { Module } from "../modules/module.ts";
import type { Rngs } from "../streams/rngs.ts";
import type { RngStream } from "../streams/rngstream.ts";
import { toDropoutRate } from "./dropoutrate.ts";
import { firstOf } from "./flags.ts";

/** What `Dropout` takes besides the rate. */
export interface DropoutOptions {
  /** Axes along which elements are dropped together. */
  readonly broadcastDims?: readonly number[];
  /** true leaves the input as it is. Default false, which is training. */
  readonly deterministic?: boolean | undefined;
  /** The name of the stream the keys come from. Default "dropout". */
  readonly rngCollection?: string;
  readonly rngs?: Rngs | RngStream | undefined;
}

/** What a Dropout's call takes besides the input. */
export interface DropoutCallOptions {
  /** Instead of the layer's own. */
  readonly deterministic?: boolean | undefined;
  /** Where the key comes from, instead of the layer's own stream. */
  readonly rngs?: Rngs | RngStream | Key | undefined;
}

/**
 * Drops each element with probability `rate` and divides the others by 1 - rate. Masks are Flax's to the bit.
 *
 * As in Flax **a new layer drops**; for inference set `deterministic`, by `model.eval()` or `nnx.view`.
 *
 * Constructing it with `rngs` forks the stream `rngCollection`, which takes one count of it (of `default`, where there
 * is no such stream). Layers built later get other weights unless `params` and `dropout` are separate streams.
 *
 * Input [...] of any shape, result of that shape.
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/stochastic.py` (`Dropout`).
 * @throws RangeError if `rate` is not from 0 to 1; TypeError for other kinds of arguments
 * @example
 * const drop = new nnx.Dropout(0.5, { rngs: new nnx.Rngs(0) });
 * drop(jnp.ones([4])).shape // => [4]
 * drop([1, 2], { deterministic: true }).tolist() // => [1, 2]
 */
export class Dropout extends Module<[inputs: ArrayLike, options?: DropoutCallOptions], NDArray> {
  declare readonly rate: number;
  declare readonly broadcastDims: readonly number[];
  declare deterministic: boolean | undefined;
  declare readonly rngCollection: string;
  declare rngs: RngStream | undefined;

  constructor(options: DropoutOptions & { readonly rate: number });
  constructor(rate: number, options?: DropoutOptions);
  constructor(...args: readonly unknown[]) {
    const [rate, options = {}] = layerArguments<[number, DropoutOptions?]>(
      args,
      1,
      "nnx.Dropout rate * broadcastDims deterministic:b rngCollection:s rngs",
    );
    super();
    this.rate = toDropoutRate(rate, 'nnx.Dropout: "rate"');
    const { broadcastDims = [], rngCollection = "dropout", rngs } = options;
    if (!Array.isArray(broadcastDims))
      throw new TypeError(`nnx.Dropout: "broadcastDims" expected a list of axes, got ${describe(broadcastDims)}`);
    this.broadcastDims = broadcastDims;
    this.deterministic = "deterministic" in options ? options.deterministic : false;
    this.rngCollection = rngCollection;
    this.rngs =
      rngs === undefined || rngs === null ? undefined : toStream(rngs, rngCollection, "an Rngs or a stream").fork();
  }

  /** A Sequential passes `{ rngs }` on to it. */
  get acceptsRngs(): boolean {
    return true;
  }

  override __call__(inputs: ArrayLike, options: DropoutCallOptions = {}): NDArray {
    const args = ordered<(x: ArrayLike, options?: DropoutCallOptions) => NDArray>(
      arguments,
      1,
      "nnx.Dropout inputs | * deterministic:b rngs",
    );
    if (args !== undefined) [inputs, options = {}] = args;
    const { deterministic, rngs } = options;
    const whole = firstOf("Dropout", "deterministic", deterministic, this.deterministic);
    const x = asarray(inputs);
    if (this.rate === 0 || whole) return x;
    if (this.rate === 1) return zeros(x.shape, x.dtype);
    const shape = maskShape(x.shape, this.broadcastDims);
    const keep = 1 - this.rate;
    return dropout(x, bernoulli(keyFrom(rngs ?? this.rngs, this.rngCollection), keep, shape), keep);
  }

  /** Sets `deterministic` and `rngs` from the options of `nnx.view`; gives the names it knew. */
  setView({ deterministic, rngs }: Readonly<Record<string, unknown>>): readonly string[] {
    const known: string[] = [];
    if (deterministic !== undefined) {
      if (typeof deterministic !== "boolean")
        throw new TypeError(`nnx.Dropout.setView: "deterministic" expected a boolean, got ${describe(deterministic)}`);
      this.deterministic = deterministic;
      known.push("deterministic");
    }
    if (rngs !== undefined) {
      this.rngs = toStream(rngs, this.rngCollection, "an Rngs or a stream").fork();
      known.push("rngs");
    }
    return known;
  }
}

/** The shape of a mask for `x`, with size 1 along the axes on which elements are dropped together. */
function maskShape(x: Shape, broadcastDims: readonly number[]): Shape {
  const shape = [...x];
  for (const dim of broadcastDims) shape[toAxis(dim, shape.length, 'nnx.Dropout: "broadcastDims"')] = 1;
  return shape;
}

/** @throws TypeError if there is no source of keys */
function keyFrom(source: Rngs | RngStream | Key | undefined, collection: string): Key {
  if (source === undefined) throw noRngsError();
  return hasBrand(source, "Key") ? (source as Key) : toStream(source, collection, "an Rngs, a stream or a key")();
}

function toStream(source: unknown, collection: string, expected: string): RngStream {
  if (hasBrand(source, "Rngs")) return (source as Rngs).stream(collection);
  if (hasBrand(source, "RngStream")) return source as RngStream;
  throw new TypeError(`nnx.Dropout: "rngs" expected ${expected}, got ${describe(source)}`);
}

function noRngsError(): TypeError {
  return new TypeError(
    'nnx.Dropout: "rngs" expected an Rngs, a stream or a key, got none.\n' +
      "  wrong: new nnx.Dropout(rate)(x)\n" +
      "  right: new nnx.Dropout(rate, { rngs: new nnx.Rngs({ dropout: 0 }) })(x)",
  );
}
