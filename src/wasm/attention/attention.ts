import type { AttentionOptions, AttentionSizes, Overlay } from "../../base/index.ts";
import { copyOut } from "../copy.ts";
import type { Instance } from "../instance.ts";
import type { Arena } from "../memory.ts";
import type { AttentionExports } from "../exports.ts";
import { kvCacheOf } from "./kvcache.ts";

const { ceil, floor, max, min } = Math;

/** A block of query rows with all that belongs to it fills about this many elements: 1 MiB. */
const BLOCK_ELEMENTS = 2 ** 18;
/** The kernel reads up to this many elements past the end of what it is given. */
const SLACK = 8;
const FLOAT = 4;

/**
 * Attention through a block of linear memory that is allocated for the call. It holds the packed keys and the values of
 * a batch element. Then, for a block of query rows at a time, it holds the queries, the overlays and the results.
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
  const { batch, capacity, keys, kvHeads: heads, width, valueWidth } = sizes;
  const kvCache = kvCacheOf(instance, exports);
  const kept = {
    keys: kvCache.find(key, options.keyWrites, keys, { batch, capacity, heads, width, panels: true }),
    values: kvCache.find(value, options.valueWrites, keys, {
      batch,
      capacity,
      heads,
      width: valueWidth,
      panels: false,
    }),
  };
  const plan = layout(sizes, options);
  const ptr = instance.allocateOrThrow(plan.bytes, "attention");
  try {
    // What was cached may have been evicted for the rest.
    const block = new Block(instance, exports, ptr, plan, sizes, options, kept.keys?.ptr ?? 0, kept.values?.ptr ?? 0);
    for (let b = 0; b < sizes.batch; b++) {
      block.loadKeysAndValues(key, value, b);
      for (let t = 0; t < sizes.queries; t += plan.block)
        block.attend(query, out, b, t, min(plan.block, sizes.queries - t), fused);
    }
  } finally {
    instance.release(ptr, plan.bytes);
  }
}

/** The regions of the block, in elements from its start. */
interface Layout {
  /** Query rows at a time. */
  readonly block: number;
  readonly packed: number;
  readonly values: number;
  readonly rows: number;
  readonly queries: number;
  readonly results: number;
  readonly bias: number;
  readonly multiplier: number;
  readonly weights: number;
  readonly mask: number;
  readonly bytes: number;
}

function layout(
  { queries, keys, heads, kvHeads, width, valueWidth }: AttentionSizes,
  { bias, mask, multiplier, weights }: AttentionOptions,
): Layout {
  const overlays = (bias ? 1 : 0) + (multiplier ? 1 : 0) + (weights ? 1 : 0) + (mask ? 1 : 0);
  const perRow = heads * (width + valueWidth) + overlays * keys;
  const block = max(1, min(queries, 4 * floor(BLOCK_ELEMENTS / 4 / max(1, perRow)) || 4));
  let top = 0;
  const region = (elements: number): number => {
    const at = top;
    top += elements + SLACK;
    return at;
  };
  const panels = 8 * ceil(keys / 8);
  return {
    block,
    packed: region(kvHeads * panels * width),
    values: region(keys * kvHeads * max(width, valueWidth)),
    rows: region(4 * 16 * ceil(keys / 16) + 32),
    queries: region(block * heads * width),
    results: region(block * heads * valueWidth),
    bias: region(bias ? block * keys : 0),
    multiplier: region(multiplier ? block * keys : 0),
    weights: region(weights ? block * keys : 0),
    mask: region(mask ? ceil((block * keys) / FLOAT) : 0),
    bytes: FLOAT * top,
  };
}

