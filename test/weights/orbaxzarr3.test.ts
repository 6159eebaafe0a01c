import { describe, expect, it } from "vitest";
import { LoadError } from "../../src/orbax/index.ts";
import { crc32c } from "../../src/orbax/crc32c.ts";
import type { BytesCodec } from "../../src/orbax/zarr/codecs.ts";
import { CRC32C, undoBytesCodecs, ZSTD } from "../../src/orbax/zarr/codecs.ts";
import { readZarr3 } from "../../src/orbax/zarr/v3.ts";

const PLACE = { source: "folder/w/zarr.json" };
const BYTES = { name: "bytes", configuration: { endian: "little" } };
const BIG = { name: "bytes", configuration: { endian: "big" } };

/** Metadata of an array of four float32 in chunks of two. */
const META = {
  zarr_format: 3,
  node_type: "array",
  shape: [4],
  data_type: "float32",
  chunk_grid: { name: "regular", configuration: { chunk_shape: [2] } },
  chunk_key_encoding: { name: "default" },
  fill_value: 3,
  codecs: [BYTES],
};

/** The codecs of shards of two elements, each a chunk of its own. */
const sharded = (more: object = {}, inner: object = BYTES): object[] => [
  {
    name: "sharding_indexed",
    configuration: { chunk_shape: [1], codecs: [inner], index_codecs: [BYTES, { name: "crc32c" }], ...more },
  },
];

/** The code and the message of what reading metadata throws. */
function failure(meta: unknown): string {
  try {
    readZarr3(meta, PLACE);
  } catch (error) {
    expect(error).toBeInstanceOf(LoadError);
    expect((error as LoadError).message).toContain(PLACE.source);
    return `${(error as LoadError).code}: ${(error as LoadError).message}`;
  }
  return "none";
}

/** The keys of a scalar's chunk and of two others. */
function keys(chunk_key_encoding: unknown): string[] {
  const { keyOf } = readZarr3({ ...META, chunk_key_encoding }, PLACE);
  return [keyOf([]), keyOf([7]), keyOf([1, 0])];
}

