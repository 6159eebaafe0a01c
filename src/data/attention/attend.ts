import { attentionKernels } from "../../backend/index.ts";
import type { AttentionOptions, AttentionSizes, Overlay, RowWrites } from "../../base/index.ts";
import { config, ShapeError, shapesOnly } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, arrayData, ATTENDED, emptyData, PRIVATE } from "../arraydata.ts";
import type { DType } from "../dtype.ts";
import { reshaped, broadcastData } from "../manipulation/strided.ts";
import type { Shape } from "../shape.ts";
import { formatShape, sizeOf } from "../shape.ts";

/** How scores become weights. */
export interface AttentionParameters {
  /** The scores are multiplied by it. */
  readonly scale: number;
  /** What a masked score becomes. */
  readonly masked: number;
  /** Query t sees the keys up to t only. */
  readonly causal?: boolean;
  /** Attend to the first so many keys only; all where it is not given. */
  readonly keys?: number | undefined;
  /** Where key and value are written a row at a time. */
  readonly keyWrites?: RowWrites | undefined;
  readonly valueWrites?: RowWrites | undefined;
  /** Where it is given, the weights are kept in it: computing the result makes them too. */
  readonly made?: { weights: ArrayData | undefined };
}

/** Arrays for each score: they broadcast to [..., heads, queries, keys]. */
export interface AttentionOverlays {
  /** Added to the scores. */
  readonly bias?: ArrayData | undefined;
  /** Scores are kept where it is not zero. */
  readonly mask?: ArrayData | undefined;
  /** The weights are multiplied by it before they are by the values. */
  readonly multiplier?: ArrayData | undefined;
}

/** The arrays of one attention, float32 save the mask, and in the order of an operation's inputs. */
export type AttentionInputs = [
  query: ArrayData,
  key: ArrayData,
  value: ArrayData,
  bias: ArrayData | undefined,
  mask: ArrayData | undefined,
  multiplier: ArrayData | undefined,
];

/**
 * Attention of float32 arrays whose shapes fit: `query` [..., queries, heads, width], `key` [..., capacity, kvHeads,
 * width], `value` [..., capacity, kvHeads, valueWidth]. The order of every sum is that of the contract's
 * `attentionF32`.
 *
 * @returns [..., queries, heads, valueWidth]
 * @throws ShapeError if an overlay does not broadcast
 */
export function attentionData(parameters: AttentionParameters, ...inputs: AttentionInputs): ArrayData {
  const [query, key, value, bias, mask, multiplier] = inputs;
  const { made } = parameters;
  if (made !== undefined) made.weights = emptyWeights(parameters, query, key);
  return attend(parameters, query, key, value, { bias, mask, multiplier }, made?.weights);
}

/**
 * The weights of an attention, [..., heads, queries, keys]: those that computing the result made, where it kept them.
 *
 * @throws ShapeError if an overlay does not broadcast
 */
export function attentionWeightsData(parameters: AttentionParameters, ...inputs: AttentionInputs): ArrayData {
  const { made } = parameters;
  if (made?.weights !== undefined) return made.weights;
  const [query, key, value, bias, mask, multiplier] = inputs;
  const weights = emptyWeights(parameters, query, key);
  attend(parameters, query, key, value, { bias, mask, multiplier }, weights);
  return weights;
}

/** An array for the weights. */
function emptyWeights({ keys }: AttentionParameters, query: ArrayData, key: ArrayData): ArrayData {
  const [queries, heads] = query.shape.slice(-3) as [number, number];
  return emptyData([...query.shape.slice(0, -3), heads, queries, keys ?? key.shape.at(-3)!], "float32");
}

/** `attentionData`; `weights` receives the weights, and `result` the elements of the result. */
export function attend(
  parameters: AttentionParameters,
  query: ArrayData,
  key: ArrayData,
  value: ArrayData,
  overlays: AttentionOverlays,
  weights?: ArrayData,
  result?: Float32Array,
): ArrayData {
  const queries = query.shape.at(-3)!;
  const { sizes, options, scores } = kernelArguments(parameters, query, key, value, overlays, {
    weights: weights && floats(weights),
    keyWrites: parameters.keyWrites ?? writesOf(key, queries),
    valueWrites: parameters.valueWrites ?? writesOf(value, queries),
  });
  const shape = [...scores.slice(0, -3), queries, sizes.heads, sizes.valueWidth];
  const out = result === undefined ? emptyData(shape, "float32") : arrayData(shape, "float32", result);
  attentionKernels().attentionF32(
    floats(query),
    floats(key),
    floats(value),
    floats(out),
    sizes,
    options,
    config.profile === "fma",
  );
  return out;
}

/**
 * What kernels of attention are told, and the shape of the scores.
 *
 * @param forward what the forward kernel alone is told
 * @throws ShapeError as `attentionData`
 */