class Block {
  readonly #exports: AttentionExports;
  readonly #ptr: number;
  readonly #at: Layout;
  readonly #sizes: AttentionSizes;
  readonly #options: AttentionOptions;
  /** The whole memory, and where in it the block begins. */
  readonly #floats: Float32Array;
  readonly #start: number;
  /** The addresses of the cached keys, in panels, and values of all batch elements, or 0 where they are not cached. */
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
    this.#exports = exports;
    this.#ptr = ptr;
    this.#at = at;
    this.#sizes = sizes;
    this.#options = options;
    this.#keptKeys = keptKeys;
    this.#keptValues = keptValues;
    this.#floats = arena.floats;
    this.#start = ptr / FLOAT;
  }

  /** The region of the values serves the keys too, on their way into panels. */
  loadKeysAndValues(key: Float32Array, value: Float32Array, b: number): void {
    const { keys, capacity, kvHeads, valueWidth } = this.#sizes;
    const at = this.#at;
    if (this.#keptKeys === 0) this.#pack(key, b);
    if (this.#keptValues !== 0) return;
    const row = kvHeads * valueWidth;
    this.#floats.set(value.subarray(b * capacity * row, (b * capacity + keys) * row), this.#start + at.values);
  }

  #pack(key: Float32Array, b: number): void {
    const { keys, capacity, kvHeads, width } = this.#sizes;
    const at = this.#at;
    const panels = 8 * ceil(keys / 8);
    const row = kvHeads * width;
    this.#floats.set(key.subarray(b * capacity * row, (b * capacity + keys) * row), this.#start + at.values);
    for (let h = 0; h < kvHeads; h++)
      this.#exports.packKeysF32(
        this.#address(at.values + h * width),
        this.#address(at.packed + h * panels * width),
        FLOAT * row,
        keys,
        width,
      );
  }

  /** Query rows t .. t + count - 1 of batch element `b`. */
  attend(query: Float32Array, out: Float32Array, b: number, t: number, count: number, fused: boolean): void {
    const { queries, keys, capacity, heads, kvHeads, width, valueWidth } = this.#sizes;
    const { scale, bias, mask, masked, multiplier, weights } = this.#options;
    const at = this.#at;
    const first = (b * queries + t) * heads;
    const panel = FLOAT * width * 8 * ceil((this.#keptKeys === 0 ? keys : capacity) / 8);
    const packed = this.#keptKeys === 0 ? this.#address(at.packed) : this.#keptKeys + b * kvHeads * panel;
    const values =
      this.#keptValues === 0
        ? this.#address(at.values)
        : this.#keptValues + FLOAT * b * capacity * kvHeads * valueWidth;
    const valueStep = FLOAT * (this.#keptValues === 0 ? 1 : capacity) * valueWidth;
    const valueStride = FLOAT * (this.#keptValues === 0 ? kvHeads : 1) * valueWidth;
    const group = heads / kvHeads;
    const floats = this.#floats;
    const start = this.#start;
    const bytes = mask && new Uint8Array(floats.buffer);
    const asked = count * heads * width;
    floats.set(
      query.length === asked ? query : query.subarray(first * width, first * width + asked),
      start + at.queries,
    );
    for (let h = 0; h < heads; h++) {
      if (bias) copyOverlay(bias, b, h, t * keys, count * keys, floats, start + at.bias);
      if (multiplier) copyOverlay(multiplier, b, h, t * keys, count * keys, floats, start + at.multiplier);
      if (mask) copyOverlay(mask, b, h, t * keys, count * keys, bytes!, this.#address(at.mask));
      const kvHead = floor(h / group);
      this.#exports.attentionF32(
        this.#address(at.queries + h * width),
        FLOAT * heads * width,
        packed + kvHead * panel,
        values + kvHead * valueStep,
        valueStride,
        bias ? this.#address(at.bias) : 0,
        mask ? this.#address(at.mask) : 0,
        multiplier ? this.#address(at.multiplier) : 0,
        this.#address(at.results + h * valueWidth),
        FLOAT * heads * valueWidth,
        weights ? this.#address(at.weights) : 0,
        this.#address(at.rows),
        count,
        keys,
        width,
        valueWidth,
        scale,
        masked,
        fused,
      );
      weights?.set(
        floats.subarray(start + at.weights, start + at.weights + count * keys),
        ((b * heads + h) * queries + t) * keys,
      );
    }
    copyOut(floats, count * heads * valueWidth, out, first * valueWidth, start + at.results);
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
