/** The namespace `data`: arrays in batches, for training. */
import type { ArrayLike } from "./array/index.ts";
import { asarray, NDArray, take } from "./array/index.ts";
import { assertTakes, describe, hasBrand, ShapeError } from "./base/index.ts";
import type { KeyLike } from "./random/index.ts";
import { foldIn, permutation } from "./random/index.ts";

/** What `batches` takes besides the arrays. */
export interface BatchOptions {
  /** How many examples a batch has. */
  readonly batchSize: number;
  /** Shuffles by this key, each epoch in another order. Default the order of the arrays. */
  readonly shuffle?: KeyLike | null;
  /** Whether examples that make no full batch are left out at the end of an epoch. Default true. */
  readonly dropRemainder?: boolean;
  /** How often all examples come; Infinity for no end. Default 1. */
  readonly epochs?: number;
  /** The epoch to begin with, to go on where a program stopped. Default 0. */
  readonly startEpoch?: number;
  /** How many batches of that epoch to leave out. Default 0. */
  readonly startStep?: number;
}

const OPTIONS = ["batchSize", "shuffle", "dropRemainder", "epochs", "startEpoch", "startStep"];

/** Arrays by position or by name. */
export type Arrays = readonly ArrayLike[] | Readonly<Record<string, ArrayLike>>;

/** Arrays by the same positions or names. */
export type Batch<T extends Arrays> = { -readonly [K in keyof T]: NDArray };

/**
 * Arrays in batches: the same rows of each array together, epoch after epoch. A batch has the form of `arrays`: a list
 * for a list, an object for an object.
 *
 * The order of epoch e is `random.permutation(random.foldIn(shuffle, e), n)`. It depends on the key and the epoch
 * alone, so that an epoch can be repeated anywhere, and training goes on to the bit where it stopped.
 *
 * @param arrays a list or an object of arrays of one first size
 * @throws TypeError if `arrays` is neither, or an option is of the wrong kind; ShapeError if their first sizes differ;
 * RangeError if `batchSize` is not a whole number from 1, or there are fewer examples and they would be left out
 * @example
 * const x = jnp.array([[1], [2], [3], [4], [5]]);
 * const y = jnp.array([10, 20, 30, 40, 50]);
 * Array.from(data.batches([x, y], { batchSize: 2 }), ([, labels]) => labels.tolist()) // => [[10, 20], [30, 40]]
 * const order = (epoch) => random.permutation(random.foldIn(random.key(0), epoch), 5);
 * const [all] = data.batches({ y }, { batchSize: 5, shuffle: random.key(0), startEpoch: 3, epochs: 4 });
 * all.y.tolist() // => y.take(order(3)).tolist()
 */
export function batches<const T extends Arrays>(arrays: T, options: BatchOptions): Generator<Batch<T>, void> {
  assertTakes(arguments, "data.batches", "arrays options", OPTIONS);
  const columns = columnsOf(arrays);
  const n = columns[0]![1].shape[0]!;
  const { batchSize, shuffle, dropRemainder, epochs, startEpoch, startStep } = optionsOf(options, n);
  const inBatch = (rows: (column: NDArray) => NDArray): Batch<T> =>
    (Array.isArray(arrays)
      ? columns.map(([, column]) => rows(column))
      : Object.fromEntries(columns.map(([name, column]) => [name, rows(column)]))) as Batch<T>;
  return (function* (): Generator<Batch<T>, void> {
    for (let epoch = startEpoch; epoch < epochs; epoch++) {
      const order = shuffle === null ? undefined : permutation(foldIn(shuffle, epoch), n);
      const end = dropRemainder ? n - (n % batchSize) : n;
      for (let at = epoch === startEpoch ? startStep * batchSize : 0; at < end; at += batchSize) {
        const span = `${at}:${Math.min(at + batchSize, end)}` as const;
        const places = order?.slice(span);
        yield inBatch((column) => (places ? take(column, places, { axis: 0 }) : column.slice(span)));
      }
    }
  })();
}

/** The arrays with their names, all of one first size. */
function columnsOf(arrays: unknown): [string, NDArray][] {
  if (typeof arrays !== "object" || arrays === null || hasBrand(arrays, "NDArray") || ArrayBuffer.isView(arrays))
    throw new TypeError(
      `data.batches: "arrays" expected a list or an object of arrays, got ${describe(arrays)}.\n  right: ` +
        "data.batches([x, y], { batchSize: 32 })",
    );
  const columns = Object.entries(arrays).map(([name, array]): [string, NDArray] => [
    name,
    array instanceof NDArray ? array : asarray(array as ArrayLike),
  ]);
  if (columns.length === 0) throw new TypeError('data.batches: "arrays" expected at least one array, got none');
  const [, first] = columns[0]!;
  for (const [name, { shape }] of columns)
    if (shape.length === 0 || shape[0] !== first.shape[0])
      throw new ShapeError(
        `data.batches: "arrays" expected arrays of one first size, got [${first.shape.join(", ")}] and ` +
          `[${shape.join(", ")}] at ${name}`,
      );
  return columns;
}

function optionsOf(options: BatchOptions, n: number): Required<BatchOptions> & { readonly shuffle: KeyLike | null } {
  if (typeof options !== "object" || options === null)
    throw new TypeError(
      `data.batches: "options" expected an object, got ${describe(options)}.\n  right: { batchSize: 32 }`,
    );
  const { batchSize, shuffle = null, dropRemainder = true, epochs = 1, startEpoch = 0, startStep = 0 } = options;
  if (typeof dropRemainder !== "boolean")
    throw new TypeError(`data.batches: "dropRemainder" expected a boolean, got ${describe(dropRemainder)}`);
  whole("batchSize", batchSize, 1);
  if (epochs !== Infinity) whole("epochs", epochs, 0);
  whole("startEpoch", startEpoch, 0);
  whole("startStep", startStep, 0);
  if (shuffle !== null) foldIn(shuffle, 0);
  if (dropRemainder && n < batchSize)
    throw new RangeError(
      `data.batches: "batchSize" expected at most the ${n} examples there are, got ${batchSize}. { ` +
        "dropRemainder: false } gives smaller batches",
    );
  return { batchSize, shuffle, dropRemainder, epochs, startEpoch, startStep };
}

function whole(name: string, x: unknown, least: number): void {
  if (typeof x !== "number") throw new TypeError(`data.batches: "${name}" expected a number, got ${describe(x)}`);
  if (!Number.isInteger(x) || x < least)
    throw new RangeError(`data.batches: "${name}" expected a whole number from ${least}, got ${describe(x)}`);
}
