import type { LoadErrorPlace } from "../../weights/index.ts";
import { bitsOf, LoadError } from "../../weights/index.ts";
import type { ZarrArray } from "./array.ts";
import { checkChunkShape, checkSizes, product, unsupportedCodec, zarrError } from "./array.ts";
import type { BytesCodec } from "./codecs.ts";
import { undoBytesCodecs, ZSTD } from "./codecs.ts";
import { copyBox } from "./copybox.ts";
import { dtypeByText } from "./dtype.ts";
import { fillBytes } from "./fill.ts";

/** The key of the metadata, below the array's. */
export const ZARRAY = ".zarray";

/**
 * Reads the metadata of a Zarr 2 array.
 *
 * @throws LoadError `BadZarr`, `CodecUnsupported`, `DtypeUnsupported`
 *
 * Source: the Zarr storage specification, version 2.
 */
export function readZarr2(json: unknown, place: LoadErrorPlace): ZarrArray {
  const meta = Object(json) as Record<string, unknown>;
  if (meta["zarr_format"] !== 2) throw zarrError('"zarr_format" 2', meta["zarr_format"], place);
  const shape = checkSizes(meta["shape"], "shape", 0, place);
  const chunkShape = checkChunkShape(meta["chunks"], shape, place);
  const text = meta["dtype"];
  const type = typeof text === "string" ? dtypeByText(text) : undefined;
  if (type === undefined) throw unsupportedDType(text, place);
  const { dtype, bigEndian } = type;
  if (meta["order"] !== "C" && shape.length > 1) throw unsupportedCodec("the order", meta["order"], place);
  const { filters } = meta;
  if (Array.isArray(filters) ? filters.length > 0 : filters !== null && filters !== undefined)
    throw unsupportedCodec("the filter", filters, place);
  const codecs = compressorOf(meta["compressor"], place);
  const separator = meta["dimension_separator"] ?? ".";
  if (separator !== "." && separator !== "/") throw zarrError('a separator "." or "/"', separator, place);

  const size = (product(chunkShape) * bitsOf(dtype)) / 8;
  const decodeWhole = (encoded: Uint8Array): Uint8Array => undoBytesCodecs(encoded, codecs, size, size);
  return {
    dtype,
    bigEndian,
    shape,
    chunkShape,
    fill: fillBytes(meta["fill_value"], dtype, bigEndian, place),
    keyOf: (index) => (index.length === 0 ? "0" : index.join(separator)),
    decode: (encoded, origin, target) => copyBox(decodeWhole(encoded), chunkShape, origin, target),
    decodeWhole,
  };
}

function compressorOf(compressor: unknown, place: LoadErrorPlace): BytesCodec[] {
  if (compressor === null || compressor === undefined) return [];
  const { id } = Object(compressor) as Record<string, unknown>;
  if (id !== "zstd") throw unsupportedCodec("the compressor", id, place);
  return [ZSTD];
}

/** @returns the error for an element type that has no name among files' */
export function unsupportedDType(text: unknown, place: LoadErrorPlace): LoadError {
  return new LoadError("DtypeUnsupported", `${JSON.stringify(text)} has no counterpart in flaxen`, place);
}
