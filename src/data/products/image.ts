import { copyRun, shapesOnly } from "../../base/index.ts";
import type { Padding, Piece, Windows } from "../../base/index.ts";
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
  /** How the padded array is made; undefined where it is the array itself. */
  readonly padding: Padding | undefined;
  readonly shape: Shape;
  readonly places: readonly number[];
  /** The windows in the padded array, and the same with what makes it of the array. */
  readonly windows: Windows;
  readonly unpadded: Windows;
  /** What the last call wrote, unless it is large: its padding stays, and all else is written again. */
  buffer: Float32Array | undefined;
}

/**
 * The windows of the sizes `kernel`, one axis at least, in float32 `x` [batch, ...spatial, features]: a run for each
 * position of the kernel, of the first `seen` features there, and `padding` beyond the edges.
 */
export function imageOf(x: ArrayData, kernel: Shape, sliding: Sliding, seen: number, padding: number): Image {
  const geometry = geometryOf(x.shape, kernel, sliding, seen, padding);
  return {
    data: geometry.padding === undefined ? (x.storage.data as Float32Array) : padded(x, geometry, geometry.padding),
    places: geometry.places,
    windows: geometry.windows,
  };
}

/**
 * Like `imageOf`, but the windows say how the padded array is made of one of the shape `own`, for kernels that write
 * the padding themselves.
 */
export function windowsIn(own: Shape, kernel: Shape, sliding: Sliding, seen: number, padding: number): Windows {
  return geometryOf(own, kernel, sliding, seen, padding).unpadded;
}

const CACHE_SIZE = 256;
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
export function keyOf(
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
  value: number,
): Geometry {
  const { strides, pads, dilation, inputDilation } = sliding;
  const last = kernel.length - 1;
  const features = own[own.length - 1]!;
  const bare = pads.every(([low, high]) => low === 0 && high === 0) && inputDilation.every((spread) => spread === 1);
  const sources = bare ? [] : kernel.map((_, axis) => paddedAxis(own[axis + 1]!, axis, sliding));
  const shape = bare ? own : [own[0]!, ...sources.map(({ length }) => length), features];
  const places = kernel.map((window, axis) => placesIn(shape[axis + 1]!, window, axis, sliding));
  const pitch = stridesOf(shape);
  const padding = bare
    ? undefined
    : {
        pitch: shape[last + 1]! * features,
        lines: linesOf(own, sources.slice(0, -1)),
        pieces: piecesOf(sources[last]!, features),
        value,
      };
  const windows = {
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
  };
  return { key, padding, shape, places, windows, unpadded: { ...windows, padding }, buffer: undefined };
}

/** Windows whose runs, `count` at a time, are neighbours: each such group is one run. */
export function joined({ lines, places, step, runs, run, padding }: Windows, count: number): Windows {
  const first: number[] = [];
  for (let i = 0; i < runs.length; i += count) first.push(runs[i]!);
  return { lines, places, step, runs: first, run: count * run, padding };
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

/** Where the lines of a padded array come from in one of shape `own`, -1 for those of padding alone. */
function linesOf(own: Shape, sources: readonly (readonly number[])[]): number[] {
  const steps = stridesOf(own);
  let all = offsets([own[0]!], steps);
  sources.forEach((source, axis) => {
    const step = steps[axis + 1]!;
    all = all.flatMap((start) => source.map((at) => (start < 0 || at < 0 ? -1 : start + at * step)));
  });
  return all;
}

/** The padded array of `x`. */
function padded(x: ArrayData, geometry: Geometry, { lines, pieces, pitch }: Padding): Float32Array {
  const from = x.storage.data as Float32Array;
  const to = geometry.buffer === undefined || shapesOnly.on ? bufferFor(geometry) : geometry.buffer;
  if (to.length === 0) return to;
  for (let line = 0, at = 0; line < lines.length; line++, at += pitch) {
    const start = lines[line]!;
    if (start >= 0) for (const piece of pieces) copyRun(from, start + piece.from, piece.n, to, at + piece.to);
  }
  return to;
}

/** An array of the geometry's shape with nothing but padding; a small one is kept. */
function bufferFor(geometry: Geometry): Float32Array {
  const isKept = sizeOf(geometry.shape) <= MAX_BUFFER;
  const make = (): ArrayData => zerosData(geometry.shape, "float32");
  const buffer = (isKept ? outsideRegions(make) : make()).storage.data as Float32Array;
  const { value } = geometry.padding!;
  if (value !== 0) buffer.fill(value);
  if (buffer.length > 0 && isKept) geometry.buffer = buffer;
  return buffer;
}
