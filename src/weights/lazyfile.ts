import type { NDArray } from "../array/index.ts";
import { decodeTensor } from "./dtypes.ts";
import { LoadError } from "./errors.ts";
import type { FileListing, GetOptions, TensorInfo, WeightsFile } from "./file.ts";
import { checkFinite } from "./finite.ts";

/** An array of a file that is not read yet. */
export interface TensorEntry extends TensorInfo {
  /** Reads its elements: little-endian, row-major, in a buffer that nobody else writes to. */
  load(signal?: AbortSignal): Promise<Uint8Array>;
}

/** What a reader found out about a file when it opened it. */
export interface FileParts extends Pick<FileListing, "format" | "source"> {
  readonly entries: ReadonlyMap<string, TensorEntry>;
  readonly metadata?: ReadonlyMap<string, string>;
  readonly extra?: ReadonlyMap<string, unknown>;
  readonly rejectNonFinite?: boolean | undefined;
  close(): Promise<void>;
}

/** While one array is worked on, this many bytes behind it are asked for already. */
const AHEAD = 8 * 2 ** 20;

/** The file that `parts` describe. */
export function lazyFile(parts: FileParts): WeightsFile {
  const { format, source, entries, metadata = new Map(), extra = new Map() } = parts;
  let open = true;

  async function get(name: string, { dtype, signal }: GetOptions = {}): Promise<NDArray> {
    const entry = entryOf(entries, name, source);
    if (!open) throw new LoadError("Closed", "expected an open file. Call open again", { source, tensor: name });
    signal?.throwIfAborted();
    const bytes = await entry.load(signal);
    signal?.throwIfAborted();
    const place = { source, tensor: name };
    const array = decodeTensor(entry.dtype, entry.shape, bytes, place);
    if (parts.rejectNonFinite) checkFinite(array, place);
    return dtype === undefined ? array : array.astype(dtype);
  }

  async function* read(wanted: Iterable<string> = entries.keys(), options?: GetOptions) {
    const names = [...wanted];
    const sizes = names.map((name) => entryOf(entries, name, source).bytes);
    const started: Promise<NDArray>[] = [];
    let ahead = 0;
    for (const [i, name] of names.entries()) {
      while (started.length < names.length && (started.length <= i || ahead + sizes[started.length]! <= AHEAD)) {
        ahead += sizes[started.length]!;
        started.push(get(names[started.length]!, options));
        // Who stops early never looks at the arrays ahead: their errors are nobody's.
        started.at(-1)!.catch(() => {});
      }
      const array = await started[i]!;
      started[i] = undefined!;
      ahead -= sizes[i]!;
      yield [name, array] as [string, NDArray];
    }
  }

  return {
    format,
    source,
    names: [...entries.keys()],
    metadata,
    extra,
    info: (name) => infoOf(entryOf(entries, name, source)),
    get,
    read,
    [Symbol.asyncIterator]: () => read(),
    async close() {
      if (!open) return;
      open = false;
      await parts.close();
    },
  };
}

/** @throws LoadError `TensorMissing` if `entries` has no `name` */
export function entryOf<T>(entries: ReadonlyMap<string, T>, name: string, source: string): T {
  const entry = entries.get(name);
  if (entry !== undefined) return entry;
  const names = [...entries.keys()];
  const some = names.slice(0, 5).map((known) => JSON.stringify(known));
  const rest = names.length > 5 ? `, ... (${names.length} in all)` : "";
  throw new LoadError("TensorMissing", `expected a name of the file: ${some.join(", ") || "it has none"}${rest}`, {
    source,
    tensor: name,
  });
}

export function infoOf({ dtype, shape, bytes }: TensorInfo): TensorInfo {
  return { dtype, shape: [...shape], bytes };
}
