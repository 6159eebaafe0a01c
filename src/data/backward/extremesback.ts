import { gradientKernels } from "../../backend/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { zerosData } from "../arraydata.ts";
import { imageOf } from "../products/image.ts";
import type { PoolParameters } from "../products/pool.ts";

/** Whether `extremesBackData` gives the cotangent of `x`: windows of float32 that see no padding. */
export function hasExtremesBack({ reduce, windows, pads, inputDilation }: PoolParameters, x: ArrayData): boolean {
  return (
    (reduce === "max" || reduce === "min") &&
    x.dtype === "float32" &&
    windows.length > 0 &&
    pads.every(([low, high]) => low === 0 && high === 0) &&
    inputDilation.every((spread) => spread === 1)
  );
}

/**
 * The cotangent of the input `x` [batch, ...spatial, features] of a pool of extremes: each element of `ct` [batch,
 * ...places, features] is added to the first extreme of its window, row-major. Places ascending, each sum rounded.
 */
export function extremesBackData(parameters: PoolParameters, ct: ArrayData, x: ArrayData): ArrayData {
  const { reduce, windows: sizes } = parameters;
  const { data, windows } = imageOf(x, sizes, parameters, x.shape.at(-1)!, 0);
  const result = zerosData(x.shape, "float32");
  const [out, cotangents] = [result.storage.data as Float32Array, ct.storage.data as Float32Array];
  if (cotangents.length > 0)
    gradientKernels().extremesBackF32(reduce === "min" ? "minimum" : "maximum", data, cotangents, out, windows);
  return result;
}
