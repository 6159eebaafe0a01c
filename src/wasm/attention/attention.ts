import { ARITHMETIC } from "../../base/index.ts";
import type { AttentionOptions, AttentionSizes, Overlay } from "../../base/index.ts";
import { copyOut, copyRowsOut } from "../copy.ts";
import { fusedFor } from "../fused/link.ts";
import type { Instance } from "../instance.ts";
import type { Arena } from "../memory.ts";
import type { Scheduler } from "../scheduler.ts";
import type { AttentionExports, FusedExports, KernelExports } from "../exports.ts";
import { kvCacheOf } from "./kvcache.ts";
import type { Layout } from "./layout.ts";
import { FEW_ROWS, FLOAT, layout, paddedTo, SLACK } from "./layout.ts";

const { floor, min } = Math;

/** A term takes as long as so many of a product of matrices. */
const TERMS = 4;

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
  const plan = layout(sizes, options, instance.scheduler?.threads);
  const ptr = instance.allocateOrThrow(plan.bytes, "attention");
  try {
    // What was cached may have been evicted for the rest.
    const block = new Block(
      instance,
      exports,
      ptr,
      plan,
      sizes,
      options,
      kept.keys?.ptr ?? 0,
      kept.values?.ptr ?? 0,
      powers,
      fused,
    );
    for (let b = 0; b < batch; b++) {
      block.loadKeysAndValues(key, value, b);
      for (let t = 0; t < queries; t += plan.block) block.attend(query, out, b, t, min(plan.block, queries - t));
    }
  } finally {
    instance.release(ptr, plan.bytes);
  }
}

/** The kernels that attend, or what records their calls for threads. */
interface Attending {
  readonly kernels: KernelExports;
  readonly exports: AttentionExports;
  /** Those of fused multiply-adds, or undefined for the emulation. */
  readonly powers: FusedExports | undefined;
}

