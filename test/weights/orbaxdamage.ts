import { crc32c } from "../../src/orbax/crc32c.ts";
import { MANIFEST_MAGIC, NODE_MAGIC, openEnvelope } from "../../src/orbax/ocdbt/envelope.ts";
import { LoadError, open } from "../../src/orbax/index.ts";
import { decompressExactly, decompressZstd } from "../../src/orbax/zstd/decompress.ts";

/** A random number in [0, 1); the same sequence for the same seed. */
export type Random = () => number;

export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x = (x + Math.imul(x ^ (x >>> 7), x | 61)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `bytes` with some bits flipped, bytes set, a part cut out or put in twice, or its end cut off. */
export function damaged(bytes: Uint8Array, random: Random): Uint8Array {
  const at = Math.floor(random() * bytes.length);
  const kind = Math.floor(random() * 6);
  if (kind <= 2) {
    const copy = bytes.slice();
    for (let i = 0; i <= random() * 4; i++) {
      const place = i === 0 ? at : Math.floor(random() * bytes.length);
      copy[place] = kind === 0 ? copy[place]! ^ (1 << (random() * 8)) : kind === 1 ? random() * 256 : 255;
    }
    return copy;
  }
  if (kind === 3) return bytes.slice(0, at);
  const count = Math.ceil(random() * Math.min(64, bytes.length - at));
  const again = kind === 4 ? at : at + count;
  return new Uint8Array([...bytes.subarray(0, at + (kind === 4 ? count : 0)), ...bytes.subarray(again)]);
}

/** Puts `body` into an envelope with the right length and checksum, uncompressed. */
export function envelope(magic: number, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(18 + body.length);
  new DataView(bytes.buffer).setUint32(0, magic);
  bytes.set(body, 14);
  return resealed(bytes);
}

/** `bytes` with the length and checksum that an envelope of its content has. */
export function resealed(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  if (copy.length < 18) return copy;
  const view = new DataView(copy.buffer);
  view.setBigUint64(4, BigInt(copy.length), true);
  view.setUint32(copy.length - 4, crc32c(copy.subarray(0, -4)), true);
  return copy;
}

/** A checkpoint in memory, and where its B+tree nodes are. */
export interface Checkpoint {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly nodes: readonly { readonly path: string; readonly begin: number; readonly end: number }[];
}

/** Reads a checkpoint once, to learn where its nodes are. */
export async function checkpointOf(files: ReadonlyMap<string, Uint8Array>): Promise<Checkpoint> {
  const nodes: { path: string; begin: number; end: number }[] = [];
  await open({
    read(path, begin = 0, end = Infinity) {
      const bytes = files.get(path)?.slice(begin, end);
      if (bytes !== undefined && bytes.length > 18 && new DataView(bytes.buffer).getUint32(0) === NODE_MAGIC)
        nodes.push({ path, begin, end: begin + bytes.length });
      return bytes;
    },
  });
  return { files, nodes };
}

/**
 * The same files, one of them damaged. Half of the time the checksums are right nevertheless, and the damage may be
 * in a node's or manifest's decompressed content.
 */
export function damagedCheckpoint({ files, nodes }: Checkpoint, random: Random): Map<string, Uint8Array> {
  const copy = new Map(files);
  const paths = [...files.keys()].filter((path) => files.get(path)!.length > 0);
  const path = paths[Math.floor(random() * paths.length)]!;
  const way = random();
  if (way < 0.5) return copy.set(path, damaged(files.get(path)!, random));
  const manifest = files.get("manifest.ocdbt");
  if (manifest !== undefined && way < 0.6) return copy.set("manifest.ocdbt", sealed(MANIFEST_MAGIC, manifest, random));
  if (nodes.length === 0) return copy.set(path, damaged(files.get(path)!, random));
  const node = nodes[Math.floor(random() * nodes.length)]!;
  const file = files.get(node.path)!;
  const bytes = sealed(NODE_MAGIC, file.slice(node.begin, node.end), random);
  // A node that became longer or shorter is read to its old end.
  return copy.set(node.path, new Uint8Array([...file.subarray(0, node.begin), ...bytes, ...file.subarray(node.end)]));
}

/** An envelope with a right checksum around damaged content of the same length where that can be. */
function sealed(magic: number, bytes: Uint8Array, random: Random): Uint8Array {
  if (random() < 0.5) return resealed(damaged(bytes, random));
  const reader = openEnvelope(bytes, magic, 2 ** 24, {});
  return envelope(magic, damaged(reader.take(reader.left), random));
}

/**
 * Opens a checkpoint and reads all its arrays.
 *
 * @returns the code of the LoadError, or `none`
 * @throws what is no LoadError
 */
export async function outcome(files: ReadonlyMap<string, Uint8Array>): Promise<string> {
  try {
    for await (const _ of await open(files));
    return "none";
  } catch (error) {
    if (error instanceof LoadError) return error.code;
    throw error;
  }
}

/** Decompresses damaged data; errors other than LoadErrors are thrown. */
export function decompressDamaged(bytes: Uint8Array, length: number, random: Random): string {
  try {
    const input = damaged(bytes, random);
    if (random() < 0.5) decompressZstd(input, 2 * length + 100);
    else decompressExactly(input, length);
    return "none";
  } catch (error) {
    if (error instanceof LoadError) return error.code;
    throw error;
  }
}
