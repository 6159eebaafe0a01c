import { kernels } from "../backend.ts";
import type { Dense } from "./dense.ts";
import { dense, zerosDense } from "./dense.ts";
import { derived } from "./derived.ts";
import { sizeOf } from "./shape.ts";
import type { AxisWindows, Sliding } from "./window.ts";
import { axisWindows } from "./window.ts";

/** Elements of patches made at a time: 256 KiB, what the matrix product streams at once. */
const BLOCK = 65536;

/**
 * Slides `kernel` [...sizes, inputs / groups, outputs] over `x` [batch, ...spatial, inputs], both float32:
 * [batch, ...places, outputs]. Group g of the outputs sees group g of the inputs only.
 *
 * Each output is one sum with the arithmetic of `matmulDense` over the kernel's positions row-major, and at each over
 * the inputs of its group, ascending; padding takes part as zeros. Places are gathered into the rows of a matrix, a
 * block at a time, and multiplied with the kernel.
 */
export function convolve(x: Dense, kernel: Dense, sliding: Sliding, groups: number): Dense {
  const rank = x.shape.length - 2;
  const windows = kernel.shape.slice(0, rank);
  const [inputs, outputs] = kernel.shape.slice(-2) as [number, number];
  const axes = windows.map((window, axis) => axisWindows(x.shape[axis + 1]!, window, axis, sliding));
  const result = zerosDense([x.shape[0]!, ...axes.map(({ places }) => places), outputs], "float32");
  const out = result.storage.data as Float32Array;
  const depth = sizeOf(windows) * inputs;
  if (out.length === 0 || depth === 0) return result;
  const from = x.storage.data as Float32Array;
  const rows = out.length / outputs;
  if (groups === 1 && isPointwise(axes, windows, x.shape)) {
    kernels().matmulF32(from, kernel.storage.data as Float32Array, out, rows, !kernel.storage.exposed);
    return result;
  }
  const step = Math.min(rows, Math.max(4, Math.floor(BLOCK / depth) & ~3));
  const gather = gatherer(x, windows, axes, inputs);
  const patches = new Float32Array(step * depth);
  const matrices = groups === 1 ? [kernel.storage] : groupsOf(kernel, groups);
  const width = outputs / groups;
  const part = groups === 1 ? out : new Float32Array(step * width);
  for (let row = 0; row < rows; row += step) {
    const count = Math.min(step, rows - row);
    const block = count === step ? patches : patches.subarray(0, count * depth);
    for (let g = 0; g < groups; g++) {
      gather(block, row, count, g * inputs);
      const { data, exposed } = matrices[g]!;
      const to = groups === 1 ? out.subarray(row * outputs, (row + count) * outputs) : part.subarray(0, count * width);
      kernels().matmulF32(block, data as Float32Array, to, count, !exposed);
      if (groups > 1) scatter(to, out, row, count, width, outputs, g * width);
    }
  }
  return result;
}

/** Whether every place sees one element of the input, its own: then the input is the matrix. */
function isPointwise(axes: readonly AxisWindows[], windows: readonly number[], shape: readonly number[]): boolean {
  return windows.every((window, axis) => window === 1 && axes[axis]!.places === shape[axis + 1] && axes[axis]!.index.every((at, i) => at === i));
}

/** The kernel's columns for each group of outputs as a matrix of its own, kept while the kernel lives. */
function groupsOf(kernel: Dense, groups: number): Dense["storage"][] {
  const outputs = kernel.shape[kernel.shape.length - 1]!;
  const width = outputs / groups;
  const from = kernel.storage.data as Float32Array;
  const rows = from.length / outputs;
  return Array.from({ length: groups }, (_, g) => {
    const make = (): Dense => {
      const columns = new Float32Array(rows * width);
      for (let row = 0; row < rows; row++) for (let j = 0; j < width; j++) columns[row * width + j] = from[row * outputs + g * width + j]!;
      return dense([rows, width], "float32", columns);
    };
    return derived(kernel, `columns ${g * width} to ${(g + 1) * width} of ${outputs}`, make).storage;
  });
}

/** Writes the columns of one group to their place in the rows of `out`. */
function scatter(part: Float32Array, out: Float32Array, row: number, count: number, width: number, outputs: number, first: number): void {
  for (let i = 0, at = 0; i < count; i++) {
    const to = (row + i) * outputs + first;
    for (let j = 0; j < width; j++) out[to + j] = part[at++]!;
  }
}

/**
 * Makes the function that writes what the window sees at `count` places from place number `row` on, counted over the
 * batch and the places of every axis: the kernel's positions row-major, `inputs` features of each from feature `first`.
 */
function gatherer({ shape, storage }: Dense, windows: readonly number[], axes: readonly AxisWindows[], inputs: number): (patches: Float32Array, row: number, count: number, first: number) => void {
  const from = storage.data as Float32Array;
  const rank = windows.length;
  const positions = sizeOf(windows);
  const positionOf = positionsOf(windows);
  const strides = windows.map((_, axis) => sizeOf(shape.slice(axis + 2)));
  const image = sizeOf(shape.slice(1));
  const place = new Int32Array(rank);
  return (patches, row, count, first) => {
    let rest = row;
    for (let axis = rank - 1; axis >= 0; axis--) {
      const { places } = axes[axis]!;
      place[axis] = rest % places;
      rest = Math.floor(rest / places);
    }
    let base = rest * image + first;
    for (let i = 0, to = 0; i < count; i++) {
      for (let p = 0; p < positions; p++) {
        let at = base;
        for (let axis = 0; axis < rank; axis++) {
          const index = axes[axis]!.index[place[axis]! * windows[axis]! + positionOf[p * rank + axis]!]!;
          if (index < 0) {
            at = -1;
            break;
          }
          at += index * strides[axis]!;
        }
        if (at < 0) for (let c = 0; c < inputs; c++) patches[to++] = 0;
        else for (let c = 0; c < inputs; c++) patches[to++] = from[at + c]!;
      }
      let axis = rank - 1;
      for (; axis >= 0; axis--) {
        if (++place[axis]! < axes[axis]!.places) break;
        place[axis] = 0;
      }
      if (axis < 0) base += image;
    }
  };

  function positionsOf(sizes: readonly number[]): Int32Array {
    const found = new Int32Array(positions * sizes.length);
    for (let p = 0; p < positions; p++) {
      let left = p;
      for (let axis = sizes.length - 1; axis >= 0; axis--) {
        found[p * sizes.length + axis] = left % sizes[axis]!;
        left = Math.floor(left / sizes[axis]!);
      }
    }
    return found;
  }
}
