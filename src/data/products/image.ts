import { shapesOnly } from "../../base/index.ts";
import type { Windows } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { outsideRegions } from "../access.ts";
import { zerosData } from "../arraydata.ts";
import { stridesOf } from "../manipulation/strided.ts";
import type { Shape } from "../shape.ts";
import { sameShape, sizeOf } from "../shape.ts";
import type { Sliding } from "./window.ts";
import { paddedAxis, placesIn } from "./window.ts";

/** An array with its padding written out, and where the windows lie in it. */
export interface Image {
  /** Read it at once: the next image of the same shape may be written over it. */
  readonly data: Float32Array;
  /** The places of the window along each spatial axis. */
  readonly places: readonly number[];
  readonly windows: Windows;
}

/** What does not depend on the elements, and a buffer for them. */
interface Geometry {
  readonly key: readonly number[];
  readonly padding: number;
  /** Which index of the array stands at each place of each padded axis, -1 for padding; none where there is none. */
  readonly sources: readonly (readonly number[])[];
  /** The same for the last of these axes, in elements: neighbours that stay neighbours go together. */
  readonly pieces: readonly Piece[];
  readonly shape: Shape;
  readonly places: readonly number[];
  readonly windows: Windows;
  /** What the last call wrote, unless it is large: its padding stays, and all else is written again. */
  buffer: Float32Array | undefined;
}

/** `n` elements from index `from` on that go to index `to` on. */
interface Piece {
  readonly from: number;
  readonly to: number;
  readonly n: number;
}

/**
 * The windows of the sizes `kernel`, one axis at least, in float32 `x` [batch, ...spatial, features]: a run for each
 * position of the kernel, of the first `seen` features there, and `padding` beyond the edges.
 */
export function imageOf(x: ArrayData, kernel: Shape, sliding: Sliding, seen: number, padding: number): Image {
  const geometry = geometryOf(x.shape, kernel, sliding, seen, padding);
  return {
    data: geometry.sources.length === 0 ? (x.storage.data as Float32Array) : padded(x, geometry),
    places: geometry.places,
    windows: geometry.windows,
  };
}

const CACHE_SIZE = 64;
/** Longer lists than this are not kept. */
const MAX_LINES = 4096;
/** Larger padded arrays than this, 64 KiB, are made anew at every call. */
const MAX_BUFFER = 16384;
const cache: (Geometry | undefined)[] = Array.from({ length: CACHE_SIZE });

/** A model slides the same windows over the same shapes at every call, so that their geometry is cached. */
function geometryOf(own: Shape, kernel: Shape, sliding: Sliding, seen: number, padding: number): Geometry {
  const key = keyOf(own, kernel, sliding, seen, padding);
  let hash = 0;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key[i]!, 0x01000193);
  const at = (hash ^ (hash >>> 16)) & (CACHE_SIZE - 1);
  const known = cache[at];
  if (known !== undefined && sameShape(known.key, key)) return known;
  const made = makeGeometry(key, own, kernel, sliding, seen, padding);
  if (made.windows.lines.length <= MAX_LINES) cache[at] = made;
  return made;
}

/**
 * All that a geometry depends on. Numbers are pushed one by one: spread arrays take 100 to 1000 ns, this takes 70
 * (Node 20, 2026-11).
 */
function keyOf(
  own: Shape,
  kernel: Shape,
  { strides, pads, dilation, inputDilation, edges }: Sliding,
  seen: number,
  padding: number,
): number[] {
  const key = [own.length, seen, padding, edges === "zero" ? 0 : edges === "wrap" ? 1 : 2];
  for (let i = 0; i < own.length; i++) key.push(own[i]!);
  for (let axis = 0; axis < kernel.length; axis++)
    key.push(kernel[axis]!, strides[axis]!, dilation[axis]!, inputDilation[axis]!, pads[axis]![0], pads[axis]![1]);
  return key;
}

