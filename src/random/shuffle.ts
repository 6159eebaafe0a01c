import type { Dense } from "../array/index.ts";
import { sizeOf, zerosDense } from "../array/index.ts";
import { fillBits, pair } from "./draw.ts";

/** The sizes from which a shuffle takes one, two and three rounds: ceil(3 * ln(size) / ln(2^32 - 1)). */
const ROUNDS_FROM = [2, 1626, 2642246];

/** Along one axis of an array: runs of `length` elements that are `stride` apart. */
interface Lanes {
  readonly length: number;
  readonly stride: number;
}

/**
 * `x` with the elements along `axis` shuffled, every lane on its own: rounds of a stable sort by 32 random bits.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_shuffle`)
 */
export function shuffle(words: Uint32Array, x: Dense, axis: number): Dense {
  const result = zerosDense(x.shape, x.dtype);
  const data = result.storage.data;
  data.set(x.storage.data);
  const lanes: Lanes = { length: x.shape[axis]!, stride: sizeOf(x.shape.slice(axis + 1)) };
  const bits = new Uint32Array(data.length);
  const rounds = ROUNDS_FROM.filter((from) => data.length >= from).length;
  let key = words;
  for (let round = 0; round < rounds; round++) {
    const [next, sub] = pair(key);
    sortLanes(fillBits(sub, bits), data, lanes);
    key = next;
  }
  return result;
}

function sortLanes(bits: Uint32Array, data: Dense["storage"]["data"], { length, stride }: Lanes): void {
  const keys = new Uint32Array(length);
  const values = data.slice(0, length);
  for (let start = 0; start < data.length; start += stride * length) {
    for (let inner = 0; inner < stride; inner++) {
      const base = start + inner;
      for (let i = 0; i < length; i++) {
        keys[i] = bits[base + i * stride]!;
        values[i] = data[base + i * stride]!;
      }
      const order = sortedOrder(keys);
      for (let i = 0; i < length; i++) data[base + i * stride] = values[order[i]!]!;
    }
  }
}

/** The indices that sort `keys` ascending, equal keys in their order: a radix sort, a byte at a time. */
function sortedOrder(keys: Uint32Array): Uint32Array {
  let order = Uint32Array.from(keys, (_, i) => i);
  let other = new Uint32Array(keys.length);
  for (let shift = 0; shift < 32; shift += 8) {
    const ends = new Uint32Array(257);
    for (let i = 0; i < keys.length; i++) ends[((keys[i]! >>> shift) & 255) + 1]!++;
    for (let byte = 0; byte < 256; byte++) ends[byte + 1]! += ends[byte]!;
    for (let i = 0; i < keys.length; i++) {
      const at = order[i]!;
      other[ends[(keys[at]! >>> shift) & 255]!++] = at;
    }
    [order, other] = [other, order];
  }
  return order;
}
