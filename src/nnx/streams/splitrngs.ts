import type { NDArray, ShapeLike } from "../../array/index.ts";
import { toShape } from "../../array/index.ts";
import { assertNames, describe, refuseSurplus } from "../../base/index.ts";
import type { Key } from "../../random/index.ts";
import * as random from "../../random/index.ts";
import { isPlain } from "../tree/data.ts";
import type { Filter } from "../graph/filter.ts";
import { toPredicate } from "../graph/filter.ts";
import type { Path } from "../tree/path.ts";
import { isNode } from "../graph/node.ts";
import { streamsOf } from "./streamsof.ts";
import type { RngSizes } from "./rngsizes.ts";
import { toRules } from "./rngsizes.ts";
import type { RngStream } from "./rngstream.ts";
import { rekey } from "./rngstream.ts";

/** A stream, the base key it had and, where it was kept, the count. */
export type StreamBackup = readonly [stream: RngStream, key: Key, count?: NDArray];

/** Into how many keys `splitRngs` splits, and which streams. */
export interface SplitRngsOptions {
  /** How many keys each stream is to hold, or a shape of them. */
  readonly splits: ShapeLike;
  /** Which streams, by their key and count variables; default all. */
  readonly only?: Filter;
  /** Leaves the one key of `splits: 1` without an axis. */
  readonly squeeze?: boolean;
}

/**
 * Splits the random streams of a model in place: each matching stream hands out a key (its count goes up by one) and
 * then holds `splits` keys made from it, its counts zero. A stream that is reachable twice is split once.
 *
 * With the options alone it gives a decorator: `nnx.splitRngs({ splits: 5 })(f)` is a function that splits the streams
 * in its arguments, calls `f` and restores them. Around an `nnx.vmap` it makes a stack of layers.
 *
 * @returns what `restoreRngs` needs to put back the keys, and the counts after that one draw
 * @throws TypeError if `node` is not a module, Rngs or stream; RangeError if `squeeze` comes with `splits` other than 1
 * @throws KeyError if a stream was split before; ShapeError, LimitError for bad `splits`
 *
 * Source: Flax 0.12.8 `flax/nnx/rnglib.py` (`split_rngs`, graph updates on).
 * @example
 * const rngs = new nnx.Rngs({ params: 0, dropout: 1 });
 * const backups = nnx.splitRngs(rngs, { splits: 5, only: "params" });
 * [rngs.params.key.shape, rngs.dropout.key.shape] // => [[5], []]
 * nnx.restoreRngs(backups);
 * rngs.params.key.shape // => []
 */
export function splitRngs(node: object, options: SplitRngsOptions): StreamBackup[];
export function splitRngs(options: SplitRngsOptions): Decorator;
export function splitRngs(first: object, given?: SplitRngsOptions): StreamBackup[] | Decorator {
  if (given === undefined && isOptions(first)) {
    assertNames(first, "nnx.splitRngs", SPLIT_OPTIONS);
    return around((args) => splitAll(args, first as SplitRngsOptions));
  }
  assertNode(first, "splitRngs");
  return splitAll(first, given ?? ({} as SplitRngsOptions));
}

/** Makes a function that does what `f` does with the streams of its arguments changed, and put back afterwards. */
export type Decorator = <F extends (...args: never[]) => unknown>(f: F) => F;

const SPLIT_OPTIONS = ["splits", "only", "squeeze"] as const;
const FORK_OPTIONS = ["split"] as const;

/** Options alone, where a node could be. */
function isOptions(x: unknown): boolean {
  return typeof x === "object" && x !== null && isPlain(x);
}

function around(change: (args: object) => StreamBackup[]): Decorator {
  return <F extends (...args: never[]) => unknown>(f: F): F =>
    ((...args: unknown[]) => {
      const backups = change(args);
      try {
        return (f as unknown as (...all: unknown[]) => unknown)(...args);
      } finally {
        restoreRngs(backups);
      }
    }) as unknown as F;
}

function splitAll(node: object, options: SplitRngsOptions): StreamBackup[] {
  assertNames(options, "nnx.splitRngs", SPLIT_OPTIONS);
  const { splits, only = true, squeeze = false } = options;
  const shape = toShape(splits, 'nnx.splitRngs: "splits"');
  if (squeeze && (Array.isArray(splits) || shape[0] !== 1))
    throw new RangeError(`nnx.splitRngs: "splits" expected 1 with squeeze, got ${describe(splits)}`);
  const matches = toPredicate(only);
  const backups: StreamBackup[] = [];
  for (const [path, stream] of streamsOf(node)) {
    if (!bothMatch(matches, path, stream)) continue;
    const keys = random.split(stream(), shape);
    backups.push([stream, stream.key.get(), stream.count.get()]);
    rekey(stream, squeeze ? keys.at(0) : keys);
  }
  return backups;
}

