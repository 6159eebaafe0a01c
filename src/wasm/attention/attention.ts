import { ARITHMETIC } from "../../base/index.ts";
import type { AttentionOptions, AttentionSizes, Overlay } from "../../base/index.ts";
import { copyOut, copyRowsOut } from "../copy.ts";
import { fusedFor } from "../fused/link.ts";
import type { Instance } from "../instance.ts";
import type { Arena } from "../memory.ts";
import type { AttentionExports, FusedExports, KernelExports } from "../exports.ts";
import { kvCacheOf } from "./kvcache.ts";
import type { Layout } from "./layout.ts";
import { FEW_ROWS, FLOAT, layout, paddedTo } from "./layout.ts";

const { floor, min } = Math;

/**
 * Attention through a block of linear memory that is allocated for the call. It holds the packed keys and values of a
 * batch element. Then, for a block of query rows at a time, it holds the queries, the overlays and the results.
 *
 * @throws LimitError if the memory cannot grow to hold one batch element's keys and values
 */
export function attention(
  instance: Instance,
  exports: AttentionExports,
  query: Float32Array,
  key: Float32Array,
  value: Float32Array,
  out: Float32Array,
  sizes: AttentionSizes,
  options: AttentionOptions,
  fused: boolean,
): void {
  if (out.length === 0 && options.weights === undefined) return;
  const { batch, queries, capacity, keys, heads, kvHeads, width, valueWidth } = sizes;
  const kvCache = kvCacheOf(instance, exports);
  const kept = {
    keys: kvCache.find(key, options.keyWrites, keys, { batch, capacity, heads: kvHeads, width, panels: "rows" }),
    values: kvCache.find(value, options.valueWrites, keys, {
      batch,
      capacity,
      heads: kvHeads,
      width: valueWidth,
      panels: "columns",
    }),
  };
  const powers = fused ? fusedFor(instance, batch * heads * queries * keys) : undefined;
  const plan = layout(sizes, options);
  const ptr = instance.allocateOrThrow(plan.bytes, "attention");
  try {
    // What was cached may have been evicted for the rest.
    const block = new Block(instance, exports, ptr, plan, sizes, options, kept.keys?.ptr ?? 0, kept.values?.ptr ?? 0);
    for (let b = 0; b < batch; b++) {
      block.loadKeysAndValues(key, value, b);
      for (let t = 0; t < queries; t += plan.block)
        block.attend(query, out, b, t, min(plan.block, queries - t), powers, fused);
    }
  } finally {
    instance.release(ptr, plan.bytes);
  }
}

class Block {
  readonly #kernels: KernelExports;
  readonly #exports: AttentionExports;
  readonly #ptr: number;
  readonly #at: Layout;
  readonly #sizes: AttentionSizes;
  readonly #options: AttentionOptions;
  /** The whole memory, in bytes if there is a mask, and where in it the block begins. */
  readonly #floats: Float32Array;
  readonly #bytes: Uint8Array | undefined;
  readonly #start: number;
  /** Whether keys without a weight may be left out. A fused sum may be -0, which a product of +0 changes. */
  readonly #sparse: boolean;
  /** The addresses of the cached keys and values of all batch elements, or 0 where they are not cached. */
  readonly #keptKeys: number;
  readonly #keptValues: number;

  constructor(
    arena: Arena,
    exports: AttentionExports,
    ptr: number,
    at: Layout,
    sizes: AttentionSizes,
    options: AttentionOptions,
    keptKeys: number,
    keptValues: number,
  ) {
    this.#kernels = arena.exports;
    this.#exports = exports;
    this.#ptr = ptr;
    this.#at = at;
    this.#sizes = sizes;
    this.#options = options;
    this.#keptKeys = keptKeys;
    this.#keptValues = keptValues;
    this.#floats = arena.floats;
    this.#bytes = options.mask && new Uint8Array(arena.floats.buffer);
    this.#start = ptr / FLOAT;
    this.#sparse = options.mask !== undefined && !arena.fusesProducts;
    this.#floats.fill(options.scale, this.#start + at.scale, this.#start + at.scale + 4);
  }

