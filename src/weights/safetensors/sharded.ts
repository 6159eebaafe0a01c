import { LoadError } from "../errors.ts";
import { decodeUtf8, parseJson } from "../json.ts";
import type { TensorEntry } from "../lazyfile.ts";
import type { OpenContext } from "../openwith.ts";
import { inParallel } from "../parallel.ts";
import type { CheckedSource } from "../sources/open.ts";
import type { SafetensorsContents } from "./read.ts";
import { openContents } from "./read.ts";

/** The most bytes of an index, and names in it. */
const MAX_INDEX = 100_000_000;
const MAX_NAMES = 1_000_000;

/** Shards that are opened at once. */
const AT_ONCE = 6;

/** Opens the shards that the index in `index` names. @throws LoadError */
export async function openSharded(index: CheckedSource, context: OpenContext): Promise<SafetensorsContents> {
  const { name: source, size } = index;
  if (size > MAX_INDEX) throw new LoadError("HeaderTooLarge", `an index of over ${MAX_INDEX} bytes`, { source });
  const root = parseJson(decodeUtf8(await index.read(0, size), { source }), "BadIndex", MAX_NAMES, { source });
  const map = root instanceof Map ? root.get("weight_map") : undefined;
  if (!(root instanceof Map) || !(map instanceof Map))
    throw new LoadError("BadIndex", 'expected an object with a "weight_map"', { source });
  for (const [tensor, file] of map) {
    const place = { source, tensor };
    if (typeof file !== "string") throw new LoadError("BadIndex", "expected the name of a file", place);
    if (/[/\\:\0]|\.\.|^\.?$/.test(file))
      throw new LoadError("PathRejected", `expected the bare name of a file, got ${JSON.stringify(file)}`, place);
  }

  const shards = new Map<unknown, SafetensorsContents>();
  await inParallel(new Set(map.values() as Iterable<string>), AT_ONCE, async (file) => {
    shards.set(file, await openContents(await context.openSibling(index, file)));
  });

  const entries = new Map<string, TensorEntry>();
  const metadata = new Map<string, string>();
  for (const [tensor, file] of map) {
    const entry = shards.get(file)!.entries.get(tensor);
    if (!entry) throw new LoadError("TensorMissing", `expected it in ${file as string}`, { source, tensor });
    entries.set(tensor, entry);
  }
  for (const shard of shards.values()) for (const [key, text] of shard.metadata) metadata.set(key, text);
  // Sizes, which are for people: real files have them wrong.
  const own = root.get("metadata");
  if (own instanceof Map) for (const [key, value] of own) metadata.set(key, String(value));
  return { metadata, entries };
}
