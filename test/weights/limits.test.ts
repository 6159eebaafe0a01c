/** Every limit of the readers of files: what is of just this size is read, and one more is an error with its code. */
import { describe, expect, it } from "vitest";
import { envelope, resealed } from "../../scripts/fuzz-orbax.ts";
import { readDatabase } from "../../src/orbax/ocdbt/database.ts";
import { MANIFEST_MAGIC, NODE_MAGIC, openEnvelope } from "../../src/orbax/ocdbt/envelope.ts";
import { readFileTable } from "../../src/orbax/ocdbt/filetable.ts";
import { ByteReader } from "../../src/orbax/bytereader.ts";
import { listingFolder } from "../../src/orbax/sources/listing.ts";
import { fileStore } from "../../src/orbax/store.ts";
import { readTree } from "../../src/orbax/tree.ts";
import { checkSizes } from "../../src/orbax/zarr/array.ts";
import { loadArray } from "../../src/orbax/zarr/load.ts";
import { readSharding } from "../../src/orbax/zarr/sharding.ts";
import { readZarr2 } from "../../src/orbax/zarr/v2.ts";
import { readZarr3 } from "../../src/orbax/zarr/v3.ts";
import { readMsgpack, readSafetensors } from "../../src/weights.ts";
import { parseJson } from "../../src/weights/json.ts";
import { parseLiteral } from "../../src/weights/numpy/literal.ts";
import { npyStart } from "../../src/weights/numpy/header.ts";
import { openSharded } from "../../src/weights/safetensors/sharded.ts";
import { codeOf } from "./golden.ts";

const MIB = 2 ** 20;

const text = (value: string): number[] => [...new TextEncoder().encode(value)];

const bytesOf = (value: string): Uint8Array => new TextEncoder().encode(value);

/** A number in LEB128. */
function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

/** A zstd frame of `size` bytes `byte`, in blocks that repeat one. */
function frame(size: number, byte: number): Uint8Array {
  const bytes = [0x28, 0xb5, 0x2f, 0xfd, 0, 7 << 3];
  for (let left = size; ; left -= 2 ** 17) {
    const header = (Math.min(left, 2 ** 17) << 3) | 2 | (left <= 2 ** 17 ? 1 : 0);
    bytes.push(header & 255, (header >> 8) & 255, header >> 16, byte);
    if (left <= 2 ** 17) return Uint8Array.from(bytes);
  }
}

/** An envelope around a frame. */
function compressed(magic: number, size: number): Uint8Array {
  const bytes = envelope(magic, frame(size, 255));
  bytes[13] = 1;
  return resealed(bytes);
}

/** A manifest that allows nodes of so many bytes, whose root is the file `d` of `length` bytes. */
function manifest(maxNodeBytes: number, length: number, height = 0, name = "d"): Uint8Array {
  const files = [1, ...varint(name.length), 0, ...text(name)];
  const version = [1, 1, height, 0, 0, ...varint(length), 1, 1, 1, ...Array<number>(8).fill(0)];
  const head = [...Array<number>(16).fill(0), 0, 100, ...varint(maxNodeBytes), 4, 0];
  return envelope(MANIFEST_MAGIC, Uint8Array.from([...head, ...files, ...version, 0]));
}

/** A safetensors file of one header and no data. */
function safetensors(header: string): Uint8Array {
  const json = bytesOf(header);
  const bytes = new Uint8Array(8 + json.length);
  new DataView(bytes.buffer).setUint32(0, json.length, true);
  bytes.set(json, 8);
  return bytes;
}

const entry = (rank: number): string =>
  JSON.stringify({ dtype: "U8", shape: Array<number>(rank).fill(0), data_offsets: [0, 0] });

/** Opens an index of `size` bytes, of which all but `json` are spaces that nobody has to hold. */
async function openIndex(json: string, size = json.length): Promise<unknown> {
  const index = { name: "index", size, head: bytesOf(json), read: async () => bytesOf(json) };
  return openSharded(index as never, {} as never);
}

/** The header of a .npy whose text has `length` bytes. */
function npyHead(length: number): Uint8Array {
  const bytes = Uint8Array.of(0x93, ...text("NUMPY"), 2, 0, 0, 0, 0, 0);
  new DataView(bytes.buffer).setUint32(8, length, true);
  return bytes;
}

const array = (shape: readonly number[], chunks: readonly number[]): ReturnType<typeof readZarr2> =>
  readZarr2(
    { zarr_format: 2, shape, chunks, dtype: "|u1", order: "C", compressor: null, fill_value: 0 },
    { source: "folder/.zarray" },
  );

/** Loads from a store that lacks the first chunk: whatever is within the limits ends with that. */
async function load(shape: readonly number[], chunks: readonly number[]): Promise<unknown> {
  const store = { has: () => false, get: async () => undefined } as never;
  return loadArray(store, "w", array(shape, chunks), { complete: true, place: {} });
}

const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `${i}`);

/** The keys of a folder of `count` files. */
const keysOf = (count: number): unknown =>
  fileStore({ name: "folder", list: async (path: string) => (path === "" ? names(count) : []) } as never).keys();

