import { gradientKernels } from "../../backend/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, floatsOf, zerosData } from "../arraydata.ts";
import type { PoolParameters } from "../products/pool.ts";
import { poolGeometry } from "../products/poolwindows.ts";
import { axisWindows } from "../products/window.ts";
import type { Shape } from "../shape.ts";
import { sizeOf } from "../shape.ts";

/** What a pool of sums takes from where: the shape of its input beside its parameters. */
export interface PoolInput {
  readonly parameters: PoolParameters;
  readonly shape: Shape;
}

/**
 * The cotangent of the input [batch, ...spatial, features] of a pool of sums: each place of `ct` [batch, ...places,
 * features] is added to all elements of its window. Places ascending, each sum rounded.
 */
export function poolSumBackwardData({ parameters, shape }: PoolInput, ct: ArrayData): ArrayData {
  const out = zerosData(shape, "float32");
  const from = floatsOf(ct);
  const { windows } = poolGeometry(shape, parameters.windows, parameters);
  if (from.length > 0) gradientKernels().poolSumBackF32(from, out.storage.data as Float32Array, windows);
  return castData(out, ct.dtype);
}

/**
 * Which element of `x`, by its linear index, gave each result of a pool of extremes: the first of its window,
 * row-major. int32, of the shape of the result.
 */
export function poolPlacesData(parameters: PoolParameters, x: ArrayData): ArrayData {
  const { shape } = x;
  const { perImage, positions, index, places } = windowsOf(parameters, shape);
  const features = shape.at(-1)!;
  const out = zerosData([shape[0]!, ...places, features], "int32");
  const [to, from] = [out.storage.data, floatsOf(x)];
  const image = sizeOf(shape.slice(1, -1));
  const sign = parameters.reduce === "min" ? -1 : 1;
  for (let i = 0; i < to.length; i++) {
    const row = Math.floor(i / features);
    const first = Math.floor(row / perImage) * image;
    let best = -1;
    for (let p = 0; p < positions; p++) {
      const place = index[(row % perImage) * positions + p]!;
      if (place < 0) continue;
      const at = (first + place) * features + (i % features);
      // As XLA selects: the one so far stays if it is at least as great, which no NaN is.
      if (best < 0 || !(sign * from[best]! >= sign * from[at]!)) best = at;
    }
    to[i] = best;
  }
  return out;
}

interface PoolWindows {
  readonly places: readonly number[];
  readonly perImage: number;
  readonly positions: number;
  /** At `place * positions + p`: which spatial element lies under position p of the window, -1 for the padding. */
  readonly index: Int32Array;
}

function windowsOf(parameters: PoolParameters, shape: Shape): PoolWindows {
  const { windows } = parameters;
  const axes = windows.map((window, axis) => axisWindows(shape[axis + 1]!, window, axis, parameters));
  const places = axes.map((axis) => axis.places);
  const [perImage, positions] = [sizeOf(places), sizeOf(windows)];
  const index = new Int32Array(perImage * positions);
  for (let i = 0; i < index.length; i++) index[i] = placeUnder(Math.floor(i / positions), i % positions);
  return { places, perImage, positions, index };

  function placeUnder(place: number, p: number): number {
    let [at, stride, rest, left] = [0, 1, place, p];
    for (let axis = axes.length - 1; axis >= 0; axis--) {
      const window = windows[axis]!;
      const under = axes[axis]!.index[(rest % places[axis]!) * window + (left % window)]!;
      if (under < 0) return -1;
      at += under * stride;
      stride *= shape[axis + 1]!;
      rest = Math.floor(rest / places[axis]!);
      left = Math.floor(left / window);
    }
    return at;
  }
}
