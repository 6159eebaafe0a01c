import { kernels } from "../../backend/index.ts";
import type { Overlay, RowWrites } from "../../base/index.ts";
import { config, ShapeError } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, arrayData, zerosData } from "../arraydata.ts";
import type { DType } from "../dtype.ts";
import type { Shape } from "../shape.ts";
import { broadcastIndex, formatShape, sameShape, sizeOf } from "../shape.ts";

/** What is laid over the scores: each broadcasts to [..., heads, queries, keys]. */
export interface AttentionOverlays {
  readonly bias?: ArrayData | undefined;
  /** Scores are kept where it is not zero. */
  readonly mask?: ArrayData | undefined;
  /** Query t sees the keys up to t only. */
  readonly causal?: boolean;
  /** What the weights are multiplied by before they meet the values. */
  readonly multiplier?: ArrayData | undefined;
}

export interface AttentionParts extends AttentionOverlays {
  readonly scale: number;
  /** What a masked score becomes. */
  readonly masked: number;
  /** Attend to the first so many keys only; all where it is not given. */
  readonly keys?: number | undefined;
  /** Where key and value are written a row at a time. */
  readonly keyWrites?: RowWrites | undefined;
  readonly valueWrites?: RowWrites | undefined;
}

/**
 * Attention of float32 arrays whose shapes fit: `query` [..., queries, heads, width], `key` [..., capacity, kvHeads,
 * width], `value` [..., capacity, kvHeads, valueWidth]. The order of every sum is that of the contract's
 * `attentionF32`.
 *
 * @param weights receives the weights, [..., heads, queries, keys]
 * @param room for the elements of the result
 * @returns [..., queries, heads, valueWidth]
 * @throws ShapeError if an overlay does not broadcast
 */
export function attentionData(
  query: ArrayData,
  key: ArrayData,
  value: ArrayData,
  parts: AttentionParts,
  weights?: ArrayData,
  room?: Float32Array,
): ArrayData {
  const rank = query.shape.length;
  const batchShape = query.shape.slice(0, rank - 3);
  const [queries, heads, width] = query.shape.slice(rank - 3) as [number, number, number];
  const [capacity, kvHeads] = key.shape.slice(rank - 3) as [number, number];
  const valueWidth = value.shape[rank - 1]!;
  const keys = parts.keys ?? capacity;
  const scores = [...batchShape, heads, queries, keys];
  const shape = [...batchShape, queries, heads, valueWidth];
  const out = room === undefined ? zerosData(shape, "float32") : arrayData(shape, "float32", room);
  kernels().attentionF32(
    floats(query),
    floats(key),
    floats(value),
    floats(out),
    { batch: sizeOf(batchShape), queries, keys, capacity, heads, kvHeads, width, valueWidth },
    {
      scale: parts.scale,
      masked: parts.masked,
      bias: parts.bias && (overlay(parts.bias, scores, "float32", "bias") as Overlay<Float32Array>),
      mask: visible(parts, scores),
      multiplier:
        parts.multiplier && (overlay(parts.multiplier, scores, "float32", "multiplier") as Overlay<Float32Array>),
      weights: weights && floats(weights),
      keyWrites: parts.keyWrites,
      valueWrites: parts.valueWrites,
    },
    config.profile === "fma",
  );
  return out;
}

function floats(x: ArrayData): Float32Array {
  return x.storage.data as Float32Array;
}

/** The mask and the causal mask in one. */
function visible({ mask, causal }: AttentionOverlays, scores: Shape): Overlay<Uint8Array> | undefined {
  const given = mask && (overlay(mask, scores, "bool", "mask") as Overlay<Uint8Array>);
  if (causal !== true) return given;
  const [queries, keys] = scores.slice(-2) as [number, number];
  const data = given === undefined ? new Uint8Array(queries * keys).fill(1) : given.data.slice();
  const plane = queries * keys;
  for (let from = 0; from < data.length; from += plane) {
    for (let t = 0; t < queries; t++)
      data.fill(0, from + Math.min(t * keys + t + 1, (t + 1) * keys), from + (t + 1) * keys);
  }
  return { batchStride: 0, headStride: 0, ...given, data };
}

/** `x` with its last two axes stretched to those of the scores, and what is alike for all batches or heads kept once. */
function overlay(x: ArrayData, scores: Shape, dtype: DType, name: string): Overlay<Float32Array | Uint8Array> {
  const rank = scores.length;
  const own = x.shape.length < rank ? [...Array.from({ length: rank - x.shape.length }, () => 1), ...x.shape] : x.shape;
  if (own.length > rank || own.some((n, axis) => n !== 1 && n !== scores[axis])) {
    throw new ShapeError(
      `dotProductAttention: "${name}" expected a shape that broadcasts to [..., heads, queries, keys] = ${formatShape(scores)}, got ${formatShape(x.shape)}`,
    );
  }
  const oneBatch = own.slice(0, rank - 3).every((n) => n === 1);
  const oneHead = own[rank - 3] === 1;
  const plane = scores[rank - 2]! * scores[rank - 1]!;
  const shape = scores.map((n, axis) => ((axis < rank - 3 && oneBatch) || (axis === rank - 3 && oneHead) ? 1 : n));
  const headStride = oneHead ? 0 : plane;
  const batchStride = oneBatch ? 0 : plane * shape[rank - 3]!;
  return {
    data: stretched(castData(x, dtype), own, shape).storage.data as Float32Array | Uint8Array,
    batchStride,
    headStride,
  };
}

function stretched(x: ArrayData, own: Shape, shape: Shape): ArrayData {
  if (sameShape(own, shape)) return x;
  const out = zerosData(shape, x.dtype);
  const from = x.storage.data;
  const to = out.storage.data;
  const index = broadcastIndex(own, shape);
  for (let i = 0; i < to.length; i++) to[i] = from[index(i)]!;
  return out;
}