  /** They come to the region of loaded rows. Values stay there where queries are few. */
  loadKeysAndValues(key: Float32Array, value: Float32Array, b: number): void {
    const { keys, queries, kvHeads, width, valueWidth } = this.#sizes;
    const at = this.#at;
    if (this.#keptKeys === 0) {
      this.#load(key, b, width);
      const panels = paddedTo(8, keys) * width;
      for (let h = 0; h < kvHeads; h++)
        this.#exports.packKeysF32(
          this.#address(at.loaded + h * width),
          this.#address(at.keys + h * panels),
          FLOAT * kvHeads * width,
          keys,
          width,
        );
    }
    if (this.#keptValues !== 0) return;
    this.#load(value, b, valueWidth);
    if (queries < FEW_ROWS) return;
    const panels = keys * paddedTo(8, valueWidth);
    for (let h = 0; h < kvHeads; h++)
      this.#exports.packValuesF32(
        this.#address(at.loaded + h * valueWidth),
        this.#address(at.values + h * panels),
        FLOAT * kvHeads * valueWidth,
        FLOAT * 8 * keys,
        keys,
        valueWidth,
      );
  }

  #load(data: Float32Array, b: number, width: number): void {
    const { keys, capacity, kvHeads } = this.#sizes;
    const row = kvHeads * width;
    this.#floats.set(data.subarray(b * capacity * row, (b * capacity + keys) * row), this.#start + this.#at.loaded);
  }

  /** Query rows t .. t + count - 1 of batch element `b`. */
  attend(
    query: Float32Array,
    out: Float32Array,
    b: number,
    t: number,
    count: number,
    powers: FusedExports | undefined,
    fused: boolean,
  ): void {
    const { queries, heads, width, valueWidth } = this.#sizes;
    const at = this.#at;
    const first = (b * queries + t) * heads;
    const floats = this.#floats;
    const start = this.#start;
    const asked = count * heads * width;
    floats.set(
      query.length === asked ? query : query.subarray(first * width, first * width + asked),
      start + at.queries,
    );
    for (let h = 0; h < heads; h += at.heads) {
      const some = min(at.heads, heads - h);
      for (let r = 0; r < count; r += at.step) {
        const rows = min(at.step, count - r);
        for (let i = 0; i < some; i++) this.#score(b, h + i, t, r, rows, count, this.#rowsOf(i, rows));
        this.#weigh(some * rows, powers, fused);
        for (let i = 0; i < some; i++) this.#sum(b, h + i, t, r, rows, count, this.#rowsOf(i, rows));
      }
    }
    copyOut(floats, count * heads * valueWidth, out, first * valueWidth, start + at.results);
  }

  /** Where the scores of head `i` of those at a time are, with `count` rows each: an element of the block. */
  #rowsOf(i: number, count: number): number {
    return this.#at.rows + i * count * paddedTo(16, this.#sizes.keys);
  }

  /** Scores of rows t + r .. t + r + count - 1 of head `h`, where rows t .. t + loaded - 1 are at hand. */
  #score(b: number, h: number, t: number, r: number, count: number, loaded: number, rows: number): void {
    const { keys, capacity, heads, kvHeads, width } = this.#sizes;
    const { bias, mask, masked } = this.#options;
    const at = this.#at;
    const floats = this.#floats;
    const kvHead = floor(h / (heads / kvHeads));
    const kept = this.#keptKeys !== 0;
    const panels = FLOAT * width * paddedTo(8, kept ? capacity : keys);
    if (r === 0) {
      if (bias) copyOverlay(bias, b, h, t * keys, loaded * keys, floats, this.#start + at.bias);
      if (mask) copyOverlay(mask, b, h, t * keys, loaded * keys, this.#bytes!, this.#address(at.mask));
    }
    const maskPtr = mask ? this.#address(at.mask) + r * keys : 0;
    this.#exports.scoresF32(
      this.#address(at.queries + (r * heads + h) * width),
      FLOAT * heads * width,
      kept ? this.#keptKeys + (b * kvHeads + kvHead) * panels : this.#address(at.keys) + kvHead * panels,
      maskPtr,
      this.#address(rows),
      count,
      keys,
      width,
    );
    if (!bias && !mask) return;
    this.#scale(rows, count);
    const biasPtr = bias ? this.#address(at.bias + r * keys) : 0;
    this.#exports.overlayF32(this.#address(rows), biasPtr, maskPtr, count, keys, masked);
  }

  #scale(rows: number, count: number): void {
    const ptr = this.#address(rows);
    const n = count * paddedTo(16, this.#sizes.keys);
    this.#kernels.binaryF32(ARITHMETIC.multiply, ptr, this.#address(this.#at.scale), ptr, n, 4);
  }

  /** Makes weights of `count` rows of scores. */
  #weigh(count: number, powers: FusedExports | undefined, fused: boolean): void {
    const { keys } = this.#sizes;
    const { bias, mask, masked } = this.#options;
    const rows = this.#address(this.#at.rows);
    const row = paddedTo(16, keys);
    if (!bias && !mask) {
      this.#scale(this.#at.rows, count);
      if (row > keys) this.#exports.overlayF32(rows, 0, 0, count, keys, masked);
    }
    if (powers === undefined) this.#exports.weightsF32(rows, count, row, fused);
    else powers.weightsF32(rows, count, row);
  }

  /** The values times the weights at `rows`, as `#score` has its parameters. */
  #sum(b: number, h: number, t: number, r: number, count: number, loaded: number, rows: number): void {
    const { queries, keys, heads, kvHeads, valueWidth } = this.#sizes;
    const { multiplier, weights } = this.#options;
    const at = this.#at;
    if (weights !== undefined) {
      const to = ((b * heads + h) * queries + t + r) * keys;
      const from = this.#start + rows;
      copyRowsOut(this.#floats, from, paddedTo(16, keys), weights.subarray(to, to + count * keys), 0, count, keys);
    }
    if (multiplier && r === 0)
      copyOverlay(multiplier, b, h, t * keys, loaded * keys, this.#floats, this.#start + at.multiplier);
    const [values, stride, panel] = this.#valuesOf(b, floor(h / (heads / kvHeads)));
    this.#exports.outputsF32(
      this.#address(rows),
      values,
      stride,
      panel,
      multiplier ? this.#address(at.multiplier + r * keys) : 0,
      this.#address(at.results + (r * heads + h) * valueWidth),
      FLOAT * heads * valueWidth,
      this.#address(at.scratch),
      count,
      keys,
      valueWidth,
      this.#sparse,
    );
  }

  /** Where the values of a head are, and in bytes how far apart those of two keys, and eight columns from the next. */
  #valuesOf(b: number, kvHead: number): [ptr: number, stride: number, panel: number] {
    const { queries, keys, capacity, kvHeads, valueWidth } = this.#sizes;
    const { loaded, values } = this.#at;
    const head = FLOAT * paddedTo(8, valueWidth);
    if (this.#keptValues !== 0)
      return [this.#keptValues + (b * kvHeads + kvHead) * capacity * head, FLOAT * 8, FLOAT * 8 * capacity];
    if (queries < FEW_ROWS)
      return [this.#address(loaded + kvHead * valueWidth), FLOAT * kvHeads * valueWidth, FLOAT * 8];
    return [this.#address(values) + kvHead * keys * head, FLOAT * 8, FLOAT * 8 * keys];
  }

  #address(element: number): number {
    return this.#ptr + FLOAT * element;
  }
}

/** Copies the rows of an overlay for one head. What all heads share is there after the first. */
function copyOverlay<Data extends Float32Array | Uint8Array>(
  { data, batchStride, headStride }: Overlay<Data>,
  b: number,
  h: number,
  from: number,
  n: number,
  to: Data,
  at: number,
): void {
  if (h > 0 && headStride === 0) return;
  const start = b * batchStride + h * headStride + from;
  to.set(data.subarray(start, start + n), at);
}
