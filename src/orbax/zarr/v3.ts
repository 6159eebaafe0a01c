import type { FileDType, LoadErrorPlace } from "../../weights/index.ts";
import { bitsOf } from "../../weights/index.ts";
import type { ChunkDecoder, ZarrArray } from "./array.ts";
import { checkChunkShape, checkSizes, product, unsupportedCodec, zarrError } from "./array.ts";
import type { CodecSpec } from "./codecs.ts";
import { bytesCodec, checkCodecs, undoBytesCodecs } from "./codecs.ts";
import { copyBox } from "./copybox.ts";
import { dtypeByName } from "./dtype.ts";
import { fillBytes } from "./fill.ts";
import { readSharding, shardDecoder } from "./sharding.ts";
import { unsupportedDType } from "./v2.ts";

/** The key of the metadata, below the array's. */
export const ZARR_JSON = "zarr.json";

/** Shards within shards are not deeper. */
const MAX_NESTING = 4;
/** A compressed shard may have this many times its elements' bytes, and the slack. */
const SHARD_RATIO = 2;
const SHARD_SLACK = 2 ** 16;

/**
 * Reads the metadata of a Zarr 3 array.
 *
 * @throws LoadError `BadZarr`, `CodecUnsupported`, `DtypeUnsupported`
 *
 * Source: the Zarr core specification, version 3.0.
 */
export function readZarr3(json: unknown, place: LoadErrorPlace): ZarrArray {
  const meta = Object(json) as Record<string, unknown>;
  if (meta["zarr_format"] !== 3) throw zarrError('"zarr_format" 3', meta["zarr_format"], place);
  if (meta["node_type"] !== "array") throw zarrError('"node_type" "array"', meta["node_type"], place);
  const shape = checkSizes(meta["shape"], "shape", 0, place);
  const name = meta["data_type"];
  const dtype = typeof name === "string" ? dtypeByName(name) : undefined;
  if (dtype === undefined) throw unsupportedDType(name, place);
  const grid = checkNamed(meta["chunk_grid"], "chunk_grid", place);
  if (grid.name !== "regular") throw unsupportedCodec("the chunk grid", grid.name, place);
  const chunkShape = checkChunkShape(grid.configuration["chunk_shape"], shape, place);
  const transformers = meta["storage_transformers"];
  if (Array.isArray(transformers) && transformers.length > 0)
    throw unsupportedCodec("a storage transformer", transformers, place);
  const codecs = checkCodecs(meta["codecs"], place);
  const bigEndian = isBigEndian(codecs, place);
  const fill = fillBytes(meta["fill_value"], dtype, bigEndian, place);
  return {
    dtype,
    bigEndian,
    shape,
    chunkShape,
    fill,
    keyOf: keysOf(meta["chunk_key_encoding"], place),
    ...decoderOf(codecs, chunkShape, dtype, fill, place, 0),
  };
}

/** What decodes chunks of `chunkShape`. */
function decoderOf(
  codecs: readonly CodecSpec[],
  chunkShape: readonly number[],
  dtype: FileDType,
  fill: Uint8Array,
  place: LoadErrorPlace,
  nesting: number,
): Pick<ZarrArray, "decode" | "decodeWhole"> {
  const first = codecs.findIndex(({ name }) => name === "bytes" || name === "sharding_indexed");
  if (first < 0) throw zarrError('a codec "bytes" or "sharding_indexed"', codecs, place);
  for (const spec of codecs.slice(0, first)) checkTransposesNothing(spec, place);
  const after = codecs.slice(first + 1).map((spec) => bytesCodec(spec, place));
  const size = (product(chunkShape) * bitsOf(dtype)) / 8;
  if (codecs[first]!.name === "bytes") {
    const decodeWhole = (encoded: Uint8Array): Uint8Array => undoBytesCodecs(encoded, after, size, size);
    return {
      decode: (encoded, origin, target) => copyBox(decodeWhole(encoded), chunkShape, origin, target),
      decodeWhole,
    };
  }
  if (nesting === MAX_NESTING) throw unsupportedCodec("shards nested", nesting + 1, place);
  const sharding = readSharding(codecs[first]!.configuration, chunkShape, place);
  const inner = decoderOf(sharding.innerCodecs, sharding.innerShape, dtype, fill, place, nesting + 1);
  const decodeShard: ChunkDecoder = shardDecoder(sharding, chunkShape, inner.decode, fill, place);
  const limit = SHARD_RATIO * size + SHARD_SLACK;
  return {
    decode: (encoded, origin, target) => decodeShard(undoBytesCodecs(encoded, after, undefined, limit), origin, target),
  };
}

/** An array-to-array codec that is there and changes nothing may stand. */
function checkTransposesNothing({ name, configuration }: CodecSpec, place: LoadErrorPlace): void {
  const { order } = configuration;
  if (name === "transpose" && Array.isArray(order) && order.every((axis, i) => axis === i)) return;
  throw unsupportedCodec(`codec "${name}"`, configuration, place);
}

/** The byte order that the codec `bytes` of the innermost chunks has. */
function isBigEndian(codecs: readonly CodecSpec[], place: LoadErrorPlace, nesting = 0): boolean {
  if (nesting > MAX_NESTING) return false;
  for (const { name, configuration } of codecs) {
    if (name === "bytes") return configuration["endian"] === "big";
    const inner = configuration["codecs"];
    if (name === "sharding_indexed" && Array.isArray(inner))
      return isBigEndian(checkCodecs(inner, place), place, nesting + 1);
  }
  return false;
}

function keysOf(encoding: unknown, place: LoadErrorPlace): (index: readonly number[]) => string {
  const { name, configuration } = checkNamed(encoding ?? { name: "default" }, "chunk_key_encoding", place);
  if (name !== "default" && name !== "v2") throw unsupportedCodec("chunk keys", name, place);
  const separator = configuration["separator"] ?? (name === "v2" ? "." : "/");
  if (separator !== "." && separator !== "/") throw zarrError('a separator "." or "/"', separator, place);
  if (name === "v2") return (index) => (index.length === 0 ? "0" : index.join(separator));
  return (index) => ["c", ...index].join(separator);
}

function checkNamed(value: unknown, what: string, place: LoadErrorPlace): CodecSpec {
  const [named] = checkCodecs([value], place);
  if (named === undefined) throw zarrError(`"${what}"`, value, place);
  return named;
}
