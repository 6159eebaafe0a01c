import type { AttentionCotangents, AttentionOptions, AttentionSizes, Overlay } from "../../base/index.ts";
import { flush } from "../../base/index.ts";
import { paddedTo } from "../attention/layout.ts";
import { copyOut } from "../copy.ts";
import { fusedFor } from "../fused/link.ts";
import type { Arena } from "../memory.ts";
import type { Scheduler } from "../scheduler.ts";
import type { GradientExports } from "./exports.ts";
import { places } from "./outer.ts";

const { abs, ceil, floor, max, min } = Math;

/** Scores of a block of query rows. */
const SCORES = 32768;
/** The kernels read and write up to this many elements past the end of what they are given. */
const SLACK = 32;
/** Regions of a batch element, and those of each head of keys and values that is at hand. */
const SHARED = 4;
const OWN = 13;
/** A term takes as long as so many of a product of matrices: there are five sums of each. */
const TERMS = 8;
/** Zeros times factors below it are zeros. */
const BOUND = 2 ** 32;

/**
 * Attention's gradient through a block of linear memory that is allocated for the call. It holds the queries,
 * cotangents, keys and values of a batch element, in whose places their own cotangents are left, and the scores of a
 * block of query rows of one head.
 *
 * @throws LimitError if the memory cannot grow to hold one batch element
 */
export function attentionBack(
  arena: Arena,
  exports: GradientExports,
  ct: Float32Array,
  query: Float32Array,
  key: Float32Array,
  value: Float32Array,
  out: AttentionCotangents,
  sizes: AttentionSizes,
  options: AttentionOptions,
  fused: boolean,
): void {
  const { batch, queries, keys, capacity, heads, kvHeads, width, valueWidth } = sizes;
  for (const [array, from] of [
    [out.key, key],
    [out.value, value],
  ] as const)
    if (keys < capacity) array.fill(0, 0, from.length);
  // Scores that are wanted are read in the middle of a block of rows.
  const scheduler = out.scores === undefined && kvHeads > 1 ? sharing(arena, exports) : undefined;
  const plan = layout(sizes, options, min(kvHeads, scheduler?.threads ?? 1));
  const base = arena.allocateOrThrow(plan.bytes, "attentionBackF32");
  try {
    const at = places(base, plan.sizes);
    const blocks = Array.from(
      { length: plan.together },
      (_, i) =>
        new Block(
          arena,
          exports,
          [...at.slice(0, SHARED), ...at.slice(SHARED + i * OWN, SHARED + (i + 1) * OWN)],
          sizes,
          options,
          fused,
          scheduler,
        ),
    );
    const block = blocks[0]!;
    const [queryRow, valueRow] = [heads * width, heads * valueWidth];
    const [keyRow, kvRow] = [kvHeads * width, kvHeads * valueWidth];
    for (let b = 0; b < batch; b++) {
      block.load(0, query, b * queries * queryRow, queries * queryRow);
      block.load(1, ct, b * queries * valueRow, queries * valueRow);
      block.load(2, key, b * capacity * keyRow, keys * keyRow);
      block.load(3, value, b * capacity * kvRow, keys * kvRow);
      for (let h = 0; h < kvHeads; h += plan.together) {
        const some = blocks.slice(0, min(plan.together, kvHeads - h));
        attendBack(some, b, h, sizes, plan.rows, out.scores, scheduler);
      }
      block.store(0, out.query, b * queries * queryRow, queries * queryRow);
      block.store(2, out.key, b * capacity * keyRow, keys * keyRow);
      block.store(3, out.value, b * capacity * kvRow, keys * kvRow);
    }
  } finally {
    arena.release(base, plan.bytes);
  }
}

/** What shares calls by the threads on this memory; undefined where they do not have the kernels. */
function sharing(arena: Arena, exports: GradientExports): Scheduler | undefined {
  const { scheduler } = arena;
  return scheduler?.recorder(arena.exports) && scheduler.recorder(exports) && scheduler;
}

/**
 * The query heads that share key and value head `kv` of the first of `blocks`, the next head of the second and so on.
 * Where threads share the work, each takes one of them, a block of query rows at a time.
 */
function attendBack(
  blocks: readonly Block[],
  b: number,
  kv: number,
  { queries, keys, heads, kvHeads, width, valueWidth }: AttentionSizes,
  step: number,
  scores: Float32Array | undefined,
  scheduler: Scheduler | undefined,
): void {
  const group = heads / kvHeads;
  blocks.forEach((block, i) => block.begin(kv + i));
  for (let g = 0; g < group; g++)
    for (let t = 0; t < queries; t += step) {
      const count = min(step, queries - t);
      blocks.forEach((block, i) => {
        scheduler?.begin();
        block.addRows({ b, h: (kv + i) * group + g, t, count }, scores);
      });
      scheduler?.run(TERMS * blocks.length * count * keys * (width + valueWidth));
    }
  for (const block of blocks) block.end();
}

