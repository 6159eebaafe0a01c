import type { ArrayLike, ArrayData, Shape, ShapeLike, TypedArray } from "../array/index.ts";
import { castData, NDArray, toData, zerosData } from "../array/index.ts";
import type { Given } from "../base/index.ts";
import { describe, inOrder, int } from "../base/index.ts";
import { fillBits, pair } from "./draw.ts";
import type { KeyLike } from "./key.ts";
import { keyWords } from "./key.ts";
import { resultShape, broadcastElements } from "./params.ts";

/** The dtypes `randint` draws. */
export type IntegerDType = "int32" | "uint32" | "uint16" | "uint8";

interface RandintOptions {
  readonly dtype?: IntegerDType | null;
}

type Range = readonly [min: number, max: number];

const RANGES: Readonly<Record<IntegerDType, Range>> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint32: [0, 2 ** 32 - 1],
  uint16: [0, 2 ** 16 - 1],
  uint8: [0, 2 ** 8 - 1],
};

/**
 * Integers in [minval, maxval), with equal probability, up to a bias below 2^-32 for int32 and uint32. If maxval is not
 * above minval the result is minval, as in JAX. Bounds are clipped to the dtype.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_randint`)
 * @param shape of the result; arrays of bounds broadcast to it
 * @param minval the lowest value drawn: a number, cast by `int()`, or an array
 * @param maxval above all values drawn, likewise; may be one more than the dtype holds
 * @param dtype `"int32"` by default
 * @throws KeyError if `key` is not a key
 * @throws RangeError if a number is not finite or outside -2^31 .. 2^32; TypeError if `dtype` is not an integer dtype
 * @example
 * randint(key(42), [6], 0, 100).tolist() // => [44, 14, 71, 69, 9, 19]
 */
export function randint(
  ...places: Given<
    [key: KeyLike, shape: ShapeLike, minval: ArrayLike, maxval: ArrayLike],
    "key shape minval maxval",
    [dtype: IntegerDType | null],
    RandintOptions
  >
): NDArray;
export function randint(): NDArray {
  return inOrder(randintOf, arguments, 5, "random.randint key shape minval maxval dtype:d");
}

function randintOf(
  key: KeyLike,
  shape: ShapeLike,
  minval: ArrayLike,
  maxval: ArrayLike,
  dtype: IntegerDType = "int32",
): NDArray {
  const words = keyWords(key, "random.randint");
  if (typeof dtype !== "string" || !Object.hasOwn(RANGES, dtype))
    throw new TypeError(
      `random.randint: "dtype" expected "int32", "uint32", "uint16" or "uint8", got ${describe(dtype)}`,
    );
  const low = bound(minval, "minval");
  const high = bound(maxval, "maxval");
  const sizes = resultShape(
    "randint",
    shape,
    [low, high].filter((x) => typeof x !== "number"),
  );
  const result = zerosData(sizes, dtype);
  fillIntegers(words, elements(low, sizes), elements(high, sizes), RANGES[dtype], result.storage.data);
  return new NDArray(result);
}

function bound(x: ArrayLike, name: string): number | ArrayData {
  if (typeof x === "number" || typeof x === "bigint") {
    const n = int(x, `random.randint: "${name}"`);
    if (n < -(2 ** 31) || n > 2 ** 32)
      throw new RangeError(`random.randint: "${name}" expected an integer from -2^31 to 2^32, got ${describe(x)}`);
    return n;
  }
  const given = toData(x, `random.randint: "${name}"`);
  return given.dtype === "float32" ? castData(given, "int32") : given;
}

/** One value for all elements of the result, or one each. */
type Bounds = TypedArray | Float64Array;

function elements(x: number | ArrayData, shape: Shape): Bounds {
  return typeof x === "number" ? Float64Array.of(x) : broadcastElements(x, shape);
}

function fillIntegers(words: Uint32Array, minval: Bounds, maxval: Bounds, range: Range, out: TypedArray): void {
  const [k1, k2] = pair(words);
  const higher = fillBits(k1, new Uint32Array(out.length));
  const lower = fillBits(k2, new Uint32Array(out.length));
  if (minval.length === 1 && maxval.length === 1) {
    fillBetween(minval[0]!, maxval[0]!, range, higher, lower, out, 0, out.length);
    return;
  }
  for (let i = 0; i < out.length; i++) {
    fillBetween(
      minval[minval.length === 1 ? 0 : i]!,
      maxval[maxval.length === 1 ? 0 : i]!,
      range,
      higher,
      lower,
      out,
      i,
      i + 1,
    );
  }
}

/**
 * Fills the elements from `start` to `end`. `span` is uint32; 0 stands for 2^32, where the remainder is the dividend.
 */
function fillBetween(
  minval: number,
  maxval: number,
  [min, max]: Range,
  higher: Uint32Array,
  lower: Uint32Array,
  out: TypedArray,
  start: number,
  end: number,
): void {
  const low = Math.min(Math.max(minval, min), max);
  const high = Math.min(Math.max(maxval, min), max + 1);
  const span = high > low ? (high - low) >>> 0 : 1;
  const half = remainder(2 ** 16, span);
  const multiplier = remainder(Math.imul(half, half), span);
  for (let i = start; i < end; i++) {
    const offset = Math.imul(remainder(higher[i]!, span), multiplier) + remainder(lower[i]!, span);
    out[i] = low + remainder(offset, span);
  }
}

/** The remainder of uint32 numbers. `>>>` lets the engine divide them as integers; doubles take ten times as long. */
function remainder(x: number, span: number): number {
  return span === 0 ? x >>> 0 : ((x >>> 0) % (span >>> 0)) >>> 0;
}

/** `size` integers below `n` under the key `words`. */
export function drawBelow(words: Uint32Array, n: number, size: number): Int32Array {
  const out = new Int32Array(size);
  fillIntegers(words, Float64Array.of(0), Float64Array.of(n), RANGES.int32, out);
  return out;
}
