import type { LoadErrorPlace } from "../weights/index.ts";
import { LoadError } from "../weights/index.ts";

/** A leaf of the tree that was saved. */
export interface TreeLeaf {
  readonly path: readonly string[];
  /** What its array is stored under: the keys joined by dots, `value` included. */
  readonly key: string;
  /** `jax.Array`, `np.ndarray`, `scalar`, `string`, `None`, `Dict`, ... */
  readonly valueType: string;
  /** Whether it has no data of its own: `None` and empty containers. */
  readonly empty: boolean;
}

/** What `_METADATA` says. */
export interface TreeMetadata {
  readonly leaves: readonly TreeLeaf[];
  readonly useZarr3: boolean;
  /** Whether every chunk was written, also those of zeros alone. */
  readonly complete: boolean;
  /** What the caller of Orbax added. */
  readonly custom: unknown;
}

const MAX_LEAVES = 1_000_000;
const MAX_PATH = 1000;
/** `nnx.state(model)` has it at the end of every path. */
const VALUE = "value";

/**
 * Reads `_METADATA`.
 *
 * @throws LoadError `BadMetadata`, `LimitEntries`
 *
 * Source: Orbax 0.12.4 `orbax/checkpoint/_src/metadata/tree.py`.
 */
export function readTree(json: unknown, place: LoadErrorPlace): TreeMetadata {
  const meta = asRecord(json, "an object", place);
  const entries = Object.values(asRecord(meta["tree_metadata"], '"tree_metadata"', place));
  if (entries.length > MAX_LEAVES)
    throw new LoadError("LimitEntries", `expected at most ${MAX_LEAVES} leaves, got ${entries.length}`, place);
  return {
    leaves: withoutFilled(withoutValue(entries.map((entry) => readLeaf(entry, place)))),
    useZarr3: meta["use_zarr3"] === true,
    complete: meta["store_array_data_equal_to_fill_value"] === true,
    custom: meta["custom_metadata"],
  };
}

function readLeaf(entry: unknown, place: LoadErrorPlace): TreeLeaf {
  const { key_metadata: keys, value_metadata: value } = asRecord(entry, "a leaf", place);
  if (!Array.isArray(keys) || keys.length > MAX_PATH) throw metadataError(`a path of at most ${MAX_PATH} keys`, place);
  const path = keys.map((item: unknown) => {
    const { key } = asRecord(item, "a key", place);
    if (typeof key !== "string" && typeof key !== "number") throw metadataError("a key that is text", place);
    return String(key);
  });
  const { value_type: valueType, skip_deserialize: empty } = asRecord(value, "a value", place);
  if (typeof valueType !== "string") throw metadataError('a "value_type"', place);
  return { path, key: path.join("."), valueType, empty: empty === true };
}

/** Drops the last part of the paths where it is `value` on every one. */
function withoutValue(leaves: readonly TreeLeaf[]): readonly TreeLeaf[] {
  if (!leaves.every(({ path }) => path.length > 1 && path.at(-1) === VALUE)) return leaves;
  return leaves.map((leaf) => ({ ...leaf, path: leaf.path.slice(0, -1) }));
}

/** Drops empty containers that were filled later: other leaves are below them. */
function withoutFilled(leaves: readonly TreeLeaf[]): readonly TreeLeaf[] {
  if (!leaves.some(({ empty }) => empty)) return leaves;
  const above = new Set<string>();
  for (const { path } of leaves) for (let i = 0; i < path.length; i++) above.add(JSON.stringify(path.slice(0, i)));
  return leaves.filter(({ path, empty }) => !empty || !above.has(JSON.stringify(path)));
}

/** @throws LoadError `BadMetadata` unless `value` is an object */
function asRecord(value: unknown, what: string, place: LoadErrorPlace): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw metadataError(what, place);
}

function metadataError(expected: string, place: LoadErrorPlace): LoadError {
  return new LoadError("BadMetadata", `expected ${expected}`, place);
}
