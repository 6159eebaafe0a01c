import { LoadError } from "../weights/index.ts";
import type { Folder } from "./folder.ts";
import type { Database } from "./ocdbt/database.ts";
import { readValue } from "./ocdbt/database.ts";
import { checkPath } from "./paths.ts";

/** Where Zarr keeps its metadata and chunks, by key. */
export interface Store {
  /** What a key is called in messages. */
  nameOf(key: string): string;
  get(key: string, signal?: AbortSignal): Promise<Uint8Array | undefined>;
  /** Whether there is such a key; undefined where only reading it tells. */
  has(key: string): boolean | undefined;
  /** All keys; undefined where they cannot be listed. */
  keys(): Promise<Iterable<string> | undefined>;
}

/** The store in an OCDBT database. */
export function databaseStore(folder: Folder, database: Database): Store {
  return {
    nameOf: (key) => `${folder.name}/${key}`,
    async get(key, signal) {
      const value = database.get(key);
      return value && (await readValue(folder, value, signal));
    },
    has: (key) => database.has(key),
    keys: async () => database.keys(),
  };
}

/** No folder of arrays is deeper. */
const MAX_DEPTH = 64;
const MAX_FILES = 1_000_000;

/** The store whose keys are files. */
export function fileStore(folder: Folder): Store {
  return {
    nameOf: (key) => `${folder.name}/${key}`,
    async get(key, signal) {
      checkPath(key, { source: folder.name });
      return await folder.read(key, undefined, undefined, signal);
    },
    has: () => undefined,
    keys: async () => (folder.list === undefined ? undefined : await listAll(folder, "", 0)),
  };
}

async function listAll(folder: Folder, path: string, depth: number): Promise<string[]> {
  if (depth > MAX_DEPTH)
    throw new LoadError("LimitDepth", `expected folders at most ${MAX_DEPTH} deep`, { source: folder.name });
  const keys: string[] = [];
  for (const name of await folder.list!(path)) {
    const key = path === "" ? name : `${path}/${name}`;
    const below = await listAll(folder, key, depth + 1);
    if (below.length === 0) keys.push(key);
    else for (const file of below) keys.push(file);
    if (keys.length > MAX_FILES)
      throw new LoadError("LimitEntries", `expected at most ${MAX_FILES} files`, { source: folder.name });
  }
  return keys;
}