function makeGeometry(
  key: readonly number[],
  own: Shape,
  kernel: Shape,
  sliding: Sliding,
  seen: number,
  padding: number,
): Geometry {
  const { strides, pads, dilation, inputDilation } = sliding;
  const last = kernel.length - 1;
  const features = own[own.length - 1]!;
  const bare = pads.every(([low, high]) => low === 0 && high === 0) && inputDilation.every((spread) => spread === 1);
  const sources = bare ? [] : kernel.map((_, axis) => paddedAxis(own[axis + 1]!, axis, sliding));
  const shape = bare ? own : [own[0]!, ...sources.map(({ length }) => length), features];
  const places = kernel.map((window, axis) => placesIn(shape[axis + 1]!, window, axis, sliding));
  const pitch = stridesOf(shape);
  return {
    key,
    padding,
    sources,
    pieces: bare ? [] : piecesOf(sources[last]!, features),
    shape,
    places,
    windows: {
      lines: offsets(
        [own[0]!, ...places.slice(0, -1)],
        pitch.slice(0, -2).map((p, axis) => (axis === 0 ? p : p * strides[axis - 1]!)),
      ),
      places: places[last]!,
      step: strides[last]! * features,
      runs: offsets(
        kernel,
        kernel.map((_, axis) => dilation[axis]! * pitch[axis + 1]!),
      ),
      run: seen,
    },
    buffer: undefined,
  };
}

/** Windows whose runs, `count` at a time, are neighbours: each such group is one run. */
export function joined({ lines, places, step, runs, run }: Windows, count: number): Windows {
  const first: number[] = [];
  for (let i = 0; i < runs.length; i += count) first.push(runs[i]!);
  return { lines, places, step, runs: first, run: count * run };
}

/** How far in each index of `shape` lies, row-major, with the steps of its axes. */
function offsets(shape: Shape, steps: readonly number[]): number[] {
  let all = [0];
  for (let axis = 0; axis < shape.length; axis++) {
    const before = all;
    all = [];
    for (const start of before) for (let i = 0, at = start; i < shape[axis]!; i++, at += steps[axis]!) all.push(at);
  }
  return all;
}

/** Where the indices `source` of an axis come from, -1 from nowhere, as runs of elements, `features` an index. */
function piecesOf(source: readonly number[], features: number): Piece[] {
  const pieces: Piece[] = [];
  for (let i = 0, end = 0; i < source.length; i = end) {
    end = i + 1;
    if (source[i]! < 0) continue;
    while (end < source.length && source[end] === source[end - 1]! + 1) end++;
    pieces.push({ from: source[i]! * features, to: i * features, n: (end - i) * features });
  }
  return pieces;
}

/** An array of the geometry's shape: the elements of `x` where it has them along each spatial axis, else `padding`. */
function padded(x: ArrayData, geometry: Geometry): Float32Array {
  const { sources, pieces, shape } = geometry;
  const from = x.storage.data as Float32Array;
  const to = geometry.buffer === undefined || shapesOnly.on ? bufferFor(geometry) : geometry.buffer;
  if (to.length === 0) return to;
  const last = sources.length - 1;
  const [steps, pitch] = [stridesOf(x.shape), stridesOf(shape)];
  const image = (axis: number, start: number, out: number): void => {
    if (axis === last) {
      for (const piece of pieces) copyRun(from, start + piece.from, piece.n, to, out + piece.to);
      return;
    }
    const source = sources[axis]!;
    for (let i = 0; i < source.length; i++)
      if (source[i]! >= 0) image(axis + 1, start + source[i]! * steps[axis + 1]!, out + i * pitch[axis + 1]!);
  };
  for (let b = 0; b < shape[0]!; b++) image(0, b * steps[0]!, b * pitch[0]!);
  return to;
}

/** An array of the geometry's shape with nothing but padding; a small one is kept. */
function bufferFor(geometry: Geometry): Float32Array {
  const isKept = sizeOf(geometry.shape) <= MAX_BUFFER;
  const make = (): ArrayData => zerosData(geometry.shape, "float32");
  const buffer = (isKept ? outsideRegions(make) : make()).storage.data as Float32Array;
  if (geometry.padding !== 0) buffer.fill(geometry.padding);
  if (buffer.length > 0 && isKept) geometry.buffer = buffer;
  return buffer;
}

/** Copies `n` elements; up to 64 an element loop is faster than the views of `set` (Node 20, 2026-11). */
function copyRun(from: Float32Array, start: number, n: number, to: Float32Array, at: number): void {
  if (n < 64) for (let i = 0; i < n; i++) to[at + i] = from[start + i]!;
  else to.set(from.subarray(start, start + n), at);
}
