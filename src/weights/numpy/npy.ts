import { assertTakes } from "../../base/index.ts";
import type { NDArray } from "../../array/index.ts";
import { bitsOf, decodeTensor, reverseEach } from "../dtypes.ts";
import type { LoadErrorPlace } from "../errors.ts";
import { LoadError } from "../errors.ts";
import { checkFinite } from "../finite.ts";
import type { TensorEntry } from "../lazyfile.ts";
import type { ReadOptions } from "../safetensors/read.ts";
import { READ_OPTIONS } from "../safetensors/read.ts";
import { toBytes } from "../sources/memory.ts";
import type { CheckedSource } from "../sources/open.ts";
import type { NpyHeader, VoidAs } from "./header.ts";
import { npyStart, parseNpyHeader } from "./header.ts";
import { toRowMajor } from "./rowmajor.ts";

/** What a .npy of one array calls it, as `numpy.savez` would. */
const UNNAMED = "arr_0";

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
  assertTakes(arguments, "readNpy", "bytes options", ["voidAs", ...READ_OPTIONS]);
  const { voidAs, copy, rejectNonFinite, source = "bytes" } = options;
  const all = copy ? toBytes(bytes).slice() : toBytes(bytes);
  const header = parseNpyHeader(all, voidAs, { source });
  checkLength(header, all.length, { source });
  const { dtype, shape } = header.info;
  const array = decodeTensor(dtype, shape, elementsOf(all.subarray(header.start), header), { source });
  if (rejectNonFinite) checkFinite(array, { source });
  return array;
}

/** The one array of `file`. @throws LoadError */
export async function openNpy(file: CheckedSource, voidAs: VoidAs): Promise<ReadonlyMap<string, TensorEntry>> {
  const { head, size, name: source, read } = file;
  const start = Math.min(size, npyStart(head, { source }));
  const header = parseNpyHeader(await read(0, start), voidAs, { source });
  checkLength(header, size, { source });
  const load: TensorEntry["load"] = async (signal) =>
    elementsOf(await read(start, size, { signal, label: UNNAMED }), header);
  return new Map([[UNNAMED, { ...header.info, load }]]);
}

/** @throws LoadError `Incomplete` or `Trailing` unless the file of `size` bytes is the array and nothing else */
export function checkLength({ info: { bytes }, start }: NpyHeader, size: number, place: LoadErrorPlace): void {
  const got = size - start;
  if (got !== bytes)
    throw new LoadError(got < bytes ? "Incomplete" : "Trailing", `expected ${bytes} bytes, got ${got}`, place);
}

/** The elements little-endian and row-major; `data` itself where they are that already. */
export function elementsOf(data: Uint8Array, { info, isBigEndian, isFortran }: NpyHeader): Uint8Array {
  const size = bitsOf(info.dtype) / 8;
  let elements = isFortran ? toRowMajor(data, info.shape, size) : data;
  if (isBigEndian) elements = reverseEach(elements.slice(), size);
  return elements;
}
