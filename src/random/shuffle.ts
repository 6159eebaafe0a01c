import type { NDArray } from "../array/index.ts";
import { apply, DATA, orderData, plainOf, TAKE_ALONG_AXIS, UNSIGNED } from "../array/index.ts";
import { fillBits, pair } from "./draw.ts";

/** The sizes from which a shuffle takes one, two and three rounds: ceil(3 * ln(size) / ln(2^32 - 1)). */
const ROUNDS_FROM = [2, 1626, 2642246];

/**
 * `x` with the elements along `axis` shuffled, every lane on its own: rounds of a stable sort by 32 random bits.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_shuffle`)
 */
export function shuffle(words: Uint32Array, x: NDArray, axis: number): NDArray {
  // Of an array without values there is nothing to draw.
  const size = plainOf(x[DATA]).storage.data.length;
  const bits = new Uint32Array(size);
  let shuffled = x;
  let key = words;
  for (const from of ROUNDS_FROM) {
    if (size < from) break;
    const [next, sub] = pair(key);
    const order = orderData(new Int32Array(fillBits(sub, bits).buffer), x.shape, axis, UNSIGNED);
    shuffled = apply(TAKE_ALONG_AXIS, axis, shuffled[DATA], order);
    key = next;
  }
  return shuffled;
}