export function kernelArguments(
  { scale, masked, causal = false, keys }: AttentionParameters,
  query: ArrayData,
  key: ArrayData,
  value: ArrayData,
  { bias, mask, multiplier }: AttentionOverlays,
  forward?: Pick<AttentionOptions, "weights" | "keyWrites" | "valueWrites">,
): { readonly sizes: AttentionSizes; readonly options: AttentionOptions; readonly scores: Shape } {
  const rank = query.shape.length;
  const batchShape = query.shape.slice(0, rank - 3);
  const [queries, heads, width] = query.shape.slice(rank - 3) as [number, number, number];
  const [capacity, kvHeads] = key.shape.slice(rank - 3) as [number, number];
  const valueWidth = value.shape[rank - 1]!;
  const visibleKeys = keys ?? capacity;
  const scores = [...batchShape, heads, queries, visibleKeys];
  return {
    sizes: { batch: sizeOf(batchShape), queries, keys: visibleKeys, capacity, heads, kvHeads, width, valueWidth },
    options: {
      scale,
      masked,
      bias: bias && (overlay(bias, scores, "float32", "bias") as Overlay<Float32Array>),
      mask: visible(mask, causal, scores),
      multiplier: multiplier && (overlay(multiplier, scores, "float32", "multiplier") as Overlay<Float32Array>),
      // Named one by one: V8 spreads an object slowly, 3 us a call under Node 20.
      weights: forward?.weights,
      keyWrites: forward?.keyWrites,
      valueWrites: forward?.valueWrites,
    },
    scores,
  };
}

/** Beyond this many queries, copying keys and values takes a small part of the time. */
const FEW_QUERIES = 16;

/** Fewer elements than these are copied in less time than finding a copy takes. */
const MANY_ELEMENTS = 16384;

const NEVER: RowWrites = { count: 0, last: 0 };

/**
 * How keys or values came about that nobody can write to, such as those of an encoder that a decoder attends to at
 * every step: a backend may keep a copy. Told from their second use on, because most are used once and noting each of
 * those takes 5 us (Node 20, 2026-12).
 */
function writesOf({ storage }: ArrayData, queries: number): RowWrites | undefined {
  if (queries > FEW_QUERIES || shapesOnly.on || storage.data.length < MANY_ELEMENTS) return undefined;
  if (storage.access === ATTENDED) return NEVER;
  if (storage.access === PRIVATE) storage.access = ATTENDED;
  return undefined;
}

function floats(x: ArrayData): Float32Array {
  return x.storage.data as Float32Array;
}

/** The mask and the causal mask in one. */
function visible(mask: ArrayData | undefined, causal: boolean, scores: Shape): Overlay<Uint8Array> | undefined {
  const given = mask && (overlay(mask, scores, "bool", "mask") as Overlay<Uint8Array>);
  if (!causal) return given;
  const [queries, keys] = scores.slice(-2) as [number, number];
  const data = given === undefined ? new Uint8Array(queries * keys).fill(1) : given.data.slice();
  const plane = queries * keys;
  for (let from = 0; from < data.length; from += plane) {
    for (let t = 0; t < queries; t++)
      data.fill(0, from + Math.min(t * keys + t + 1, (t + 1) * keys), from + (t + 1) * keys);
  }
  return { batchStride: 0, headStride: 0, ...given, data };
}

/** `x` with its last two axes broadcast to those of the scores; what is alike for all batches or heads is kept once. */
function overlay(x: ArrayData, scores: Shape, dtype: DType, name: string): Overlay<Float32Array | Uint8Array> {
  const rank = scores.length;
  const own = x.shape.length < rank ? [...Array.from({ length: rank - x.shape.length }, () => 1), ...x.shape] : x.shape;
  if (own.length > rank || own.some((n, axis) => n !== 1 && n !== scores[axis])) throw overlayError(name, x, scores);
  const oneBatch = own.slice(0, rank - 3).every((n) => n === 1);
  const oneHead = own[rank - 3] === 1;
  const plane = scores[rank - 2]! * scores[rank - 1]!;
  const shape = scores.map((n, axis) => ((axis < rank - 3 && oneBatch) || (axis === rank - 3 && oneHead) ? 1 : n));
  const headStride = oneHead ? 0 : plane;
  const batchStride = oneBatch ? 0 : plane * shape[rank - 3]!;
  return {
    data: broadcastData(reshaped(castData(x, dtype), own), shape).storage.data as Float32Array | Uint8Array,
    batchStride,
    headStride,
  };
}

function overlayError(name: string, { shape }: ArrayData, scores: Shape): ShapeError {
  return new ShapeError(
    `dotProductAttention: "${name}" expected a shape that broadcasts to [..., heads, queries, keys] = ` +
      `${formatShape(scores)}, got ${formatShape(shape)}`,
  );
}
