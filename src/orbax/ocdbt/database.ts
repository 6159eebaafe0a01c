import { decodeUtf8, LoadError } from "../../weights/index.ts";
import type { Folder } from "../folder.ts";
import { readExactly } from "../folder.ts";
import { MANIFEST_MAGIC, NODE_MAGIC, openEnvelope } from "./envelope.ts";
import type { Extent } from "./filetable.ts";
import { readManifest } from "./manifest.ts";
import { readNode, type StoredValue } from "./node.ts";

export const MANIFEST = "manifest.ocdbt";

/** A manifest is small: some files and the newest versions. */
const MAX_MANIFEST = 16 * 2 ** 20;
/** The least and most that is allowed for a node, whatever the manifest says. */
const MIN_NODE_LIMIT = 2 ** 20;
const MAX_NODE_LIMIT = 256 * 2 ** 20;
const MAX_KEYS = 4_000_000;

/** The keys of a database, in their order, with their values or where these are. */
export type Database = ReadonlyMap<string, StoredValue>;

/**
 * Reads the keys of the newest version of the OCDBT database in `folder`. Values inside of nodes come along; others
 * are read when they are asked for.
 *
 * @param manifest - the bytes of its manifest
 * @throws LoadError `BadOcdbt`, `CrcMismatch`, `Incomplete`, `PathRejected`, a limit
 */
export async function readDatabase(folder: Folder, manifest: Uint8Array, signal?: AbortSignal): Promise<Database> {
  const place = { source: `${folder.name}/${MANIFEST}` };
  const { maxNodeBytes, root } = readManifest(openEnvelope(manifest, MANIFEST_MAGIC, MAX_MANIFEST, place));
  const limit = Math.min(Math.max(2 * maxNodeBytes, MIN_NODE_LIMIT), MAX_NODE_LIMIT);
  const database = new Map<string, StoredValue>();
  const seen = new Set<string>();

  async function visit({ file, offset, length }: Extent, height: number, prefix: Uint8Array): Promise<void> {
    const place = { source: `${folder.name}/${file.path}`, offset };
    const id = `${file.path}:${offset}`;
    if (seen.has(id)) throw new LoadError("BadOcdbt", "expected every node once", place);
    seen.add(id);
    const bytes = await readExactly(folder, file.path, offset, length, signal);
    const node = readNode(openEnvelope(bytes, NODE_MAGIC, limit, place), file.base, height);
    for (const { key, value } of node.entries) {
      const name = decodeUtf8(join(prefix, key), place);
      if (database.has(name)) throw new LoadError("DuplicateKey", `expected ${JSON.stringify(name)} once`, place);
      if (database.size === MAX_KEYS) throw new LoadError("LimitEntries", `expected at most ${MAX_KEYS} keys`, place);
      database.set(name, value);
    }
    for (const child of node.children) await visit(child.extent, height - 1, join(prefix, child.prefix));
  }

  if (root !== undefined) await visit(root.extent, root.height, new Uint8Array(0));
  return database;
}

/** The bytes of a value, in a buffer of their own. */
export async function readValue(folder: Folder, value: StoredValue, signal?: AbortSignal): Promise<Uint8Array> {
  if (value instanceof Uint8Array) return value.slice();
  return readExactly(folder, value.file.path, value.offset, value.length, signal);
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}
