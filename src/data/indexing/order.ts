/** The order of elements for sorts and samplers. Elements are mapped to integer keys, which are compared instead. */
import type { ArrayData } from "../arraydata.ts";
import { floatsOf, zerosData } from "../arraydata.ts";
import { isFloat } from "../dtype.ts";
import { blocksOf } from "../manipulation/blocks.ts";
import type { Shape } from "../shape.ts";

const SIGN = -(2 ** 31);
const LARGEST = 2 ** 31 - 1;

/** The bits of float32's infinity and of its smallest normal number. */
const INFINITE = 0x7f800000;
const LEAST_NORMAL = 0x00800000;

/** The key of NaN. */
export const UNORDERED = LARGEST;

/**
 * Keys for ranks, int32: -0 is less than 0. NaN is the largest whatever its sign, because the sign of a NaN depends on
 * the engine and the processor.
 */
export function rankable(x: ArrayData): Int32Array {
  if (!isFloat(x.dtype)) {
    const turn = x.dtype === "uint32" ? SIGN : 0;
    return new Int32Array(x.storage.data).map((word) => word ^ turn);
  }
  const { buffer, byteOffset, length } = floatsOf(x);
  const words = new Int32Array(buffer, byteOffset, length);
  const keys = new Int32Array(length);
  for (let i = 0; i < length; i++) keys[i] = rank(words[i]!);
  return keys;
}

/** The key of a float32 with these bits. */
function rank(word: number): number {
  return (word & LARGEST) > INFINITE ? UNORDERED : word ^ ((word >> 31) & LARGEST);
}

/** Keys for sorts, int32: zeros and subnormals are equal, NaN is the largest. */
export function sortable(x: ArrayData): Int32Array {
  const keys = rankable(x);
  const end = isFloat(x.dtype) ? keys.length : 0;
  for (let i = 0; i < end; i++) if ((keys[i]! ^ (keys[i]! >> 31)) < LEAST_NORMAL) keys[i] = 0;
  return keys;
}

/**
 * Up to so many keys the engine's own sort is faster: it takes 25 ns a key, the radix sort 41 (V8 11.3), 20 (V8 12.4).
 */
const NATIVE = 128;

/** Sorts the keys at `first`, `first + step` ...; their indices in ascending order go to the same places of `to`. */
type Sorter = (keys: Int32Array, first: number, step: number, to: Int32Array) => void;

/** A function that sorts `n` keys, unsigned after the exclusive or with `turn`. The sort is stable. */
function sorter(n: number, turn: number): Sorter {
  return n <= NATIVE ? nativeSorter(n, turn) : radixSorter(n, turn);
}

/** The engine's own sort, of a key and its index as one number. */
function nativeSorter(n: number, turn: number): Sorter {
  const pairs = new BigUint64Array(n);
  const words = new Int32Array(pairs.buffer);
  pairs[0] = 1n;
  const low = words[0] === 1 ? 0 : 1;
  return (keys, first, step, to) => {
    for (let i = 0, at = first; i < n; i++, at += step) {
      words[2 * i + low] = i;
      words[2 * i + 1 - low] = keys[at]! ^ turn;
    }
    pairs.sort();
    for (let i = 0, at = first; i < n; i++, at += step) to[at] = words[2 * i + low]!;
  };
}

/** A radix sort, the lowest digit first: four digits of 8 bits, or three of 11 for many keys. */
function radixSorter(n: number, turn: number): Sorter {
  const bits = n < 4096 ? 8 : 11;
  const last = 2 ** bits - 1;
  const starts = new Int32Array(last + 1);
  const room = [0, 1, 2, 3].map(() => new Int32Array(n));
  return (keys, first, step, out) => {
    let [from, to, order, next] = room as [Int32Array, Int32Array, Int32Array, Int32Array];
    for (let i = 0, at = first; i < n; i++, at += step) {
      from[i] = keys[at]! ^ turn;
      order[i] = i;
    }
    for (let shift = 0; shift < 32; shift += bits) {
      starts.fill(0);
      for (let i = 0; i < n; i++) starts[(from[i]! >>> shift) & last]!++;
      if (starts[(from[0]! >>> shift) & last] === n) continue;
      for (let digit = 0, sum = 0; digit <= last; digit++) {
        sum += starts[digit]!;
        starts[digit] = sum - starts[digit]!;
      }
      for (let i = 0; i < n; i++) {
        const at = starts[(from[i]! >>> shift) & last]!++;
        to[at] = from[i]!;
        next[at] = order[i]!;
      }
      [from, to, order, next] = [to, from, next, order];
    }
    for (let i = 0, at = first; i < n; i++, at += step) out[at] = order[i]!;
  };
}

