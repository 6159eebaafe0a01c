import { convolutionKernels } from "../../backend/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, emptyData } from "../arraydata.ts";
import type { HalfDType } from "../dtype.ts";
import { isHalf } from "../dtype.ts";
import { fromHalf, toHalf } from "../half.ts";
import { stridesOf } from "../manipulation/strided.ts";
import { sizeOf } from "../shape.ts";
import { poolGeometry } from "./poolwindows.ts";
import type { Sliding } from "./window.ts";
import { axisWindows } from "./window.ts";

/** How windows of the sizes `windows` slide, and how each is reduced. */
export interface PoolParameters extends Sliding {
  readonly windows: readonly number[];
  readonly reduce: "max" | "min" | "sum" | ((a: number, b: number) => number);
  /** What each window starts at, and what padding counts as. */
  readonly init: number;
  /** What sums of float32 are divided by, or by how many elements their window sees; not at all if left out. */
  readonly divisor?: number | "seen" | undefined;
}

/**
 * Reduces the windows of `x` [batch, ...spatial, features] to [batch, ...places, features]: each result starts at
 * `init` and takes the window's elements row-major, `init` itself where the window reaches into the padding. Of 16-bit
 * floats every step is rounded to their dtype.
 */
export function poolData(parameters: PoolParameters, x: ArrayData): ArrayData {
  const { windows, reduce: how, init } = parameters;
  if (isHalf(x.dtype)) return castData(poolData(roundedTo(x.dtype, parameters), castData(x, "float32")), x.dtype);
  if (x.dtype === "float32" && typeof how !== "function") return poolFloats(parameters, how, x);
  const reduce = typeof how === "function" ? how : FOLDS[how];
  const axes = windows.map((window, axis) => axisWindows(x.shape[axis + 1]!, window, axis, parameters));
  const places = axes.map((axis) => axis.places);
  const features = x.shape[x.shape.length - 1]!;
  const result = emptyData([x.shape[0]!, ...places, features], x.dtype);
  const from = x.storage.data;
  const out = result.storage.data;
  const strides = stridesOf(x.shape).slice(1, -1);
  const steps = stridesOf([...places, 1]);
  const image = sizeOf(x.shape.slice(1));
  const perImage = sizeOf(places);
  const positions = sizeOf(windows);
  const offsets = new Int32Array(positions);
  out.fill(init);
  for (let place = 0; place < perImage; place++) {
    for (let p = 0; p < positions; p++) offsets[p] = offsetOf(place, p);
    for (let b = 0; b < x.shape[0]!; b++) {
      const to = (b * perImage + place) * features;
      for (let p = 0; p < positions; p++) {
        const at = offsets[p]!;
        if (at < 0) for (let c = 0; c < features; c++) out[to + c] = reduce(out[to + c]!, init);
        else for (let c = 0, i = b * image + at; c < features; c++) out[to + c] = reduce(out[to + c]!, from[i + c]!);
      }
    }
  }
  return result;

  /** The offset in an image of element p of the window at a place, -1 for the padding. */
  function offsetOf(place: number, p: number): number {
    let offset = 0;
    for (let axis = axes.length - 1, left = p; axis >= 0; axis--) {
      const window = windows[axis]!;
      const index = axes[axis]!.index[(Math.floor(place / steps[axis]!) % places[axis]!) * window + (left % window)]!;
      if (index < 0) return -1;
      offset += index * strides[axis]!;
      left = Math.floor(left / window);
    }
    return offset;
  }
}

/** The same of float32, with every result rounded to `dtype`. Extremes need no rounding. */
function roundedTo(dtype: HalfDType, parameters: PoolParameters): PoolParameters {
  const { reduce: how } = parameters;
  if (how === "max" || how === "min") return parameters;
  const reduce = typeof how === "function" ? how : FOLDS[how];
  return { ...parameters, reduce: (a, b) => fromHalf(dtype, toHalf(dtype, Math.fround(reduce(a, b)))) };
}

const FOLDS = { max: Math.max, min: Math.min, sum: (a: number, b: number): number => a + b };

/** The kernel's names of what windows are reduced by. */
const KERNEL_OPS = { max: "maximum", min: "minimum", sum: "add" } as const;

/** Windows of float32 `x`, by the kernel `poolF32`. */
function poolFloats(parameters: PoolParameters, reduce: keyof typeof KERNEL_OPS, x: ArrayData): ArrayData {
  const { places, windows } = poolGeometry(x.shape, parameters.windows, parameters);
  const result = emptyData([x.shape[0]!, ...places, x.shape[x.shape.length - 1]!], "float32");
  const out = result.storage.data as Float32Array;
  const { divisor } = parameters;
  // As DIVIDE by a divisor that is broadcast.
  const factor = divisor === "seen" ? "mean" : divisor === undefined ? undefined : Math.fround(1 / divisor);
  if (out.length > 0)
    convolutionKernels().poolF32(KERNEL_OPS[reduce], x.storage.data as Float32Array, out, windows, factor);
  return result;
}
