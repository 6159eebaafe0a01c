/** The order of elements, as sorts and samplers need it: by signed words, which the elements are mapped to. */
import type { Dense } from "../dense.ts";
import { floatsOf } from "../dense.ts";
import type { TypedArray } from "../dtype.ts";
import { isFloat } from "../dtype.ts";
import type { Blocks } from "../layout/layout.ts";

const SIGN = -(2 ** 31);
const LARGEST = 2 ** 31 - 1;

/** The word by which NaN sorts. */
export const UNORDERED = LARGEST;

/** The bits of floats, as a view. */
function bitsOf(x: Float32Array): Int32Array {
  return new Int32Array(x.buffer, x.byteOffset, x.length);
}

/** Signed words in the order of unsigned ones. */
export function unsignedKeys(x: Uint32Array): Int32Array {
  const keys = new Int32Array(x);
  for (let i = 0; i < keys.length; i++) keys[i] = keys[i]! ^ SIGN;
  return keys;
}

function integerKeys(x: TypedArray): Int32Array {
  if (x instanceof Uint32Array) return unsignedKeys(x);
  return x instanceof Int32Array ? x : new Int32Array(x);
}

/** Words in the order that sorts go by: zeros, which subnormals count as, are equal, and NaN is the greatest. Read only. */
export function sortable(x: Dense): Int32Array {
  if (!isFloat(x.dtype)) return integerKeys(x.storage.data);
  const keys = bitsOf(floatsOf(x)).slice();
  for (let i = 0; i < keys.length; i++) {
    const word = keys[i]!;
    const size = word & LARGEST;
    keys[i] = size < 0x800000 ? 0 : size > 0x7f800000 ? LARGEST : word ^ ((word >> 31) & LARGEST);
  }
  return keys;
}

/** Words in the order that ranks go by: -0 is less than 0, and NaN outside all others on the side of its sign. Read only. */
export function rankable(x: Dense): Int32Array {
  if (!isFloat(x.dtype)) return integerKeys(x.storage.data);
  const keys = bitsOf(floatsOf(x)).slice();
  for (let i = 0; i < keys.length; i++) keys[i] = keys[i]! ^ ((keys[i]! >> 31) & LARGEST);
  return keys;
}

/** Up to so many words the engine's own sort is the sooner: it takes 37 ns each, the one by digits 33 (V8 11.3). */
const NATIVE = 128;

/**
 * A sort: for `n` words their places in ascending order, equal words in the order they have. The places hold until the
 * next call; the words are lost.
 */
export function sorter(n: number): (keys: Int32Array) => Int32Array {
  return n <= NATIVE ? nativeSorter(n) : digitSorter(n);
}

/** Sorts words and places as one number, exact in a double. */
function nativeSorter(n: number): (keys: Int32Array) => Int32Array {
  const pairs = new Float64Array(n);
  return (keys) => {
    for (let i = 0; i < n; i++) pairs[i] = keys[i]! * NATIVE + i;
    pairs.sort();
    for (let i = 0; i < n; i++) keys[i] = pairs[i]! & (NATIVE - 1);
    return keys;
  };
}

/** Sorts by one digit after another, the least first: four of 8 bits, or of many words three of 11. */
function digitSorter(n: number): (keys: Int32Array) => Int32Array {
  const bits = n < 4096 ? 8 : 11;
  const last = 2 ** bits - 1;
  const starts = new Int32Array(last + 1);
  const room = [new Int32Array(n), new Int32Array(n), new Int32Array(n)] as const;
  return (keys) => {
    let [from, to]: [Int32Array, Int32Array] = [keys, room[0]];
    let [order, next] = [room[1], room[2]];
    for (let i = 0; i < n; i++) order[i] = i;
    for (let shift = 0; shift < 32; shift += bits) {
      starts.fill(0);
      for (let i = 0; i < n; i++) starts[((from[i]! ^ SIGN) >>> shift) & last]!++;
      if (starts[((from[0]! ^ SIGN) >>> shift) & last] === n) continue;
      for (let digit = 0, sum = 0; digit <= last; digit++) {
        const count = starts[digit]!;
        starts[digit] = sum;
        sum += count;
      }
      for (let i = 0; i < n; i++) {
        const key = from[i]!;
        const at = starts[((key ^ SIGN) >>> shift) & last]!++;
        to[at] = key;
        next[at] = order[i]!;
      }
      [from, to] = [to, from];
      [order, next] = [next, order];
    }
    return order;
  };
}

/** Calls `visit(base, order)` for every line of `keys` along an axis: where it starts, and the places of its words in order. */
export function eachOrder(keys: Int32Array, { n, after }: Blocks, descending: boolean, visit: (base: number, order: Int32Array) => void): void {
  if (keys.length === 0) return;
  const sort = sorter(n);
  const line = new Int32Array(n);
  // The complements of signed words have the opposite order, and equal ones stay equal.
  const turn = descending ? -1 : 0;
  for (let start = 0; start < keys.length; start += n * after) {
    for (let base = start; base < start + after; base++) {
      for (let i = 0, at = base; i < n; i++, at += after) line[i] = keys[at]! ^ turn;
      visit(base, sort(line));
    }
  }
}

/**
 * A selection: of `n` words from `start` on the places of the `k` greatest, greatest first, of equal ones the first; in
 * room of `k` places or more, until the next call. Words that are not among the greatest so far are passed over; the others
 * are collected, and sorted when there are twice as many as wanted.
 */
export function selector(n: number, k: number): (keys: Int32Array, start: number) => Int32Array {
  const room = Math.min(n, Math.max(2 * k, 32));
  const sort = sorter(room);
  const [held, places, best] = [new Int32Array(room), new Int32Array(room), new Int32Array(room)];
  return (keys, start) => {
    let count = 0;
    let bound = LARGEST;
    let full = false;
    const shrink = (): void => {
      held.fill(LARGEST, count);
      const order = sort(held);
      for (let i = 0; i < k; i++) best[i] = places[order[i]!]!;
      for (let i = 0; i < k; i++) held[i] = ~keys[start + (places[i] = best[i]!)]!;
      count = k;
      bound = held[k - 1]!;
      full = true;
    };
    if (k === 0) return places;
    for (let i = 0; i < n; i++) {
      const key = ~keys[start + i]!;
      if (full && key >= bound) continue;
      held[count] = key;
      places[count++] = i;
      if (count === room) shrink();
    }
    if (count > k) shrink();
    return places;
  };
}