const LITTLE = { name: "bytes", configuration: { endian: "little" } };

/** Reads a shard of `count` elements, each a chunk of its own and none there, of which `size` bytes come out. */
function readShard(count: number, size: number): void {
  const configuration = { chunk_shape: [1], codecs: [LITTLE], index_codecs: [LITTLE] };
  const { decode } = readZarr3(
    {
      zarr_format: 3,
      node_type: "array",
      shape: [count],
      data_type: "uint32",
      chunk_grid: { name: "regular", configuration: { chunk_shape: [count] } },
      fill_value: 0,
      codecs: [{ name: "sharding_indexed", configuration }, { name: "zstd" }],
    },
    {},
  );
  decode(frame(size, 255), [0], { bytes: new Uint8Array(4 * count), shape: [count], itemSize: 4 });
}

/** Metadata of Orbax with `count` leaves, of which none is one. */
const tree = (count: number): unknown => ({ tree_metadata: { ...Array<number>(count).fill(0) } });

const leaf = (depth: number): unknown => ({
  tree_metadata: {
    a: { key_metadata: Array.from({ length: depth }, () => ({ key: "k" })), value_metadata: { value_type: "scalar" } },
  },
});

/** Folders in each other, the last of which is empty. */
const folders = (depth: number): unknown =>
  fileStore({
    name: "folder",
    list: async (path: string) => (path.length < 2 * depth - 1 ? ["d"] : []),
  } as never).keys();

function fileTable(length: number): unknown {
  const bytes = [1, ...varint(length), 0, ...Array<number>(length).fill(97)];
  return readFileTable(new ByteReader(Uint8Array.from(bytes), {}), "");
}

/** A leaf with one key of `length` bytes. */
function node(length: number): Uint8Array {
  return envelope(NODE_MAGIC, Uint8Array.from([0, 0, 1, ...varint(length), ...Array<number>(length).fill(97), 0, 0]));
}

function readNodes(bytes: Uint8Array, maxNodeBytes = 1, height = 0): unknown {
  return readDatabase(listingFolder("folder", new Map([["d", bytes]])), manifest(maxNodeBytes, bytes.length, height));
}

/** A list of which the last item is a map, which announces `count` entries and has two of one name. */
const maps = (lists: number, count: number): Uint8Array =>
  Uint8Array.from([0xdd, 0, 0, 0, lists + 1, ...Array<number>(lists).fill(0x90), 0xdf, ...big(count), 0, 0, 0, 0]);

/** A file with so many bytes behind `bytes`. */
function padded(bytes: Uint8Array, more: number): Uint8Array {
  const all = new Uint8Array(bytes.length + more);
  all.set(bytes);
  return all;
}

const big = (value: number): number[] => [value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255];

interface Limit {
  readonly limit: number;
  /** Of what is of just that size: `none` where nothing else is wrong with it. */
  readonly within: string;
  readonly beyond: string;
  readonly read: (size: number) => unknown;
}

const nested = (open: string, close: string, depth: number): string => open.repeat(depth) + 0 + close.repeat(depth);