/** Masks for sorting: the exclusive or of a key with one of these is an unsigned key that ascends in that order. */
export const ASCENDING = SIGN;
export const DESCENDING = LARGEST;
export const UNSIGNED = 0;

/** The indices of the keys in order, int32, for every line along `axis` of `shape`. Equal keys keep their order. */
export function orderData(keys: Int32Array, shape: Shape, axis: number, turn: number): ArrayData {
  const out = zerosData(shape, "int32");
  const to = out.storage.data as Int32Array;
  const { n, after } = blocksOf(shape, axis);
  if (keys.length === 0) return out;
  const sort = sorter(n, turn);
  for (let start = 0; start < keys.length; start += n * after)
    for (let first = start; first < start + after; first++) sort(keys, first, after, to);
  return out;
}

/** Up to so many floats are inserted into those that are sorted. More are collected and sorted (Node 20, 2026-11). */
const FEW = 24;

/**
 * Selects, of every `n` elements, the `k` largest, largest first, equal ones in order: see `rankable`. Their indices in
 * their line go to `to`, `k` a line. There are as many lines as `to` has room for.
 */
export function selectLargest(x: ArrayData, n: number, k: number, to: Int32Array): void {
  if (to.length === 0) return;
  if (k <= FEW && isFloat(x.dtype)) insertLargest(floatsOf(x), n, k, to);
  else collectLargest(rankable(x), n, k, to);
}

/** Inserts the elements one by one. Most are less than the least that is held, and need no key. */
function insertLargest(floats: Float32Array, n: number, k: number, to: Int32Array): void {
  const words = new Int32Array(floats.buffer, floats.byteOffset, floats.length);
  const best = new Int32Array(k);
  const places = new Int32Array(k);
  for (let start = 0, out = 0; out < to.length; start += n, out += k) {
    for (let i = 0; i < k; i++) insert(best, places, i, rank(words[start + i]!), i);
    let least = floats[start + places[k - 1]!]!;
    for (let i = k; i < n; i++) {
      // Not so beside a NaN, nor of two zeros: their keys decide.
      if (floats[start + i]! < least) continue;
      const key = rank(words[start + i]!);
      if (key <= best[k - 1]!) continue;
      insert(best, places, k - 1, key, i);
      least = floats[start + places[k - 1]!]!;
    }
    to.set(places, out);
  }
}

/** Puts a key with its place behind those that are at least as large, of the first `count` at most. */
function insert(best: Int32Array, places: Int32Array, count: number, key: number, place: number): void {
  let at = count;
  for (; at > 0 && best[at - 1]! < key; at--) {
    best[at] = best[at - 1]!;
    places[at] = places[at - 1]!;
  }
  best[at] = key;
  places[at] = place;
}

/** Collects the keys that are larger than the k-th so far, and sorts when there are 2k of them. */
function collectLargest(keys: Int32Array, n: number, k: number, to: Int32Array): void {
  const select = collection(n, k);
  for (let start = 0, at = 0; at < to.length; start += n) {
    const places = select(keys, start);
    for (let i = 0; i < k; i++) to[at++] = places[i]!;
  }
}

/** What `collectLargest` does for the line at `start`. The result is used anew by the next. */
function collection(n: number, k: number): (keys: Int32Array, start: number) => Int32Array {
  const room = Math.min(n, 2 * k);
  const sort = sorter(room, DESCENDING);
  const held = new Int32Array(room);
  const order = new Int32Array(room);
  let places = new Int32Array(room);
  let best = new Int32Array(room);
  return (keys, start) => {
    let count = 0;
    let bound = -Infinity;
    for (let i = 0; i < n; i++) {
      const key = keys[start + i]!;
      if (key > bound) places[count++] = i;
      if (count < room && i < n - 1) continue;
      if (count === k && i >= room) break;
      for (let j = 0; j < count; j++) held[j] = keys[start + places[j]!]!;
      held.fill(SIGN, count);
      sort(held, 0, 1, order);
      for (let j = 0; j < k; j++) best[j] = places[order[j]!]!;
      [places, best] = [best, places];
      count = k;
      bound = keys[start + places[k - 1]!]!;
    }
    return places;
  };
}