/** How `forkRngs` splits what it forks. */
export interface ForkRngsOptions {
  /** Sizes as for `Rngs.split`; null, the default, forks every stream and splits none. */
  readonly split?: RngSizes | null;
}

/**
 * Forks the random streams of a model in place: each hands out a key (its count goes up by one) and starts anew from
 * it, count zero. With `split` by filter, only the streams that a filter matches are forked.
 *
 * As in Flax, **every** filter that matches counts, not the first alone: a stream that two of them match is forked
 * twice, has two backups, and `restoreRngs` leaves it as it was between the two.
 *
 * Without a node it gives a decorator, as `nnx.splitRngs`.
 *
 * @returns what `restoreRngs` needs to put back the keys, and the counts after the draw
 * @throws TypeError if `node` is not a module, Rngs or stream, or a size is not a size
 * @throws KeyError if a stream was split before; ShapeError, RangeError for a bad size
 *
 * Source: Flax 0.12.8 `flax/nnx/rnglib.py` (`fork_rngs`, graph updates on).
 * @example
 * const rngs = new nnx.Rngs(0);
 * const backups = nnx.forkRngs(rngs);
 * rngs.default.key.get().equals(random.foldIn(random.key(0), 0)) // => true
 * nnx.restoreRngs(backups);
 * rngs.default.key.get().equals(random.key(0)) // => true
 */
export function forkRngs(node: object, options?: ForkRngsOptions): StreamBackup[];
export function forkRngs(options?: ForkRngsOptions): Decorator;
export function forkRngs(first: object = {}, given?: ForkRngsOptions): StreamBackup[] | Decorator {
  if (given === undefined && isOptions(first)) {
    assertNames(first, "nnx.forkRngs", FORK_OPTIONS);
    return around((args) => forkAll(args, first as ForkRngsOptions));
  }
  assertNode(first, "forkRngs");
  return forkAll(first, given ?? {});
}

function forkAll(node: object, options: ForkRngsOptions): StreamBackup[] {
  assertNames(options, "nnx.forkRngs", FORK_OPTIONS);
  const { split = null } = options;
  const rules = split === null ? [{ matches: () => true, shape: null }] : toRules(split, 'nnx.forkRngs: "split"');
  const backups: StreamBackup[] = [];
  for (const [path, stream] of streamsOf(node)) {
    for (const { matches, shape } of rules) {
      if (!bothMatch(matches, path, stream)) continue;
      const key = shape === null ? stream() : random.split(stream(), shape);
      backups.push([stream, stream.key.get(), stream.count.get()]);
      rekey(stream, key);
    }
  }
  return backups;
}

/**
 * The base keys of a model's streams, for `restoreRngs`: it puts back the keys and leaves the counts.
 *
 * @throws TypeError if `node` is not a module, Rngs or stream
 *
 * Source: Flax 0.12.8 `flax/nnx/rnglib.py` (`backup_keys`).
 * @example
 * nnx.backupKeys(new nnx.Rngs({ params: 0, dropout: 1 })).map(([stream]) => stream.tag) // => ["dropout", "params"]
 */
export function backupKeys(node: object): StreamBackup[] {
  if (arguments.length > 1) refuseSurplus("nnx.backupKeys", "node", arguments, false);
  assertNode(node, "backupKeys");
  return Array.from(streamsOf(node), ([, stream]) => [stream, stream.key.get()] as const);
}

/**
 * Puts streams back to the keys and counts of their backups, one backup after the other.
 *
 * Source: Flax 0.12.8 `flax/nnx/rnglib.py` (`restore_rngs`).
 * @example
 * const rngs = new nnx.Rngs(0);
 * nnx.restoreRngs(nnx.splitRngs(rngs, { splits: 3 }));
 * rngs.default.count.get().item() // => 1
 */
export function restoreRngs(backups: Iterable<StreamBackup>): void {
  if (arguments.length > 1) refuseSurplus("nnx.restoreRngs", "backups", arguments, false);
  for (const [stream, key, count] of backups) {
    stream.key.setValue(key);
    if (count !== undefined) stream.count.setValue(count);
  }
}

/** A filter means a stream if it matches both of its variables. */
function bothMatch(matches: ReturnType<typeof toPredicate>, path: Path, { key, count }: RngStream): boolean {
  return matches([...path, "key"], key) && matches([...path, "count"], count);
}

function assertNode(node: unknown, fn: string): void {
  if (!isNode(node))
    throw new TypeError(`nnx.${fn}: "node" expected a module, an Rngs or a stream, got ${describe(node)}`);
}