interface Layout {
  /** Heads of keys and values at a time. */
  readonly together: number;
  /** Query rows at a time. */
  readonly rows: number;
  /** Bytes of the regions, in the order of `Block`. */
  readonly sizes: readonly number[];
  readonly bytes: number;
}

function layout(
  { queries, keys, heads, kvHeads, width, valueWidth }: AttentionSizes,
  { bias, mask, multiplier }: AttentionOptions,
  together: number,
): Layout {
  const row = paddedTo(16, keys);
  const rows = min(paddedTo(4, queries), max(4, 4 * floor(SCORES / 4 / row)));
  const fours = paddedTo(4, keys);
  const scores = rows * row;
  const shared = [
    // The kernels take four query rows at a time, and so reach up to three rows further.
    (queries + 3) * heads * width,
    (queries + 3) * heads * valueWidth,
    keys * kvHeads * width,
    keys * kvHeads * valueWidth,
  ];
  const own = [
    fours * width,
    fours * valueWidth,
    paddedTo(8, width) * fours,
    paddedTo(8, valueWidth) * fours,
    scores,
    scores,
    scores,
    multiplier ? scores : 0,
    bias ? rows * keys : 0,
    mask ? ceil((rows * keys) / 4) : 0,
    rows,
    rows,
    0,
  ];
  const sizes = [...shared, ...Array.from({ length: together }, () => own).flat()].map((n) => 4 * (n + SLACK));
  return { together, rows, sizes, bytes: sizes.reduce((sum, size) => sum + size + 64, 0) };
}

class Block {
  readonly #arena: Arena;
  readonly #exports: GradientExports;
  readonly #at: readonly number[];
  readonly #sizes: AttentionSizes;
  readonly #options: AttentionOptions;
  readonly #fused: boolean;
  readonly #scheduler: Scheduler | undefined;
  /** The head that was begun: where its keys and values are, and whether all of them are bounded. */
  #keyPtr = 0;
  #valuePtr = 0;
  #isBounded = false;
  /** Bytes of a row of scores. */
  readonly #row: number;

  constructor(
    arena: Arena,
    exports: GradientExports,
    at: readonly number[],
    sizes: AttentionSizes,
    options: AttentionOptions,
    fused: boolean,
    scheduler: Scheduler | undefined,
  ) {
    this.#arena = arena;
    this.#exports = exports;
    this.#at = at;
    this.#sizes = sizes;
    this.#options = options;
    this.#fused = fused;
    this.#scheduler = scheduler;
    this.#row = 4 * paddedTo(16, sizes.keys);
  }

  /** Copies `n` elements of `from`, from `start` on, to region `i`. */
  load(i: number, from: Float32Array, start: number, n: number): void {
    this.#arena.floats.set(from.length === n ? from : from.subarray(start, start + n), this.#at[i]! / 4);
  }