describe("readZarr3", () => {
  it.each<[expected: RegExp, more: object]>([
    [/^none$/, {}],
    [/^BadZarr: .*"zarr_format" 3, got 2/, { zarr_format: 2 }],
    [/^BadZarr: .*"node_type" "array", got "?group/, { node_type: "group" }],
    [/^DtypeUnsupported: .*string/, { data_type: "string" }],
    [/^DtypeUnsupported: .*constructor/, { data_type: "constructor" }],
    [/^DtypeUnsupported/, { data_type: { name: "float32" } }],
    [/^CodecUnsupported: .*chunk grid.*rectilinear/, { chunk_grid: { name: "rectilinear", configuration: {} } }],
    [/^BadZarr/, { chunk_grid: { name: "regular", configuration: { chunk_shape: [0] } } }],
    [/^CodecUnsupported: .*storage transformer/, { storage_transformers: [{ name: "x" }] }],
    [/^none$/, { storage_transformers: [] }],
    [/^CodecUnsupported: .*chunk keys.*other/, { chunk_key_encoding: { name: "other" } }],
    [/^BadZarr: .*separator/, { chunk_key_encoding: { name: "v2", configuration: { separator: "," } } }],
    [/^BadZarr: .*"bytes" or "sharding_indexed"/, { codecs: [] }],
    [/^none$/, { codecs: [{ name: "transpose", configuration: { order: [0] } }, BYTES] }],
    [/^CodecUnsupported: .*transpose/, { codecs: [{ name: "transpose", configuration: { order: [1] } }, BYTES] }],
    [/^none$/, { codecs: sharded() }],
    [/^BadZarr: .*inner chunks that divide \[2\]/, { codecs: sharded({ chunk_shape: [3] }) }],
    [/^BadZarr: .*inner chunks that divide \[2\]/, { codecs: sharded({ chunk_shape: [1, 1] }) }],
    [/^BadZarr: .*"end" or "start", got "?middle/, { codecs: sharded({ index_location: "middle" }) }],
    [/^CodecUnsupported: .*index coded by/, { codecs: sharded({ index_codecs: [BIG] }) }],
    [/^CodecUnsupported: .*index coded by/, { codecs: sharded({ index_codecs: [{ name: "crc32c" }] }) }],
    [/^CodecUnsupported: .*index coded by/, { codecs: sharded({ index_codecs: [BYTES, { name: "zstd" }] }) }],
  ])("%s for %j", (expected, more) => {
    expect(failure({ ...META, ...more })).toMatch(expected);
  });

  it("shards may stand in shards, but not without end", () => {
    let codecs: object[] = [BYTES];
    for (let depth = 1; depth <= 5; depth++) {
      codecs = sharded({ chunk_shape: [2], codecs });
      expect(failure({ ...META, codecs }), `${depth} deep`).toMatch(
        depth <= 4 ? /^none$/ : /^CodecUnsupported: .*nested/,
      );
    }
  });

  it("has the fill value in the byte order of the innermost chunks", () => {
    const little = [0, 0, 0x40, 0x40];
    const big = [0x40, 0x40, 0, 0];
    expect([...readZarr3(META, PLACE).fill]).toEqual(little);
    expect([...readZarr3({ ...META, codecs: [BIG] }, PLACE).fill]).toEqual(big);
    expect([...readZarr3({ ...META, codecs: sharded({}, BIG) }, PLACE).fill]).toEqual(big);
    expect([...readZarr3({ ...META, codecs: sharded() }, PLACE).fill]).toEqual(little);
    for (const fill_value of [null, undefined, 0])
      expect([...readZarr3({ ...META, fill_value }, PLACE).fill]).toEqual([0, 0, 0, 0]);
  });

  it("names chunks as their encoding says", () => {
    expect(keys(undefined)).toEqual(["c", "c/7", "c/1/0"]);
    expect(keys({ name: "default", configuration: { separator: "." } })).toEqual(["c", "c.7", "c.1.0"]);
    expect(keys({ name: "v2" })).toEqual(["0", "7", "1.0"]);
    expect(keys({ name: "v2", configuration: { separator: "/" } })).toEqual(["0", "7", "1/0"]);
  });
});

function withChecksum(bytes: readonly number[]): number[] {
  const sum = crc32c(Uint8Array.from(bytes));
  return [...bytes, sum & 255, (sum >> 8) & 255, (sum >> 16) & 255, sum >>> 24];
}

/** A frame that says its size, of one block that is not compressed. */
function inFrame(bytes: readonly number[]): number[] {
  return [0x28, 0xb5, 0x2f, 0xfd, 0x20, bytes.length, (bytes.length << 3) | 1, 0, 0, ...bytes];
}

function undo(bytes: readonly number[], codecs: readonly BytesCodec[], size: number | undefined): number[] {
  return [...undoBytesCodecs(Uint8Array.from(bytes), codecs, size, 100)];
}

describe("codecs after one another", () => {
  it.each([3, undefined])("are undone from the last on, each to the size that the others give it, of %j", (size) => {
    const three = [7, 8, 9];
    const twice = withChecksum(withChecksum(three));
    expect(undo(three, [], size)).toEqual(three);
    expect(undo(twice, [CRC32C, CRC32C], size)).toEqual(three);
    expect(undo(inFrame(twice), [CRC32C, CRC32C, ZSTD], size)).toEqual(three);
    expect(undo(withChecksum(inFrame(three)), [ZSTD, CRC32C], size)).toEqual(three);
    expect(undo(inFrame(inFrame(three)), [ZSTD, ZSTD], size)).toEqual(three);
  });

  it("give another size than expected: an error", () => {
    expect(() => undo(withChecksum([7, 8]), [CRC32C], 3)).toThrow(/SizeMismatch.*3 bytes, got 2/);
    expect(() => undo(inFrame([7, 8]), [ZSTD], 3)).toThrow(LoadError);
    expect(() => undo(inFrame(withChecksum([7, 8])), [CRC32C, ZSTD], 3)).toThrow(LoadError);
    expect(() => undo([1, 2], [CRC32C], undefined)).toThrow(/Incomplete/);
    expect(() => undo([7, 8, 9, 0, 0, 0, 0], [CRC32C], 3)).toThrow(/CrcMismatch/);
  });
});
