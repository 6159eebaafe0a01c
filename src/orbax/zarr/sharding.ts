import type { LoadErrorPlace } from "../../weights/index.ts";
import { LoadError } from "../../weights/index.ts";
import type { ChunkDecoder } from "./array.ts";
import { product, unsupportedCodec, zarrError } from "./array.ts";
import type { CodecSpec } from "./codecs.ts";
import { bytesCodec, checkCodecs, CRC32C, undoBytesCodecs } from "./codecs.ts";
import { fillBox } from "./copybox.ts";
import { eachIndex, MAX_CHUNKS } from "./grid.ts";

/** An offset and a length, of 8 bytes each. */
const EXTENT = 16;
const NONE = 0xffffffff;
const TWO_32 = 2 ** 32;

/** What a shard is made of. */
export interface Sharding {
  readonly innerShape: readonly number[];
  readonly innerCodecs: readonly CodecSpec[];
  readonly indexCodecs: readonly CodecSpec[];
  readonly indexAtStart: boolean;
}

/** Reads the configuration of the codec `sharding_indexed`, for shards of `shardShape`. */
export function readSharding(
  configuration: Readonly<Record<string, unknown>>,
  shardShape: readonly number[],
  place: LoadErrorPlace,
): Sharding {
  const { chunk_shape: inner, codecs, index_codecs: index, index_location: location = "end" } = configuration;
  const fits =
    Array.isArray(inner) &&
    inner.length === shardShape.length &&
    inner.every((size, i) => Number.isSafeInteger(size) && size > 0 && shardShape[i]! % size === 0);
  if (!fits) throw zarrError(`inner chunks that divide [${shardShape.join(", ")}]`, inner, place);
  if (location !== "end" && location !== "start") throw zarrError('an index at "end" or "start"', location, place);
  const innerShape = inner as number[];
  if (product(shardShape) / product(innerShape) > MAX_CHUNKS)
    throw new LoadError("LimitEntries", `expected at most ${MAX_CHUNKS} inner chunks a shard`, place);
  const indexCodecs = checkCodecs(index, place);
  if (indexCodecs[0]?.name !== "bytes" || indexCodecs[0].configuration["endian"] === "big")
    throw unsupportedCodec("an index coded by", index, place);
  for (const spec of indexCodecs.slice(1))
    if (bytesCodec(spec, place) !== CRC32C) throw unsupportedCodec("an index coded by", index, place);
  return { innerShape, innerCodecs: checkCodecs(codecs, place), indexCodecs, indexAtStart: location === "start" };
}

/**
 * The decoder of shards: an index says where each inner chunk is in the shard.
 *
 * @param inner - the decoder of an inner chunk
 *
 * Source: Zarr 3, codec `sharding_indexed` 1.0.
 */
export function shardDecoder(
  { innerShape, indexCodecs, indexAtStart }: Sharding,
  shardShape: readonly number[],
  inner: ChunkDecoder,
  fill: Uint8Array,
  place: LoadErrorPlace,
): ChunkDecoder {
  const counts = shardShape.map((size, axis) => size / innerShape[axis]!);
  const size = product(counts) * EXTENT;
  const checksums = indexCodecs.slice(1).map((spec) => bytesCodec(spec, place));
  const encodedSize = checksums.reduce((bytes, codec) => codec.encodedSize(bytes)!, size);
  return (shard, origin, target) => {
    if (shard.length < encodedSize)
      throw new LoadError(
        "Incomplete",
        `expected an index of ${encodedSize} bytes, got a shard of ${shard.length}`,
        place,
      );
    const indexStart = indexAtStart ? 0 : shard.length - encodedSize;
    const index = undoBytesCodecs(shard.subarray(indexStart, indexStart + encodedSize), checksums, size, size);
    const view = new DataView(index.buffer, index.byteOffset, index.length);
    let at = 0;
    eachIndex(counts, (place) => {
      const corner = place.map((i, axis) => origin[axis]! + i * innerShape[axis]!);
      const [start, length] = [readU64(view, at), readU64(view, at + 8)];
      at += EXTENT;
      if (start === undefined && length === undefined) fillBox(fill, innerShape, corner, target);
      else inner(extentOf(shard, start, length), corner, target);
    });
  };

  function extentOf(shard: Uint8Array, start: number | undefined, length: number | undefined): Uint8Array {
    if (start === undefined || length === undefined || start + length > shard.length)
      throw new LoadError("BadOffsets", `expected inner chunks inside a shard of ${shard.length} bytes`, place);
    return shard.subarray(start, start + length);
  }
}

/** Undefined where all bits are ones. */
function readU64(view: DataView, at: number): number | undefined {
  const [low, high] = [view.getUint32(at, true), view.getUint32(at + 4, true)];
  return low === NONE && high === NONE ? undefined : high * TWO_32 + low;
}
