import type { ByteReader } from "../bytereader.ts";
import { type Extent, fileAt, joinPrefix, readFileTable } from "./filetable.ts";

/** A value in the node itself, or where it is. */
export type StoredValue = Uint8Array | Extent;

export interface LeafEntry {
  readonly key: Uint8Array;
  readonly value: StoredValue;
}

export interface Child {
  /** What stands before every key of the child. */
  readonly prefix: Uint8Array;
  readonly extent: Extent;
}

/** A node of the B+tree: a leaf has entries, an interior node children. */
export interface BTreeNode {
  readonly entries: readonly LeafEntry[];
  readonly children: readonly Child[];
}

const MAX_KEY = 65_535;
/** Keys share prefixes, so that a small node can have long ones: this many times its own bytes, and the slack. */
const MAX_KEY_RATIO = 64;
const KEY_SLACK = 65_536;

/**
 * Reads a B+tree node that was taken out of its envelope. Its keys come without the prefix that the parent names.
 *
 * @param base - what its file names are relative to
 * @param height - how far it is above the leaves
 * @throws LoadError `BadOcdbt`, `LimitBytes`
 *
 * Source: TensorStore 0.1.86 `tensorstore/kvstore/ocdbt/format/btree.cc`.
 */
export function readNode(reader: ByteReader, base: string, height: number): BTreeNode {
  const own = reader.u8();
  if (own !== height) throw reader.error(`a node of height ${height}, got ${own}`);
  const files = readFileTable(reader, base);
  const count = reader.varint();
  if (count === 0) throw reader.error("a node with entries");
  reader.expect(count);
  const prefixes = [0, ...reader.varints(count - 1, MAX_KEY)];
  const suffixes = reader.varints(count, MAX_KEY);
  const total = prefixes.reduce((sum, prefix, i) => sum + prefix + suffixes[i]!, 0);
  if (total > KEY_SLACK + MAX_KEY_RATIO * reader.bytes.length) throw reader.error("keys that their node justifies");
  const shared = height > 0 ? reader.varints(count, MAX_KEY) : [];
  const keys: Uint8Array[] = [];
  for (let i = 0; i < count; i++)
    keys.push(joinPrefix(reader, keys.at(-1) ?? new Uint8Array(0), prefixes[i]!, suffixes[i]!));
  if (height === 0) return { entries: readValues(reader, keys, files), children: [] };

  const extents = readExtents(reader, count, files, reader.varints(count));
  for (let i = 0; i < 3; i++) reader.varints(count); // Keys, bytes of nodes and bytes of values below each child.
  reader.end();
  const children = keys.map((key, i) => {
    if (shared[i]! > key.length) throw reader.error("a shared prefix that its key has");
    return { prefix: key.subarray(0, shared[i]), extent: extents(i) };
  });
  return { entries: [], children };
}

type Files = ReturnType<typeof readFileTable>;

/** Offsets and lengths follow: those of `count` nodes or values in the files at `indexes`. */
function readExtents(
  reader: ByteReader,
  count: number,
  files: Files,
  indexes: readonly number[],
  lengths?: readonly number[],
): (i: number) => Extent {
  const offsets = reader.varints(count);
  const sizes = lengths ?? reader.varints(count);
  return (i) => ({ file: fileAt(files, indexes[i]!, reader), offset: offsets[i]!, length: sizes[i]! });
}

function readValues(reader: ByteReader, keys: readonly Uint8Array[], files: Files): LeafEntry[] {
  const lengths = reader.varints(keys.length);
  const kinds = reader.varints(keys.length, 1);
  const outside = lengths.filter((_, i) => kinds[i] === 1);
  const extents = readExtents(reader, outside.length, files, reader.varints(outside.length), outside);
  let next = 0;
  const entries = keys.map((key, i) => {
    const value = kinds[i] === 1 ? extents(next++) : reader.take(lengths[i]!);
    return { key, value };
  });
  reader.end();
  return entries;
}
