import { decodeUtf8 } from "../../weights/index.ts";
import type { ByteReader } from "../bytereader.ts";
import { checkPath } from "../paths.ts";

/** A data file that a manifest or node refers to. */
export interface DataFile {
  /** Its path below the folder of the database. */
  readonly path: string;
  /** What the paths of the nodes in it are relative to. */
  readonly base: string;
}

/** Where a node or a value is. */
export interface Extent {
  readonly file: DataFile;
  readonly offset: number;
  readonly length: number;
}

const MAX_PATH = 4096;

/**
 * Reads the table of data files of a manifest or node.
 *
 * @param base - what its paths are relative to
 * @throws LoadError `BadOcdbt`, `BadUtf8`, `PathRejected`
 */
export function readFileTable(reader: ByteReader, base: string): DataFile[] {
  const count = reader.varint();
  reader.expect(count);
  const prefixes = [0, ...reader.varints(Math.max(count - 1, 0), MAX_PATH)];
  const suffixes = reader.varints(count, MAX_PATH);
  const bases = reader.varints(count, MAX_PATH);
  const files: DataFile[] = [];
  let previous = new Uint8Array(0);
  for (let i = 0; i < count; i++) {
    const path = joinPrefix(reader, previous, prefixes[i]!, suffixes[i]!);
    if (path.length > MAX_PATH || bases[i]! > path.length) throw reader.error("the path of a data file");
    const name = decodeUtf8(path, reader.place);
    const full = base + name;
    checkPath(full, reader.place);
    files.push({ path: full, base: base + decodeUtf8(path.subarray(0, bases[i]), reader.place) });
    previous = path;
  }
  return files;
}

/** The first `prefix` bytes of `previous` and the next `suffix` bytes. */
export function joinPrefix(
  reader: ByteReader,
  previous: Uint8Array,
  prefix: number,
  suffix: number,
): Uint8Array<ArrayBuffer> {
  if (prefix > previous.length) throw reader.error(`a common prefix of at most ${previous.length} bytes`);
  const tail = reader.take(suffix);
  const joined = new Uint8Array(prefix + suffix);
  joined.set(previous.subarray(0, prefix));
  joined.set(tail, prefix);
  return joined;
}

/** The file at `index` of a table. */
export function fileAt(files: readonly DataFile[], index: number, reader: ByteReader): DataFile {
  const file = files[index];
  if (file === undefined) throw reader.error(`a data file below ${files.length}, got ${index}`);
  return file;
}