const LIMITS: Readonly<Record<string, Limit>> = {
  "levels of JSON": {
    limit: 100,
    within: "none",
    beyond: "LimitDepth",
    read: (n) => parseJson(nested("[", "]", n), "BadHeader", 1, {}),
  },
  "levels of objects in JSON": {
    limit: 100,
    within: "none",
    beyond: "LimitDepth",
    read: (n) => parseJson(nested('{"a":', "}", n), "BadHeader", 1, {}),
  },
  "bytes of a .npy's header": {
    limit: 65_535,
    within: "none",
    beyond: "HeaderTooLarge",
    read: (n) => npyStart(npyHead(n), {}),
  },
  "characters of a name in safetensors": {
    limit: 65_535,
    within: "none",
    beyond: "LimitName",
    read: (n) => readSafetensors(safetensors(`{"${"n".repeat(n)}":${entry(1)}}`)),
  },
  "axes of an array in safetensors": {
    limit: 64,
    within: "none",
    beyond: "LimitRank",
    read: (n) => readSafetensors(safetensors(`{"a":${entry(n)}}`)),
  },
  "characters of the metadata of safetensors": {
    limit: 16 * MIB,
    within: "none",
    beyond: "Limit",
    read: (n) => readSafetensors(safetensors(`{"__metadata__":{"abc":"","de":"${"x".repeat(n - 5)}"}}`)),
  },
  "bytes of the index of a sharded file": {
    limit: 100_000_000,
    within: "none",
    beyond: "HeaderTooLarge",
    read: (n) => openIndex('{"weight_map":{}}', n),
  },
  "names in the index of a sharded file": {
    limit: 1_000_000,
    within: "BadIndex",
    beyond: "LimitTensors",
    read: (n) => openIndex(`{"weight_map":{"${names(n).join('":0,"')}":0}}`),
  },
  "levels of msgpack": {
    limit: 1000,
    within: "none",
    beyond: "LimitDepth",
    read: (n) => readMsgpack(Uint8Array.from([...Array<number>(n).fill(0x91), 1])),
  },
  "entries of a map of msgpack, the map with them": {
    limit: 1_000_000,
    within: "DuplicateKey",
    beyond: "LimitEntries",
    read: (n) => readMsgpack(padded(maps(0, n - 2), 2 * n)),
  },
  "lists and entries of maps of msgpack": {
    limit: 1_000_000,
    within: "DuplicateKey",
    beyond: "LimitEntries",
    read: (n) => readMsgpack(padded(maps(100, n - 102), 2 * n)),
  },
  "lists of msgpack": {
    limit: 1_000_000,
    within: "none",
    beyond: "LimitEntries",
    read: (n) => readMsgpack(Uint8Array.from([0xdd, ...big(n - 1), ...Array<number>(n - 1).fill(0x90)])),
  },
  "axes of a Zarr array": {
    limit: 32,
    within: "none",
    beyond: "LimitRank",
    read: (n) => checkSizes(Array(n).fill(1), "shape", 0, {}),
  },
  "elements of a Zarr array": {
    limit: 2 ** 31 - 1,
    within: "Incomplete",
    beyond: "Limit",
    read: (n) => load([n], [2 ** 24]),
  },
  "chunks of a Zarr array": {
    limit: 2 ** 20,
    within: "Incomplete",
    beyond: "LimitEntries",
    read: (n) => load([1, n], [1, 1]),
  },
  "chunks of a shard": {
    limit: 2 ** 20,
    within: "none",
    beyond: "LimitEntries",
    read: (n) => readSharding({ chunk_shape: [1], codecs: [LITTLE], index_codecs: [LITTLE] }, [n], {}),
  },
  "bytes of a compressed shard: those of its elements twice, and 64 KiB": {
    limit: 2 * 4 * 1000 + 65_536,
    within: "none",
    beyond: "LimitBytes",
    read: (n) => readShard(1000, n),
  },
  "levels of folders": { limit: 64, within: "none", beyond: "LimitDepth", read: folders },
  "leaves of a tree": {
    limit: 1_000_000,
    within: "BadMetadata",
    beyond: "LimitEntries",
    read: (n) => readTree(tree(n), {}),
  },
  "keys of a leaf": { limit: 1000, within: "none", beyond: "BadMetadata", read: (n) => readTree(leaf(n), {}) },
  "bytes of a manifest": {
    limit: 16 * MIB,
    within: "BadOcdbt",
    beyond: "LimitBytes",
    read: (n) => readDatabase(listingFolder("folder", new Map()), compressed(MANIFEST_MAGIC, n)),
  },
  "bytes of a node whose manifest allows hardly any": {
    limit: MIB,
    within: "BadOcdbt",
    beyond: "LimitBytes",
    read: (n) => readNodes(compressed(NODE_MAGIC, n), 1),
  },
  "bytes of a node: twice what its manifest says": {
    limit: 6 * MIB,
    within: "BadOcdbt",
    beyond: "LimitBytes",
    read: (n) => readNodes(compressed(NODE_MAGIC, n), 3 * MIB),
  },
  "bytes of a node whose manifest allows any": {
    limit: 256 * MIB,
    within: "BadOcdbt",
    beyond: "LimitBytes",
    read: (n) => readNodes(compressed(NODE_MAGIC, n), 2 ** 32 - 1),
  },
  "bytes that a manifest may allow for a node": {
    limit: 2 ** 32 - 1,
    within: "none",
    beyond: "BadOcdbt",
    read: (n) => readNodes(node(1), n),
  },
  "levels of a B+tree": {
    limit: 16,
    within: "Incomplete",
    beyond: "BadOcdbt",
    read: (n) => readDatabase(listingFolder("folder", new Map()), manifest(1, 99, n)),
  },
  "bytes of the path of a data file": { limit: 4096, within: "none", beyond: "BadOcdbt", read: fileTable },
  "bytes of a key": { limit: 65_535, within: "none", beyond: "BadOcdbt", read: (n) => readNodes(node(n)) },
};

describe("the limits of files", () => {
  it.each(Object.entries(LIMITS))("%s", async (_, { limit, within, beyond, read }) => {
    expect(await codeOf(() => read(limit))).toBe(within);
    expect(await codeOf(() => read(limit + 1))).toBe(beyond);
  });

  it("levels of the literals in a .npy", () => {
    for (const [open, close] of ["[]", "{}"].map((pair) => pair.split("") as [string, string])) {
      const of = (depth: number): unknown => parseLiteral(nested(open === "{" ? "{1:" : open, close, depth));
      expect(of(20)).toBeDefined();
      expect(of(21)).toBeUndefined();
    }
  });

  it("the files of a folder", async () => {
    expect(await codeOf(async () => expect(await keysOf(1_000_000)).toHaveLength(1_000_000))).toBe("none");
    expect(await codeOf(() => keysOf(1_000_001))).toBe("LimitEntries");
  });

  it("a folder that cannot be listed has no keys to show", async () => {
    expect(await fileStore({ name: "folder", read: async () => undefined }).keys()).toBeUndefined();
    expect(openEnvelope(envelope(NODE_MAGIC, Uint8Array.of(7)), NODE_MAGIC, 0, {}).left).toBe(1);
  });
});
