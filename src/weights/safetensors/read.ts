import { assertTakes } from "../../base/index.ts";
import type { TensorEntry } from "../lazyfile.ts";
import type { MemoryFile } from "../memoryfile.ts";
import { memoryFile } from "../memoryfile.ts";
import { toBytes } from "../sources/memory.ts";
import type { CheckedSource } from "../sources/open.ts";
import type { TensorSpan } from "./header.ts";
import { headerEnd, parseHeader, PREFIX } from "./header.ts";

export interface ReadOptions {
  /** Whether arrays get memory of their own (default false), so that the bytes may change afterwards. */
  readonly copy?: boolean | undefined;
  /** Whether an infinity or NaN is an error; by default their bits are kept. */
  readonly rejectNonFinite?: boolean | undefined;
  /** What errors call the file. */
  readonly source?: string | undefined;
}

/** The names of `ReadOptions`. */
export const READ_OPTIONS = ["copy", "rejectNonFinite", "source"];

/**
 * The arrays of a safetensors file in memory.
 *
 * The header is checked whole: the tensors cover the file without hole or overlap. Arrays share the memory of `bytes`
 * where they are aligned; do not change or transfer it afterwards, or ask for copies.
 *
 * @throws LoadError if the file is damaged or of another format
 *
 * Source: safetensors 0.8 (`safetensors/src/tensor.rs`).
 * @example
 * const file = weights.readSafetensors(weights.save({ "fc.bias": jnp.array([1, 2]) }, { metadata: { by: "me" } }));
 * file.names // => ["fc.bias"]
 * file.metadata.get("by") // => "me"
 * file.get("fc.bias").tolist() // => [1, 2]
 */
export function readSafetensors(bytes: ArrayBufferLike | ArrayBufferView, options: ReadOptions = {}): MemoryFile {
  assertTakes(arguments, "readSafetensors", "bytes options", READ_OPTIONS);
  const { copy, rejectNonFinite, source = "bytes" } = options;
  const all = toBytes(bytes);
  const end = headerEnd(all, all.length, { source });
  const { metadata, tensors } = parseHeader(all.subarray(PREFIX, end), all.length, { source });
  const entries = withLoads(tensors, (begin, end) => all[copy ? "slice" : "subarray"](begin, end));
  return memoryFile({ format: "safetensors", source, entries, metadata, rejectNonFinite });
}

/** What a safetensors file has: its metadata, and its arrays before they are read. */
export interface SafetensorsContents {
  readonly metadata: ReadonlyMap<string, string>;
  readonly entries: ReadonlyMap<string, TensorEntry>;
}

/** Reads the header of `file`. @throws LoadError */
export async function openContents({ head, size, name: source, read }: CheckedSource): Promise<SafetensorsContents> {
  const end = headerEnd(head, size, { source });
  const { metadata, tensors } = parseHeader(await read(PREFIX, end), size, { source });
  const entries = withLoads(tensors, (begin, end, label, signal?: AbortSignal) => read(begin, end, { signal, label }));
  return { metadata, entries };
}

/** Every tensor with what reads it. */
function withLoads<Bytes>(
  tensors: ReadonlyMap<string, TensorSpan>,
  read: (begin: number, end: number, name: string, signal?: AbortSignal) => Bytes,
) {
  return new Map(
    [...tensors].map(([name, { begin, ...info }]) => {
      const load = (signal?: AbortSignal): Bytes => read(begin, begin + info.bytes, name, signal);
      return [name, { ...info, load }];
    }),
  );
}