  /** Copies `n` elements of region `i` to `to`, from `start` on. */
  store(i: number, to: Float32Array, start: number, n: number): void {
    copyOut(this.#arena.floats, n, to, start, this.#at[i]! / 4);
  }

  /** Makes ready for the query heads that share key and value head `kv`. */
  begin(kv: number): void {
    const exports = this.#exports;
    const { keys, width, valueWidth } = this.#sizes;
    const [, , k, v, packedK, packedV, sumK] = this.#at as Eight;
    this.#keyPtr = k + 4 * kv * width;
    this.#valuePtr = v + 4 * kv * valueWidth;
    const [keyStride, valueStride] = this.#strides();
    exports.packTransposedF32(this.#keyPtr, keyStride, packedK, width, keys);
    exports.packTransposedF32(this.#valuePtr, valueStride, packedV, valueWidth, keys);
    this.#arena.floats.fill(0, sumK / 4, this.#at[8]! / 4);
    this.#isBounded =
      abs(this.#options.scale) < BOUND &&
      exports.isBoundedF32(this.#keyPtr, keyStride, keys, width) !== 0 &&
      exports.isBoundedF32(this.#valuePtr, valueStride, keys, valueWidth) !== 0;
  }

  /** Leaves the cotangents of its keys and values in their places. */
  end(): void {
    const { keys, width, valueWidth } = this.#sizes;
    const [, , , , , , sumK, sumV] = this.#at as Eight;
    const [keyStride, valueStride] = this.#strides();
    this.#exports.copyColumnsF32(sumK, this.#keyPtr, keyStride, keys, width);
    this.#exports.copyColumnsF32(sumV, this.#valuePtr, valueStride, keys, valueWidth);
  }

  /** Bytes from a key to the next, and from a value. */
  #strides(): [key: number, value: number] {
    const { kvHeads, width, valueWidth } = this.#sizes;
    return [4 * kvHeads * width, 4 * kvHeads * valueWidth];
  }

  /** A block of query rows of a head. */
  addRows(place: Place, scores: Float32Array | undefined): void {
    const scheduler = this.#scheduler;
    const exports = scheduler?.recorder(this.#exports) ?? this.#exports;
    const forward = scheduler?.recorder(this.#arena.exports) ?? this.#arena.exports;
    const { isBoundedF32 } = this.#exports;
    const keyPtr = this.#keyPtr;
    const { queries, keys, heads, kvHeads, width, valueWidth } = this.#sizes;
    const { masked, bias, mask, multiplier } = this.#options;
    const scale = flush(this.#options.scale);
    const { b, h, t, count } = place;
    const [q, cts, , , packedK, packedV, sumK, sumV] = this.#at as Eight;
    const [queryPtr, ctPtr] = [q + 4 * (t * heads + h) * width, cts + 4 * (t * heads + h) * valueWidth];
    const [weights, toScores, products, shares, biasPtr, maskPtr, sums, lasts, scratch] = this.#at.slice(8) as Nine;
    const row = this.#row;
    const [n, all] = [row / 4, (count * row) / 4];
    const [queryStride, ctStride] = [4 * heads * width, 4 * heads * valueWidth];
    if (bias) this.#loadOverlay(bias, place, this.#arena.floats, biasPtr / 4);
    if (mask) this.#loadOverlay(mask, place, new Uint8Array(this.#arena.floats.buffer), maskPtr);
    const maskAt = mask ? maskPtr : 0;
    exports.attentionScoresF32(
      queryPtr,
      queryStride,
      packedK,
      bias ? biasPtr : 0,
      maskAt,
      toScores,
      row,
      count,
      keys,
      width,
      scale,
      masked,
    );
    const powers = this.#fused ? fusedFor(this.#arena, all) : undefined;
    const kernels = powers && scheduler ? scheduler.recorder(powers) : powers;
    if (kernels === undefined) forward.softmaxF32(toScores, weights, count, n, false, this.#fused);
    else kernels.softmaxF32(toScores, weights, count, n, false);
    if (multiplier) this.#loadMultiplier(multiplier, place, products);
    // A fused sum may be -0, which a product of +0 changes: no key is left out then.
    const bounded =
      this.#isBounded &&
      !this.#arena.fusesProducts &&
      (!multiplier || isBoundedF32(products, row, count, keys) !== 0) &&
      isBoundedF32(queryPtr, queryStride, count, width) !== 0 &&
      isBoundedF32(ctPtr, ctStride, count, valueWidth) !== 0;
    exports.cotangentsOfWeightsF32(
      ctPtr,
      ctStride,
      packedV,
      weights,
      toScores,
      lasts,
      row,
      count,
      keys,
      valueWidth,
      bounded,
    );
    if (multiplier) {
      exports.productsF32(weights, products, shares, all);
      exports.productsF32(toScores, products, toScores, all);
    }
    exports.productsF32(toScores, weights, products, all);
    forward.sumRowsF32(products, sums, count, n);
    exports.softmaxBackF32(toScores, weights, sums, count, n);
    if (scores !== undefined) {
      exports.maskScoresF32(toScores, maskAt, row, count, keys, 1);
      this.#storeScores(scores, ((b * heads + h) * queries + t) * keys, count, toScores / 4);
    }
    exports.maskScoresF32(toScores, maskAt, row, count, keys, scale);
    exports.addOuterF32(toScores, row, queryPtr, queryStride, sumK, lasts, count, keys, width);
    exports.addOuterF32(multiplier ? shares : weights, row, ctPtr, ctStride, sumV, lasts, count, keys, valueWidth);
    exports.timesRowsF32(
      toScores,
      row,
      keyPtr,
      4 * kvHeads * width,
      queryPtr,
      queryStride,
      lasts,
      scratch,
      count,
      width,
    );
  }

  #loadOverlay<Data extends Float32Array | Uint8Array>(
    { data, batchStride, headStride }: Overlay<Data>,
    { b, h, t, count }: Place,
    to: Data,
    at: number,
  ): void {
    const { keys } = this.#sizes;
    const start = b * batchStride + h * headStride + t * keys;
    to.set(data.subarray(start, start + count * keys), at);
  }

  /** Copies rows to those of scores, with 0 for the keys that are missing at their ends. */
  #loadMultiplier(
    { data, batchStride, headStride }: Overlay<Float32Array>,
    { b, h, t, count }: Place,
    ptr: number,
  ): void {
    const { keys } = this.#sizes;
    const n = this.#row / 4;
    const { floats } = this.#arena;
    let start = b * batchStride + h * headStride + t * keys;
    for (let at = ptr / 4, end = at + count * n; at < end; at += n, start += keys) {
      floats.set(data.subarray(start, start + keys), at);
      floats.fill(0, at + keys, at + n);
    }
  }

  #storeScores(to: Float32Array, start: number, count: number, from: number): void {
    const { keys } = this.#sizes;
    for (let t = 0; t < count; t++) copyOut(this.#arena.floats, keys, to, start + t * keys, from + (t * this.#row) / 4);
  }
}

interface Place {
  readonly b: number;
  readonly h: number;
  readonly t: number;
  /** Query rows from `t` on. */
  readonly count: number;
}

type Eight = [number, number, number, number, number, number, number, number];
type Nine = [number, number, number, number, number, number, number, number, number];
