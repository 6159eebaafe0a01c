import type { ArrayData } from "../arraydata.ts";
import { castData, copyData, EXPOSED } from "../arraydata.ts";
import { canBePending, pendingData } from "../pending.ts";
import { sameShape, sizeOf } from "../shape.ts";
import { WidenedStorage } from "../widened.ts";
import type { ConvolveParameters } from "./convolve.ts";
import { convolveData, slideInto } from "./convolve.ts";
import { hasPhases } from "./phases.ts";
import { placesOf } from "./window.ts";

/** Smaller results are computed at once. */
const MIN_PENDING = 1024;

/**
 * `convolveData` of a result that nobody keeps but who reads it: where a region is open it is computed when it is read,
 * in one pass with what the next operations do to it.
 */
export function convolveLater(
  parameters: ConvolveParameters,
  x: ArrayData,
  kernel: ArrayData,
  bias: ArrayData | undefined,
): ArrayData {
  return pending(parameters, x, kernel, bias) ?? convolveData(parameters, x, kernel, bias);
}

/** The result, when it is read; undefined where it has to be now, or that gains nothing. */
function pending(
  parameters: ConvolveParameters,
  x: ArrayData,
  kernel: ArrayData,
  given: ArrayData | undefined,
): ArrayData | undefined {
  if (!canBePending()) return undefined;
  if (x.dtype !== "float32" || kernel.dtype !== "float32" || kernel.storage instanceof WidenedStorage) return undefined;
  if (given !== undefined && !sameShape(given.shape, kernel.shape.slice(-1))) return undefined;
  const bias = given && castData(given, "float32");
  if (isExposed(kernel) || isExposed(bias)) return undefined;
  const sizes = kernel.shape.slice(0, -2);
  const [inputs, outputs] = kernel.shape.slice(-2) as [number, number];
  const places = placesOf(x.shape, sizes, parameters);
  const rows = x.shape[0]! * sizeOf(places);
  if (sizeOf(sizes) * inputs === 0 || rows * outputs < MIN_PENDING || hasPhases(kernel, parameters, rows))
    return undefined;
  // What the caller may write to is read now, and so is what is pending itself.
  const { shape, dtype, storage } = isExposed(x) ? copyData(x) : x;
  const input: ArrayData = { shape, dtype, storage: { data: storage.data, access: storage.access } };
  const sources = bias === undefined ? [storage, kernel.storage] : [storage, kernel.storage, bias.storage];
  return pendingData([x.shape[0]!, ...places, outputs], rows * outputs, sources, (out, epilogue) =>
    slideInto(input, kernel, bias?.storage.data as Float32Array | undefined, out, parameters, epilogue),
  );
}

function isExposed(x: ArrayData | undefined): boolean {
  return x?.storage.access === EXPOSED;
}
