import type { ByteReader } from "../bytereader.ts";
import { type Extent, fileAt, readFileTable } from "./filetable.ts";

/** What a manifest says of the newest version of the database. */
export interface Manifest {
  /** The most bytes that a node has before compression; a node of one large entry may have more. */
  readonly maxNodeBytes: number;
  /** The root of the B+tree, undefined where the database is empty. */
  readonly root: { readonly extent: Extent; readonly height: number } | undefined;
}

const UUID = 16;
const MAX_WORD = 2 ** 32 - 1;
/** No B+tree is higher: 2 entries a node make 65,536 keys, usual nodes have hundreds. */
export const MAX_HEIGHT = 16;

/**
 * Reads a manifest that was taken out of its envelope.
 *
 * @throws LoadError `BadOcdbt`
 *
 * Source: TensorStore 0.1.86 `tensorstore/kvstore/ocdbt/format/{manifest,config,version_tree}.cc`.
 */
export function readManifest(reader: ByteReader): Manifest {
  reader.take(UUID);
  const kind = reader.varint();
  if (kind !== 0) throw reader.error(`a manifest of kind 0 (single), got ${kind}: a numbered one`);
  reader.varint(); // The most bytes of an inline value: every node says where its values are.
  const maxNodeBytes = reader.varint();
  if (maxNodeBytes > MAX_WORD) throw reader.error(`a node size below 2^32, got ${maxNodeBytes}`);
  reader.u8(); // The arity of the tree of versions, of which only the newest is read.
  readCompression(reader);
  const files = readFileTable(reader, "");

  const count = reader.varint();
  reader.varints(count); // Generations.
  const heights = reader.take(count);
  const fileIndexes = reader.varints(count);
  const offsets = reader.varints(count);
  const lengths = reader.varints(count);
  if (count === 0) return { maxNodeBytes, root: undefined };
  const [height, length] = [heights[count - 1]!, lengths[count - 1]!];
  if (length === 0) return { maxNodeBytes, root: undefined };
  if (height > MAX_HEIGHT) throw reader.error(`a height of at most ${MAX_HEIGHT}, got ${height}`);
  const file = fileAt(files, fileIndexes[count - 1]!, reader);
  return { maxNodeBytes, root: { extent: { file, offset: offsets[count - 1]!, length }, height } };
}

/** The compression of new nodes; each node says its own. */
function readCompression(reader: ByteReader): void {
  const compression = reader.varint();
  if (compression === 1) reader.take(4);
  else if (compression !== 0) throw reader.error(`compression 0 (none) or 1 (zstd), got ${compression}`);
}
