/** Damaged Orbax checkpoints and zstd data, for `npm run fuzz:weights` and the tests. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { crc32c } from "../src/orbax/crc32c.ts";
import { MANIFEST_MAGIC, NODE_MAGIC, openEnvelope } from "../src/orbax/ocdbt/envelope.ts";
import { LoadError, open } from "../src/orbax/index.ts";
import { decompressExactly, decompressZstd } from "../src/orbax/zstd/decompress.ts";
import type { Outcome } from "./damage.ts";
import { damage, FOLDER, randomOf } from "./damage.ts";

/** A number in [0, n). */
type Random = (n: number) => number;

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
  const path = paths[random(paths.length)]!;
  const way = random(10);
  if (way < 5) return copy.set(path, damage([files.get(path)!], random));
  const manifest = files.get("manifest.ocdbt");
  if (manifest !== undefined && way < 6) return copy.set("manifest.ocdbt", sealed(MANIFEST_MAGIC, manifest, random));
  if (nodes.length === 0) return copy.set(path, damage([files.get(path)!], random));
  const node = nodes[random(nodes.length)]!;
  const file = files.get(node.path)!;
  const bytes = sealed(NODE_MAGIC, file.slice(node.begin, node.end), random);
  // A node that became longer or shorter is read to its old end.
  return copy.set(node.path, new Uint8Array([...file.subarray(0, node.begin), ...bytes, ...file.subarray(node.end)]));
}

/** An envelope with a right checksum around damaged content of the same length where that can be. */
function sealed(magic: number, bytes: Uint8Array, random: Random): Uint8Array {
  if (random(2) === 0) return resealed(damage([bytes], random));
  const reader = openEnvelope(bytes, magic, 2 ** 24, {});
  return envelope(magic, damage([reader.take(reader.left)], random));
}

/** Opens a checkpoint and reads all its arrays. */
export async function readAll(files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  for await (const _ of await open(files));
}

/**
 * @returns the code of the LoadError that `read` throws, or `ok`
 * @throws Error with `what` to try again if it throws anything else
 */
export async function codeOf(read: () => unknown, what = ""): Promise<string> {
  try {
    await read();
    return "ok";
  } catch (error) {
    if (error instanceof LoadError) return error.code;
    throw new Error(`${what}: ${String(error)}`, { cause: error });
  }
}

/** The files of a folder, by their paths in it. */
export function filesOf(folder: string): Map<string, Uint8Array> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [relative(folder, path).replaceAll("\\", "/"), new Uint8Array(readFileSync(path))]),
  );
}

/** Small ones: with OCDBT, with shards, and without OCDBT. */
export const SEEDS = ["conv_params", "net_zarr3", "net_plain_zarr2"];

/** Damages `count` checkpoints and reads them. */
export async function fuzzOrbax(count: number, seed: number): Promise<Outcome> {
  const seeds = await Promise.all(SEEDS.map((name) => checkpointOf(filesOf(join(FOLDER, "orbax", name)))));
  const random = randomOf(seed);
  const outcome: Outcome = {};
  for (let i = 0; i < count; i++) {
    const files = damagedCheckpoint(seeds[i % seeds.length]!, random);
    const code = await codeOf(() => readAll(files), `checkpoint ${i} of seed ${seed}`);
    outcome[code] = (outcome[code] ?? 0) + 1;
  }
  return outcome;
}

const MAX_SEED = 20_000;

/** Damages `count` zstd files and decompresses them. */
export async function fuzzZstd(count: number, seed: number): Promise<Outcome> {
  const json = readFileSync(new URL("../test/golden/zstd.json", import.meta.url), "utf8");
  const { cases } = JSON.parse(json) as { cases: { length: number; b64: string }[] };
  const seeds = cases
    .map(({ length, b64 }) => ({ length, bytes: new Uint8Array(Buffer.from(b64, "base64")) }))
    .filter(({ bytes }) => bytes.length < MAX_SEED);
  const random = randomOf(seed);
  const outcome: Outcome = {};
  for (let i = 0; i < count; i++) {
    const { length, bytes } = seeds[i % seeds.length]!;
    const input = damage([bytes], random);
    const read =
      random(2) === 0 ? () => decompressZstd(input, 2 * length + 100) : () => decompressExactly(input, length);
    const code = await codeOf(read, Buffer.from(input).toString("hex"));
    outcome[code] = (outcome[code] ?? 0) + 1;
  }
  return outcome;
}
