import { assertTakes } from "../../base/index.ts";
import { allocate, joinBytes } from "../bytes.ts";
import { LoadError } from "../errors.ts";
import type { TensorInfo } from "../file.ts";
import type { TensorEntry } from "../lazyfile.ts";
import { MAX_TENSORS } from "../limits.ts";
import type { MemoryFile } from "../memoryfile.ts";
import { memoryFile } from "../memoryfile.ts";
import type { NpyOptions } from "../numpy/npy.ts";
import type { VoidAs } from "../numpy/header.ts";
import { READ_OPTIONS } from "../safetensors/read.ts";
import { toBytes } from "../sources/memory.ts";
import type { CheckedSource } from "../sources/open.ts";
import type { Item } from "./decode.ts";
import { ArrayLeaf, decodeMsgpack } from "./decode.ts";

/** The least that is read at once of a file that is not in memory. */
const WINDOW = 65_536;

/**
 * The arrays of a Flax msgpack file in memory, as `flax.serialization.to_bytes` and `msgpack_serialize` write it.
 *
 * Names are the paths, joined by `/`; indices of lists are texts, whether the file has texts or integers. Leaves that
 * are not arrays are in `extra`. Arrays share the memory of `bytes` where they are aligned.
 *
 * @throws LoadError if the file is damaged, or holds what has no counterpart here: complex numbers, Python objects
 *
 * Source: Flax 0.12.8 `flax/serialization.py`.
 * @example
 * const arrays = { "layers.0.kernel": jnp.ones([2]), "layers.1.kernel": jnp.zeros([2]) };
 * const bytes = weights.save(arrays, { format: "msgpack" });
 * const file = weights.readMsgpack(bytes);
 * file.names // => ["layers/0/kernel", "layers/1/kernel"]
 * file.get("layers/0/kernel").tolist() // => [1, 1]
 */
export function readMsgpack(bytes: ArrayBufferLike | ArrayBufferView, options: NpyOptions = {}): MemoryFile {
  assertTakes(arguments, "readMsgpack", "bytes options", ["voidAs", ...READ_OPTIONS]);
  const { voidAs, copy, rejectNonFinite, source = "bytes" } = options;
  const all = toBytes(bytes);
  const asking = decodeMsgpack(all.length, voidAs, source);
  let step = asking.next();
  while (!step.done) step = asking.next(all.subarray(step.value[0]));
  const { entries, extra } = flatten(step.value, source, ({ spans }) => () => {
    const parts = spans.map(([begin, end]) => all.subarray(begin, end));
    return parts.length === 1 && !copy ? parts[0]! : joinBytes(parts);
  });
  return memoryFile({ format: "msgpack", source, entries, extra, rejectNonFinite });
}

/** What a msgpack file has: arrays before they are read, and the other leaves. */
interface MsgpackContents<Load> {
  readonly entries: ReadonlyMap<string, TensorInfo & { readonly load: Load }>;
  readonly extra: ReadonlyMap<string, unknown>;
}

/** Looks through `file`, reading past its arrays. @throws LoadError; `BadState` if it is not a state at all */
export async function openMsgpack(
  { size, name: source, read }: CheckedSource,
  voidAs: VoidAs,
): Promise<MsgpackContents<TensorEntry["load"]>> {
  const asking = decodeMsgpack(size, voidAs, source);
  let step = asking.next();
  while (!step.done) {
    const [begin, end] = step.value;
    step = asking.next(await read(begin, Math.min(size, Math.max(end, begin + WINDOW))));
  }
  if (!(step.value instanceof Map || step.value instanceof ArrayLeaf))
    throw new LoadError("BadState", "expected a map of arrays", { source });
  return flatten(step.value, source, ({ spans, bytes }, label) => async (signal) => {
    if (spans.length === 1) return await read(...spans[0]!, { signal, label });
    const whole = allocate(bytes, { source, tensor: label });
    let at = 0;
    for (const [begin, end] of spans) {
      whole.set(await read(begin, end, { signal, label }), at);
      at += end - begin;
    }
    return whole;
  });
}

/** The leaves of `root` by their paths; `loader` gives what reads an array. */
function flatten<Load>(
  root: Item,
  source: string,
  loader: (leaf: ArrayLeaf, name: string) => Load,
): MsgpackContents<Load> {
  const entries = new Map<string, TensorInfo & { readonly load: Load }>();
  const extra = new Map<string, unknown>();
  const walk = (item: Item, path: readonly string[]): void => {
    if (item instanceof Map && (item.size > 0 || path.length === 0)) {
      for (const [key, child] of item) walk(child, [...path, key]);
      return;
    }
    const name = path.join("/");
    if (entries.has(name) || extra.has(name))
      throw new LoadError("PathConflict", "two paths are this name: a key has a / in it", { source, tensor: name });
    if (item instanceof ArrayLeaf) {
      const { dtype, shape, bytes } = item;
      entries.set(name, { dtype, shape, bytes, load: loader(item, name) });
    } else extra.set(name, item);
  };
  walk(root, []);
  if (entries.size > MAX_TENSORS) throw new LoadError("LimitTensors", `over ${MAX_TENSORS} arrays`, { source });
  return { entries, extra };
}
