import { joinBytes } from "../bytes.ts";
import { LoadError } from "../errors.ts";
import type { TensorInfo } from "../file.ts";
import type { TensorEntry } from "../lazyfile.ts";
import { MAX_TENSORS } from "../limits.ts";
import type { MemoryFile } from "../memoryfile.ts";
import { memoryFile } from "../memoryfile.ts";
import type { NpyOptions } from "../numpy/npy.ts";
import type { VoidAs } from "../numpy/header.ts";
import { toBytes } from "../sources/memory.ts";
import type { CheckedSource } from "../sources/open.ts";
import type { Asking, Item, Span } from "./decode.ts";
import { ArrayLeaf, decodeMsgpack } from "./decode.ts";

/** The least that is read at once of a file that is not in memory. */
const WINDOW = 65_536;

/**
 * The arrays of a Flax msgpack file in memory, as `flax.serialization.to_bytes` and `msgpack_serialize` write it.
 *
 * Names are the paths, joined by `/`; indices of lists are texts, whether the file has texts or integers. Leaves that
 * are no arrays are in `extra`. Arrays share the memory of `bytes` where they are aligned.
 *
 * @throws LoadError if the file is damaged, or holds what has no counterpart here: complex numbers, Python objects
 *
 * Source: Flax 0.12.8 `flax/serialization.py`.
 * @example
 * const bytes = weights.save({ "layers.0.kernel": jnp.ones([2]), "layers.1.kernel": jnp.zeros([2]) }, { format: "msgpack" });
 * const file = weights.readMsgpack(bytes);
 * file.names // => ["layers/0/kernel", "layers/1/kernel"]
 * file.get("layers/0/kernel").tolist() // => [1, 1]
 */
export function readMsgpack(bytes: ArrayBufferLike | ArrayBufferView, options: NpyOptions = {}): MemoryFile {
  const { voidAs, copy = false, rejectNonFinite, source = "bytes" } = options;
  const all = toBytes(bytes);
  const root = answerAll(decodeMsgpack(all.length, voidAs, source), (begin) => all.subarray(begin));
  const { arrays, extra } = flatten(root, source);
  const entries = new Map(
    [...arrays].map(([name, leaf]) => {
      const load = (): Uint8Array => {
        const parts = leaf.spans.map(([begin, end]) => all.subarray(begin, end));
        return parts.length === 1 && !copy ? parts[0]! : joinBytes(parts);
      };
      return [name, { ...infoOf(leaf), load }];
    }),
  );
  return memoryFile({ format: "msgpack", source, entries, extra, rejectNonFinite });
}

function answerAll<T>(asking: Asking<T>, answer: (begin: number) => Uint8Array): T {
  let step = asking.next();
  while (!step.done) step = asking.next(answer(step.value[0]));
  return step.value;
}

/** What a msgpack file has: arrays before they are read, and the other leaves. */
export interface MsgpackContents {
  readonly entries: ReadonlyMap<string, TensorEntry>;
  readonly extra: ReadonlyMap<string, unknown>;
}

/** Looks through `source`, reading past its arrays. @throws LoadError; `BadState` if it is no state at all */
export async function openMsgpack(source: CheckedSource, voidAs: VoidAs): Promise<MsgpackContents> {
  const asking = decodeMsgpack(source.size, voidAs, source.name);
  let step = asking.next();
  while (!step.done) {
    const [begin, end] = step.value;
    step = asking.next(await source.read(begin, Math.min(source.size, Math.max(end, begin + WINDOW))));
  }
  const root = step.value;
  if (!(root instanceof Map) && !(root instanceof ArrayLeaf))
    throw new LoadError("BadState", "expected a map of arrays at the top", { source: source.name });
  const { arrays, extra } = flatten(root, source.name);
  const entries = new Map(
    [...arrays].map(([name, leaf]) => {
      const load: TensorEntry["load"] = async (signal) => {
        const read = ([begin, end]: Span): Promise<Uint8Array> => source.read(begin, end, { signal, label: name });
        if (leaf.spans.length === 1) return await read(leaf.spans[0]!);
        const bytes = new Uint8Array(leaf.bytes);
        let at = 0;
        for (const span of leaf.spans) {
          bytes.set(await read(span), at);
          at += span[1] - span[0];
        }
        return bytes;
      };
      return [name, { ...infoOf(leaf), load }];
    }),
  );
  return { entries, extra };
}

function infoOf({ dtype, shape, bytes }: ArrayLeaf): TensorInfo {
  return { dtype, shape, bytes };
}

interface Leaves {
  readonly arrays: ReadonlyMap<string, ArrayLeaf>;
  readonly extra: ReadonlyMap<string, unknown>;
}

/** The leaves of `root` by their paths. */
function flatten(root: Item, source: string): Leaves {
  const arrays = new Map<string, ArrayLeaf>();
  const extra = new Map<string, unknown>();
  const walk = (item: Item, path: readonly string[]): void => {
    if (item instanceof Map && (item.size > 0 || path.length === 0)) {
      for (const [key, child] of item) walk(child, [...path, key]);
      return;
    }
    const name = path.join("/");
    if (arrays.has(name) || extra.has(name))
      throw new LoadError("PathConflict", "two paths give this name: a key has a / in it", { source, tensor: name });
    if (item instanceof ArrayLeaf) arrays.set(name, item);
    else extra.set(name, item);
  };
  walk(root, []);
  if (arrays.size > MAX_TENSORS)
    throw new LoadError("LimitTensors", `expected at most ${MAX_TENSORS} arrays, got ${arrays.size}`, { source });
  return { arrays, extra };
}
