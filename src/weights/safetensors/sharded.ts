import { LoadError } from "../errors.ts";
import type { JsonValue } from "../json.ts";
import { decodeUtf8, parseJson } from "../json.ts";
import type { TensorEntry } from "../lazyfile.ts";
import type { OpenContext } from "../openwith.ts";
import { inParallel } from "../parallel.ts";
import type { CheckedSource } from "../sources/open.ts";
import type { SafetensorsContents } from "./read.ts";
import { checkBareName, openContents } from "./read.ts";

/** The most bytes of an index, and names in it. */
const MAX_INDEX = 100_000_000;
const MAX_NAMES = 1_000_000;

/** Shards that are opened at once. */
const AT_ONCE = 6;

/** Opens the shards that the index in `source` names. @throws LoadError */
export async function openSharded(source: CheckedSource, context: OpenContext): Promise<SafetensorsContents> {
  const place = { source: source.name };
  const { sha256 } = context.options;
  if (source.size > MAX_INDEX)
    throw new LoadError("HeaderTooLarge", `expected an index of at most ${MAX_INDEX} bytes, got ${source.size}`, place);
  const index = parseJson(decodeUtf8(await source.read(0, source.size), place), "BadIndex", MAX_NAMES, place);
  const map = index instanceof Map ? index.get("weight_map") : undefined;
  if (!(index instanceof Map) || !(map instanceof Map))
    throw new LoadError("BadIndex", 'expected an object with a "weight_map"', place);
  for (const [tensor, file] of map) {
    if (typeof file !== "string") throw new LoadError("BadIndex", "expected the name of a file", { ...place, tensor });
    checkBareName(file, source.name);
  }
  const files = [...new Set(map.values())] as string[];
  if (typeof sha256 === "string" && files.length > 0)
    throw new TypeError('open: "sha256" expected an object of hashes by file name for a sharded file, got one hash');

  const shards = new Map<string, SafetensorsContents>();
  await inParallel(files, AT_ONCE, async (file) => {
    const shard = source.sibling(file);
    if (shard === undefined)
      throw new LoadError("Fetch", `expected ${file} beside it. Give it by the option "files"`, place);
    shards.set(file, await openContents(await context.openFile(shard)));
  });

  const entries = new Map<string, TensorEntry>();
  for (const [tensor, file] of map) {
    const entry = shards.get(file as string)!.entries.get(tensor);
    if (entry === undefined)
      throw new LoadError("TensorMissing", `expected it in ${String(file)}`, { ...place, tensor });
    entries.set(tensor, entry);
  }
  const ofShards = files.flatMap((file) => [...shards.get(file)!.metadata]);
  return { metadata: new Map([...ofShards, ...textsOf(index.get("metadata"))]), entries };
}

/** The strings and numbers of the index's own metadata, which are for people: real files have the sizes wrong. */
function textsOf(metadata: JsonValue | undefined): [string, string][] {
  if (!(metadata instanceof Map)) return [];
  return [...metadata].filter(([, value]) => typeof value !== "object").map(([key, value]) => [key, String(value)]);
}
