import type { FileParts, TensorEntry } from "../weights/index.ts";
import { LoadError } from "../weights/index.ts";
import { findArrays, openArray, readScalar } from "./arrays.ts";
import type { Folder } from "./folder.ts";
import { readJson } from "./folder.ts";
import type { LayoutOptions } from "./layout.ts";
import { findLayout, METADATA } from "./layout.ts";
import { MANIFEST, readDatabase } from "./ocdbt/database.ts";
import type { Store } from "./store.ts";
import { databaseStore, fileStore } from "./store.ts";
import type { TreeLeaf, TreeMetadata } from "./tree.ts";
import { readTree } from "./tree.ts";

/** Strings are kept in a file of JSON. */
const STRINGS = "_strings.json";
/** At most so many arrays' metadata are asked for at once. */
const PARALLEL = 6;
const EMPTY: Readonly<Record<string, () => unknown>> = { Dict: () => ({}), List: () => [], Tuple: () => [] };

/** What `open` finds in `folder`. */
export async function readCheckpoint(
  folder: Folder,
  options: LayoutOptions,
  signal: AbortSignal | undefined,
): Promise<Pick<FileParts, "entries" | "extra" | "metadata">> {
  const { folder: own, others } = await findLayout(folder, options, signal);
  const source = `${own.name}/${METADATA}`;
  const json = await readJson(own, METADATA, signal);
  const store = await openStore(own, signal);
  const extra = new Map<string, unknown>(others);
  if (json === undefined) return { entries: await withoutTree(store, own, signal), extra };
  const tree = readTree(json, { source });
  return { entries: await withTree(tree, store, own, extra, signal), extra, metadata: customMetadata(tree.custom) };
}

async function openStore(folder: Folder, signal: AbortSignal | undefined): Promise<Store> {
  const manifest = await folder.read(MANIFEST, undefined, undefined, signal);
  return manifest === undefined
    ? fileStore(folder)
    : databaseStore(folder, await readDatabase(folder, manifest, signal));
}

async function withTree(
  { leaves, useZarr3, complete }: TreeMetadata,
  store: Store,
  folder: Folder,
  extra: Map<string, unknown>,
  signal: AbortSignal | undefined,
): Promise<Map<string, TensorEntry>> {
  const named = leaves.map((leaf) => ({ ...leaf, name: leaf.path.join("/") }));
  checkNames(
    named.map(({ name }) => name),
    folder.name,
  );
  const stored = named.filter(({ empty, valueType }) => !empty && valueType !== "string");
  const arrays = await openAll(stored, (leaf) => openArray(store, leaf, useZarr3, complete, signal));
  for (const leaf of named) {
    const { name, valueType } = leaf;
    const array = arrays.get(name);
    if (array === undefined) extra.set(name, await readOther(leaf, folder, signal));
    else if (valueType === "scalar") {
      extra.set(name, await readScalar(array, { source: folder.name, tensor: name }, signal));
      arrays.delete(name);
    }
  }
  return arrays;
}

async function withoutTree(
  store: Store,
  folder: Folder,
  signal: AbortSignal | undefined,
): Promise<Map<string, TensorEntry>> {
  const found = await findArrays(store);
  if (found === undefined)
    throw new LoadError("WrongFormat", `expected ${METADATA}, or a folder that can be listed`, { source: folder.name });
  checkNames(
    found.map(({ name }) => name),
    folder.name,
  );
  return await openAll(found, (entry) => openArray(store, entry, entry.zarr3, false, signal));
}

/** Opens several at a time; the result is in the order of `items`. */
async function openAll<T extends { readonly name: string }>(
  items: readonly T[],
  open: (item: T) => Promise<TensorEntry>,
): Promise<Map<string, TensorEntry>> {
  const entries = new Map<string, TensorEntry>();
  for (let i = 0; i < items.length; i += PARALLEL) {
    const some = items.slice(i, i + PARALLEL);
    const opened = await Promise.all(some.map(open));
    for (const [j, { name }] of some.entries()) entries.set(name, opened[j]!);
  }
  return entries;
}

function checkNames(names: readonly string[], source: string): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw new LoadError("DuplicateKey", "expected every path once", { source, tensor: name });
    seen.add(name);
  }
}

/** A leaf that is not an array: a string, None or an empty container. */
async function readOther(leaf: TreeLeaf, folder: Folder, signal: AbortSignal | undefined): Promise<unknown> {
  if (leaf.empty) return Object.hasOwn(EMPTY, leaf.valueType) ? EMPTY[leaf.valueType]!() : null;
  // A key is a JSON pointer there: slashes lead deeper.
  let found = await readJson(folder, STRINGS, signal);
  for (const part of leaf.key.split("/")) {
    const object = Object(found) as Record<string, unknown>;
    found = Object.hasOwn(object, part) ? object[part] : undefined;
  }
  if (typeof found === "string") return found;
  throw new LoadError("Incomplete", `expected a string in ${STRINGS}`, { source: folder.name, tensor: leaf.key });
}

/** What the caller of Orbax added: strings as they are, the rest as JSON. */
function customMetadata(custom: unknown): ReadonlyMap<string, string> {
  if (typeof custom !== "object" || custom === null) return new Map();
  return new Map(
    Object.entries(custom).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}
