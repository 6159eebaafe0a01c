import type { NDArray } from "../../array/index.ts";
import { bitsOf, decodeTensor, reverseEach } from "../dtypes.ts";
import { LoadError } from "../errors.ts";
import type { LoadErrorPlace } from "../errors.ts";
import { checkFinite } from "../finite.ts";
import type { TensorEntry } from "../lazyfile.ts";
import type { ReadOptions } from "../safetensors/read.ts";
import { toBytes } from "../sources/memory.ts";
import type { CheckedSource } from "../sources/open.ts";
import type { NpyHeader, VoidAs } from "./header.ts";
import { MAX_HEAD, npyHeadSize, parseNpyHeader } from "./header.ts";
import { toRowMajor } from "./rowmajor.ts";

/** What a .npy of one array calls it, as `numpy.savez` would. */
export const UNNAMED = "arr_0";

export interface NpyOptions extends ReadOptions {
  /** What raw bytes of two are: NumPy writes the bfloat16 of JAX as `V2` and loses the type. */
  readonly voidAs?: VoidAs;
}

/**
 * The array of a NumPy .npy in memory; it shares the memory of `bytes` where that is aligned, little-endian and
 * row-major.
 *
 * @throws LoadError if the file is damaged, or its dtype has no counterpart here: objects, structures, strings, dates,
 * complex numbers
 *
 * Source: NumPy 2.4 (`numpy/lib/_format_impl.py`).
 * @example
 * const bytes = weights.save({ x: jnp.array([[1, 2], [3, 4]]) }, { format: "npy" });
 * weights.readNpy(bytes).tolist() // => [[1, 2], [3, 4]]
 */
export function readNpy(bytes: ArrayBufferLike | ArrayBufferView, options: NpyOptions = {}): NDArray {
  const { voidAs, copy = false, rejectNonFinite = false, source = "bytes" } = options;
  const all = toBytes(bytes);
  const place = { source };
  const header = parseNpyHeader(all.subarray(0, MAX_HEAD), all.length, voidAs, place);
  checkLength(header, all.length, place);
  const data = all.subarray(header.dataOffset);
  const elements = elementsOf(copy ? new Uint8Array(data) : data, header);
  const array = decodeTensor(header.dtype, header.shape, elements, place);
  if (rejectNonFinite) checkFinite(array, place);
  return array;
}

/** The one array of `source`. @throws LoadError */
export async function openNpy(source: CheckedSource, voidAs: VoidAs): Promise<ReadonlyMap<string, TensorEntry>> {
  const place = { source: source.name };
  const head = await source.read(0, Math.min(source.size, npyHeadSize(source.head)));
  const header = parseNpyHeader(head, source.size, voidAs, place);
  checkLength(header, source.size, place);
  const load: TensorEntry["load"] = async (signal) =>
    elementsOf(await source.read(header.dataOffset, source.size, { signal, label: UNNAMED }), header);
  return new Map([[UNNAMED, { dtype: header.dtype, shape: header.shape, bytes: header.bytes, load }]]);
}

/** @throws LoadError `Incomplete` or `Trailing` unless the file of `size` bytes is the array and nothing else */
export function checkLength({ bytes, dataOffset }: NpyHeader, size: number, place: LoadErrorPlace): void {
  const got = size - dataOffset;
  if (got !== bytes)
    throw new LoadError(got < bytes ? "Incomplete" : "Trailing", `expected ${bytes} bytes of data, got ${got}`, place);
}

/** The elements little-endian and row-major; `data` itself where they are that already. */
export function elementsOf(data: Uint8Array, { dtype, shape, bigEndian, fortranOrder }: NpyHeader): Uint8Array {
  const size = bitsOf(dtype) / 8;
  let elements = data;
  if (fortranOrder) elements = toRowMajor(elements, shape, size);
  if (!bigEndian || size === 1) return elements;
  if (elements === data) elements = new Uint8Array(data);
  reverseEach(elements, size);
  return elements;
}
