import type { DrawOptions, Keyed } from "./drawoptions.ts";
import type { Places } from "../base/index.ts";
import type { ShapeLike } from "../array/index.ts";
import { emptyData, NDArray, toShape } from "../array/index.ts";
import { kernels } from "../backend/index.ts";
import { config, describe, inOrder } from "../base/index.ts";
import type { KeyLike } from "./key.ts";
import { keyWords } from "./key.ts";

/** The dtypes of `bits`. */
export type BitsDType = "uint8" | "uint16" | "uint32";

/**
 * Uniform random bits.
 *
 * Source: JAX 0.10.2 `threefry2x32.py` (`threefry_random_bits`): element i is the hash of counter i, words xored
 * together; with `config.threefryPartitionable` false the original layout, narrow elements cut from whole words, least
 * significant first.
 * @param shape of the result, default `[]`
 * @param dtype `"uint32"` by default, or `"uint16"`, `"uint8"`
 * @throws KeyError if `key` is not a key
 * @throws TypeError if `dtype` is none of these; ShapeError, LimitError for a bad shape
 * @example
 * bits(key(42), [2]).tolist() // => [2098992034, 2919706841]
 */
export function bits(
  key: KeyLike | Keyed<DrawOptions<BitsDType>>,
  ...places: Places<[shape: ShapeLike, dtype: BitsDType | null], DrawOptions<BitsDType>>
): NDArray;
export function bits(): NDArray {
  return inOrder(bitsOf, arguments, 3, "random.bits key shape dtype:d");
}

function bitsOf(key: KeyLike, shape: ShapeLike = [], dtype: BitsDType = "uint32"): NDArray {
  const words = keyWords(key, "random.bits");
  const sizes = toShape(shape, 'random.bits: "shape"');
  if (dtype !== "uint32" && dtype !== "uint16" && dtype !== "uint8")
    throw new TypeError(`random.bits: "dtype" expected "uint32", "uint16" or "uint8", got ${describe(dtype)}`);
  const result = emptyData(sizes, dtype);
  fillNarrow(words, result.storage.data as Uint32Array | Uint16Array | Uint8Array);
  return new NDArray(result);
}

/** Random bits of the width of `out` under the key `words`, in the layout of `config.threefryPartitionable`. */
export function fillNarrow<Bits extends Uint32Array | Uint16Array | Uint8Array>(words: Uint32Array, out: Bits): Bits {
  const k0 = words[0]!;
  const k1 = words[1]!;
  if (!config.threefryPartitionable) original(k0, k1, out);
  else if (out instanceof Uint32Array) kernels().bits32(k0, k1, 0, out);
  else if (out instanceof Uint16Array) kernels().bits16(k0, k1, 0, out);
  else kernels().bits8(k0, k1, 0, out);
  return out;
}

/** The original layout at any width: whole words, cut from the least significant end. */
function original(k0: number, k1: number, out: Uint32Array | Uint16Array | Uint8Array): void {
  if (out instanceof Uint32Array) {
    kernels().bits32Original(k0, k1, out);
    return;
  }
  const width = 8 * out.BYTES_PER_ELEMENT;
  const perWord = 32 / width;
  const words = new Uint32Array(Math.ceil(out.length / perWord));
  kernels().bits32Original(k0, k1, words);
  for (let i = 0; i < out.length; i++) out[i] = words[Math.floor(i / perWord)]! >>> (width * (i % perWord));
}