class Block {
  readonly #exports: AttentionExports;
  readonly #attending: Attending;
  /** What shares the calls, where that is not this thread alone. */
  readonly #scheduler: Scheduler | undefined;
  readonly #fused: boolean;
  readonly #ptr: number;
  readonly #at: Layout;
  readonly #sizes: AttentionSizes;
  readonly #options: AttentionOptions;
  /** The whole memory, in bytes if there is a mask, and where in it the block begins. */
  readonly #floats: Float32Array;
  readonly #bytes: Uint8Array | undefined;
  readonly #start: number;
  /** Copies weights out that are there when the threads are done. */
  readonly #copies: (() => void)[] = [];
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
    powers: FusedExports | undefined,
    fused: boolean,
  ) {
    this.#exports = exports;
    this.#fused = fused;
    const recorded = options.weights && options.multiplier ? undefined : recorders(arena, exports, powers);
    this.#scheduler = recorded && arena.scheduler;
    this.#attending = recorded ?? { kernels: arena.exports, exports, powers };
    this.#ptr = ptr;
    this.#at = at;
    this.#sizes = sizes;
    this.#options = options;
    this.#keptKeys = keptKeys;
    this.#keptValues = keptValues;
    this.#floats = arena.floats;
    this.#bytes = options.mask && new Uint8Array(arena.floats.buffer);
    this.#start = ptr / FLOAT;
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
  attend(query: Float32Array, out: Float32Array, b: number, t: number, count: number): void {
    const { queries, keys, heads, width, valueWidth } = this.#sizes;
    const at = this.#at;
    const first = (b * queries + t) * heads;
    const floats = this.#floats;
    const start = this.#start;
    const asked = count * heads * width;
    floats.set(
      query.length === asked ? query : query.subarray(first * width, first * width + asked),
      start + at.queries,
    );
    let parts = 0;
    for (let h = 0; h < heads; h += at.heads) {
      const some = min(at.heads, heads - h);
      for (let r = 0; r < count; r += at.step) {
        const rows = min(at.step, count - r);
        const place = (i: number): number => at.rows + parts * at.part + i * rows * paddedTo(16, keys);
        this.#scheduler?.begin();
        for (let i = 0; i < some; i++) this.#score(b, h + i, t, r, rows, count, place(i));
        this.#weigh(some * rows, place(0));
        const scratch = at.scratch + parts * (32 + SLACK);
        for (let i = 0; i < some; i++) this.#sum(b, h + i, t, r, rows, count, place(i), scratch);
        if (++parts === at.parts) {
          this.#finish(parts);
          parts = 0;
        }
      }
    }
    this.#finish(parts);
    copyOut(floats, count * heads * valueWidth, out, first * valueWidth, start + at.results);
  }

  /** Has the threads do what was recorded for so many parts. */
  #finish(parts: number): void {
    if (this.#scheduler === undefined || parts === 0) return;
    const { keys, width, valueWidth } = this.#sizes;
    const { heads, step } = this.#at;
    this.#scheduler.run(TERMS * parts * heads * step * keys * (width + valueWidth));
    for (const copy of this.#copies) copy();
    this.#copies.length = 0;
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
      if (bias) copyOverlay(bias, b, h, t * keys, loaded * keys, floats, this.#start + at.bias + placeOf(bias, at, h));
      if (mask)
        copyOverlay(mask, b, h, t * keys, loaded * keys, this.#bytes!, this.#address(at.mask) + placeOf(mask, at, h));
    }
    const { exports } = this.#attending;
    const maskPtr = mask ? this.#address(at.mask) + placeOf(mask, at, h) + r * keys : 0;
    exports.scoresF32(
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
    const biasPtr = bias ? this.#address(at.bias + placeOf(bias, at, h) + r * keys) : 0;
    exports.overlayF32(this.#address(rows), biasPtr, maskPtr, count, keys, masked);
  }

  #scale(rows: number, count: number): void {
    const ptr = this.#address(rows);
    const n = count * paddedTo(16, this.#sizes.keys);
    this.#attending.kernels.binaryF32(ARITHMETIC.multiply, ptr, this.#address(this.#at.scale), ptr, n, 4);
  }

  /** Makes weights of the `count` rows of scores at `place`. */
  #weigh(count: number, place: number): void {
    const { keys } = this.#sizes;
    const { bias, mask, masked } = this.#options;
    const { exports, powers } = this.#attending;
    const rows = this.#address(place);
    const row = paddedTo(16, keys);
    if (!bias && !mask) {
      this.#scale(place, count);
      if (row > keys) exports.overlayF32(rows, 0, 0, count, keys, masked);
    }
    if (powers === undefined) exports.weightsF32(rows, count, row, this.#fused);
    else powers.weightsF32(rows, count, row);
  }

  /** The values times the weights at `rows`, as `#score` has its parameters. */
  #sum(b: number, h: number, t: number, r: number, count: number, loaded: number, rows: number, scratch: number): void {
    const { queries, keys, heads, kvHeads, valueWidth } = this.#sizes;
    const { mask, multiplier, weights } = this.#options;
    const at = this.#at;
    if (weights !== undefined) {
      const to = ((b * heads + h) * queries + t + r) * keys;
      const from = this.#start + rows;
      const copy = (): void =>
        copyRowsOut(this.#floats, from, paddedTo(16, keys), weights.subarray(to, to + count * keys), 0, count, keys);
      if (this.#scheduler === undefined) copy();
      else this.#copies.push(copy);
    }
    const factors = at.multiplier + (multiplier ? placeOf(multiplier, at, h) : 0);
    if (multiplier && r === 0)
      copyOverlay(multiplier, b, h, t * keys, loaded * keys, this.#floats, this.#start + factors);
    const [values, stride, panel] = this.#valuesOf(b, floor(h / (heads / kvHeads)));
    this.#attending.exports.outputsF32(
      this.#address(rows),
      values,
      stride,
      panel,
      multiplier ? this.#address(factors + r * keys) : 0,
      this.#address(at.results + (r * heads + h) * valueWidth),
      FLOAT * heads * valueWidth,
      this.#address(scratch),
      count,
      keys,
      valueWidth,
      mask !== undefined,
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

/** What records calls of the kernels for the threads on this memory; undefined where there are none that can. */
function recorders(arena: Arena, exports: AttentionExports, powers: FusedExports | undefined): Attending | undefined {
  const { scheduler } = arena;
  const kernels = scheduler?.recorder(arena.exports);
  const own = scheduler?.recorder(exports);
  const fused = powers && scheduler?.recorder(powers);
  if (kernels === undefined || own === undefined || (powers !== undefined && fused === undefined)) return undefined;
  return { kernels, exports: own, powers: fused };
}

/** Where the rows of an overlay for head `h` are in its region. */
function placeOf({ headStride }: Overlay<Float32Array | Uint8Array>, { overlay }: Layout, h: number): number {
  return headStride === 0 ? 0 : h * overlay;
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
