import { BRAND, brandOf, describe, hasBrand, int, KeyError, UNCLONEABLE } from "../base/index.ts";
import type { Shape, NDArray } from "../array/index.ts";

/**
 * A PRNG key, or an array of them: two uint32 words a key, immutable. It is a type of its own, so that a key is never
 * taken for numbers. Keys are made by `random.key`, `random.split`, `random.foldIn` and `nnx.Rngs`.
 *
 * @example
 * const [k1, k2] = random.split(random.key(0));
 * k1.shape // => []
 */
export class Key implements Iterable<Key> {
  declare readonly [BRAND]: "Key";
  readonly dtype = "key<fry>";
  /** The sizes of the axes of an array of keys; `[]` is one key. */
  readonly shape: Shape;
  // Not #private: deep equality sees it, and a Proxy (Vue's reactive makes one) reads it.
  private readonly _words: Uint32Array;
  /** `structuredClone`, which would lose what this is, stops here. @internal */
  readonly uncloneable: symbol = UNCLONEABLE;

  /** Functions make keys; the caller must not use `words` [2 * size] afterwards. */
  constructor(words: Uint32Array, shape: Shape) {
    this._words = words;
    this.shape = shape;
  }

  /** The number of keys. */
  get size(): number {
    return this._words.length / 2;
  }

  /** The number of axes; 0 for one key. */
  get ndim(): number {
    return this.shape.length;
  }

  /** A copy of the uint32 words, row-major, high word first. */
  get words(): Uint32Array {
    return this._words.slice();
  }

  /**
   * The key, or the array of keys, at `index` of the first axis; a negative index counts from the end.
   *
   * @throws TypeError if this is one key
   * @throws RangeError if `index` is outside the axis
   */
  at(index: number): Key {
    const [n] = this.shape;
    if (n === undefined)
      throw new TypeError("Key at: expected an array of keys, got one key. random.split(key) gives an array");
    const i = int(index, 'Key.at: "index"');
    if (i < -n || i >= n) throw new RangeError(`Key.at: "index" expected -${n} to ${n - 1}, got ${describe(index)}`);
    const width = this._words.length / n;
    const from = (i < 0 ? i + n : i) * width;
    return new Key(this._words.slice(from, from + width), this.shape.slice(1));
  }

  /**
   * The keys along the first axis: `const [k1, k2] = random.split(key)`. One key is not iterable; test libraries, which
   * compare iterables by their items, compare its words then.
   */
  get [Symbol.iterator](): () => Iterator<Key> {
    return this.shape.length === 0 ? (undefined as never) : () => keysOf(this);
  }

  /** Whether `other` has the same shape and the same words. */
  equals(other: Key): boolean {
    const words = other.words;
    return (
      other.shape.length === this.shape.length &&
      other.shape.every((n, i) => n === this.shape[i]) &&
      this._words.every((w, i) => w === words[i])
    );
  }

  /** The words, as `keyData` has them, for JSON. */
  toJSON(): unknown[] {
    return this.ndim > 0 ? Array.from(this, (key) => key.toJSON()) : [...this._words];
  }

  toString(): string {
    const pairs = Array.from({ length: this.size }, (_, i) => `[${this._words[2 * i]}, ${this._words[2 * i + 1]}]`);
    return `Key ${this.dtype}[${this.shape.join(", ")}] ${pairs.join(", ")}`;
  }

  /** What `console.log` shows in Node, Bun and Deno. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /** The words of one key, without a copy. @internal */
  static wordsOf(key: Key): Uint32Array {
    return key._words ?? key.words;
  }
}
function* keysOf(keys: Key): Generator<Key> {
  for (let i = 0; i < keys.shape[0]!; i++) yield keys.at(i);
}
Object.defineProperty(Key.prototype, BRAND, { value: "Key" });

/** Anything a sampler takes as its key: a typed key, or the bare uint32 words [2] that `random.PRNGKey` gives. */
export type KeyLike = Key | NDArray;

/**
 * The two words of one key.
 *
 * @throws KeyError if `key` is not a key, or an array of keys
 */
export function keyWords(key: unknown, fn: string): Uint32Array {
  if (hasBrand(key, "Key")) {
    if ((key as Key).shape.length > 0)
      throw new KeyError(
        `${fn}: "key" expected one key, got ${describe(key)}. Take one with keys.at(i), or loop over the keys`,
      );
    return Key.wordsOf(key as Key);
  }
  if (hasBrand(key, "NDArray")) {
    const raw = key as NDArray;
    if (raw.dtype === "uint32" && raw.shape.length === 1 && raw.shape[0] === 2) return raw.data as Uint32Array;
    throw new KeyError(
      `${fn}: "key" expected a key or uint32[2] words, got ${describe(key)}. Make a key with random.key(seed)`,
    );
  }
  throw notAKey(key, fn);
}

function notAKey(key: unknown, fn: string): KeyError {
  const got = `${fn}: "key" expected a key, got ${describe(key)}.`;
  switch (brandOf(key)) {
    case "Rngs":
      return new KeyError(
        `${got} An Rngs hands out keys, it is not one:\n  wrong: ${fn}(rngs, ...)\n  right: ${fn}(rngs.params(), ...)`,
      );
    case "RngStream":
      return new KeyError(
        `${got} A stream gives a key when it is called:\n` +
          `  wrong: ${fn}(rngs.params, ...)\n  right: ${fn}(rngs.params(), ...)`,
      );
    default:
      if (typeof key === "number" || typeof key === "bigint")
        return new KeyError(`${got} Make one from a seed: random.key(${String(key)})`);
      return new KeyError(`${got} Make one with random.key(seed), or rngs.params() of an nnx.Rngs`);
  }
}

/** The words of one key or of an array of keys. */
export function anyKeyWords(key: unknown, fn: string): { words: Uint32Array; shape: Shape } {
  if (hasBrand(key, "Key")) return { words: Key.wordsOf(key as Key), shape: (key as Key).shape };
  return { words: keyWords(key, fn), shape: [] };
}
