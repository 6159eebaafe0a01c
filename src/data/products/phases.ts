import { copyRun, PRODUCT_BLOCK } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { arrayData } from "../arraydata.ts";
import { derived } from "../manipulation/derived.ts";
import type { Shape } from "../shape.ts";
import { sizeOf } from "../shape.ts";
import type { Pads, Sliding } from "./window.ts";
import { spanOf } from "./window.ts";

/** The places of a spread convolution that see the same positions of the kernel, and the convolution that they are. */
export interface Phase {
  /** Along each axis: the first such place, how far apart they are, and how many. */
  readonly axes: readonly AxisPhase[];
  /** The positions of the kernel that meet elements there; undefined where none does. */
  readonly kernel: ArrayData | undefined;
  readonly sliding: Sliding;
}

interface AxisPhase {
  readonly first: number;
  readonly apart: number;
  readonly places: number;
  /** Positions of the kernel along the axis. */
  readonly positions: readonly number[];
  readonly pads: Pads;
  readonly stride: number;
  readonly dilation: number;
}

/** Fewer products than this, zeros included, take less time than a call for each phase: 50 us (Node 24, 2026-12). */
const WORTH = 2 ** 20;

/**
 * Whether a convolution with `places` places over an input that is spread with zeros can be cut into phases: then the
 * products with those zeros are left out. They are zeros, which change no sum that began at +0, where every weight is
 * finite. More terms than a block of a product has would be cut into other blocks.
 */
export function hasPhases(kernel: ArrayData, { strides, inputDilation, edges }: Sliding, places: number): boolean {
  if (edges !== "zero" || inputDilation.every((spread) => spread === 1)) return false;
  const outputs = kernel.shape.at(-1)!;
  if (sizeOf(kernel.shape) > PRODUCT_BLOCK * outputs || places * sizeOf(kernel.shape) < WORTH) return false;
  return inputDilation.every((spread, axis) => spread === 1 || strides[axis] === 1) && isFinite(kernel);
}

/** Whether every element is finite, looked up while the elements cannot change. */
function isFinite(kernel: ArrayData): boolean {
  const make = (): ArrayData => {
    const weights = kernel.storage.data as Float32Array;
    let sum = 0;
    for (let i = 0; i < weights.length; i++) sum += weights[i]! - weights[i]!;
    return arrayData([], "bool", Uint8Array.of(sum === 0 ? 1 : 0));
  };
  return derived(kernel, "is finite", make).storage.data[0] === 1;
}

/** The phases of a convolution over `x` [batch, ...spatial, inputs] with as many places. */
export function phasesOf(x: Shape, kernel: ArrayData, sliding: Sliding, places: Shape): Phase[] {
  const axes = places.map((count, axis) => axisPhases(x[axis + 1]!, kernel.shape[axis]!, axis, sliding, count));
  return product(axes).map((along) => ({
    axes: along,
    kernel: along.some(({ positions }) => positions.length === 0) ? undefined : positionsOf(kernel, along),
    sliding: {
      strides: along.map(({ stride }) => stride),
      pads: along.map(({ pads }) => pads),
      dilation: along.map(({ dilation }) => dilation),
      inputDilation: along.map(() => 1),
      edges: "zero",
    },
  }));
}

/**
 * Place first + t * spread sees element t + (first + i * dilation - low) / spread of an axis of size `n` under position
 * i of the kernel, where that is a whole number, and a zero under the others.
 */
function axisPhases(n: number, size: number, axis: number, sliding: Sliding, count: number): AxisPhase[] {
  const [spread, stride, step] = [sliding.inputDilation[axis]!, sliding.strides[axis]!, sliding.dilation[axis]!];
  const pads = sliding.pads[axis]!;
  const all = Array.from({ length: size }, (_, i) => i);
  if (spread === 1) return [{ first: 0, apart: 1, places: count, positions: all, pads, stride, dilation: step }];
  return Array.from({ length: Math.min(spread, count) }, (_, first) => {
    const positions = all.filter((i) => (first + i * step - pads[0]) % spread === 0);
    const places = Math.ceil((count - first) / spread);
    const dilation = positions.length < 2 ? 1 : ((positions[1]! - positions[0]!) * step) / spread;
    const low = positions.length === 0 ? 0 : (pads[0] - first - positions[0]! * step) / spread;
    const high = places - 1 + spanOf(positions.length, dilation) - n - low;
    return { first, apart: spread, places, positions, pads: [low, high], stride: 1, dilation };
  });
}

/** The rows of a kernel at the positions of a phase. */
function positionsOf(kernel: ArrayData, axes: readonly AxisPhase[]): ArrayData {
  const [inputs, outputs] = kernel.shape.slice(-2) as [number, number];
  return derived(kernel, `positions ${axes.map(({ positions }) => positions.join()).join(" ")}`, () => {
    const row = inputs * outputs;
    const sizes = axes.map(({ positions }) => positions.length);
    const rows = axes.reduce(
      (starts, { positions }, axis) => starts.flatMap((start) => positions.map((i) => start * kernel.shape[axis]! + i)),
      [0],
    );
    const data = new Float32Array(rows.length * row);
    rows.forEach((from, to) => copyRun(kernel.storage.data as Float32Array, from * row, row, data, to * row));
    return arrayData([...sizes, inputs, outputs], "float32", data);
  });
}

function product<T>(lists: readonly (readonly T[])[]): T[][] {
  return lists.reduce<T[][]>((all, list) => all.flatMap((head) => list.map((item) => [...head, item])), [[]]);
}

/**
 * Up to so many elements are copied one by one, without a call for each run: the first of all runs, the second of all
 * and so on, in 0.3 of the time of run after run for one element, 0.55 for three (Node 24, 2026-12).
 */
const FEW = 8;

/** Copies `count` runs of `n` elements, from index `at` on, to runs that are `step` apart from index `to` on. */
function spread(
  from: Float32Array,
  at: number,
  out: Float32Array,
  to: number,
  count: number,
  n: number,
  step: number,
): void {
  const end = to + count * step;
  if (n > FEW) for (; to < end; to += step, at += n) copyRun(from, at, n, out, to);
  else for (let j = 0; j < n; j++) for (let k = at + j, i = to + j; i < end; i += step, k += n) out[i] = from[k]!;
}

/** Writes the results `part` of a phase, `outputs` at a place, to their places in `out` [batch, ...places, outputs]. */
export function interleave(
  part: Float32Array,
  { axes }: Phase,
  out: Float32Array,
  batch: number,
  places: Shape,
  outputs: number,
): void {
  const last = axes.length - 1;
  let at = 0;
  const write = (axis: number, index: number): void => {
    const { first, apart, places: count } = axes[axis]!;
    let next = index * places[axis]! + first;
    if (axis < last) for (let t = 0; t < count; t++, next += apart) write(axis + 1, next);
    else if (apart === 1) {
      copyRun(part, at, count * outputs, out, next * outputs);
      at += count * outputs;
    } else {
      spread(part, at, out, next * outputs, count, outputs, apart * outputs);
      at += count * outputs;
    }
  };
  for (let b = 0; b < batch; b++) write(0, b);
}
