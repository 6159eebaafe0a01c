import { LoadError } from "../errors.ts";
import type { TensorEntry } from "../lazyfile.ts";
import type { MemoryFile } from "../memoryfile.ts";
import { memoryFile } from "../memoryfile.ts";
import { toBytes } from "../sources/memory.ts";
import type { CheckedSource } from "../sources/open.ts";
import { headerLength, parseHeader, PREFIX } from "./header.ts";

export interface ReadOptions {
  /** Whether arrays get memory of their own (default false), so that the bytes may change afterwards. */
  readonly copy?: boolean | undefined;
  /** Whether an infinity or NaN is an error; by default their bits are kept. */
  readonly rejectNonFinite?: boolean | undefined;
  /** What errors call the file. */
  readonly source?: string | undefined;
}

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
  const { copy = false, rejectNonFinite, source = "bytes" } = options;
  const all = toBytes(bytes);
  const place = { source };
  const length = headerLength(all, all.length, place);
  const { metadata, tensors } = parseHeader(all.subarray(PREFIX, PREFIX + length), all.length, place);
  const entries = new Map(
    [...tensors].map(([name, { begin, ...info }]) => {
      const end = begin + info.bytes;
      const load = (): Uint8Array => (copy ? new Uint8Array(all.subarray(begin, end)) : all.subarray(begin, end));
      return [name, { ...info, load }];
    }),
  );
  return memoryFile({ format: "safetensors", source, entries, metadata, rejectNonFinite });
}

/** What a safetensors file has: its metadata, and its arrays before they are read. */
export interface SafetensorsContents {
  readonly metadata: ReadonlyMap<string, string>;
  readonly entries: ReadonlyMap<string, TensorEntry>;
}

/** Reads the header of `source`. @throws LoadError */
export async function openContents(source: CheckedSource): Promise<SafetensorsContents> {
  const place = { source: source.name };
  const length = headerLength(source.head, source.size, place);
  const { metadata, tensors } = parseHeader(await source.read(PREFIX, PREFIX + length), source.size, place);
  const entries = new Map(
    [...tensors].map(([name, { begin, ...info }]) => {
      const load: TensorEntry["load"] = (signal) => source.read(begin, begin + info.bytes, { signal, label: name });
      return [name, { ...info, load }];
    }),
  );
  return { metadata, entries };
}

/** @throws LoadError `PathRejected` if `file` is anything but the bare name of a file */
export function checkBareName(file: string, source: string): void {
  if (/[/\\:\0]|\.\./.test(file) || file === "" || file === ".")
    throw new LoadError("PathRejected", `expected the bare name of a file, got ${JSON.stringify(file)}`, { source });
}
