/** Why a file of weights was refused. */
export type LoadErrorCode =
  // What the file is, and whether it is whole.
  | "WrongFormat"
  | "Truncated"
  | "Incomplete"
  | "Trailing"
  | "StateChanged"
  | "Checksum"
  | "CrcMismatch"
  // Its header and directory.
  | "HeaderTooSmall"
  | "HeaderTooLarge"
  | "HeaderLength"
  | "BadHeader"
  | "BadUtf8"
  | "BadMetadata"
  | "BadEntry"
  | "BadShape"
  | "BadOffsets"
  | "BadIndex"
  | "BadState"
  | "Overlap"
  | "Hole"
  | "SizeMismatch"
  | "Overflow"
  | "DuplicateKey"
  | "PathConflict"
  | "PathRejected"
  // One format's own.
  | "BadNpy"
  | "NotZip"
  | "ZipMismatch"
  | "ZipOverlap"
  | "ZipUnsupported"
  | "BadDeflate"
  | "BadType"
  | "BadExt"
  | "BadKey"
  | "BadChunk"
  | "BadOcdbt"
  | "BadZarr"
  | "BadZstd"
  | "CodecUnsupported"
  | "Uncommitted"
  // Element types and values.
  | "DtypeUnknown"
  | "DtypeUnsupported"
  | "DtypeRange"
  | "BadValue"
  // Limits, held before anything is allocated.
  | "Limit"
  | "LimitBytes"
  | "LimitDepth"
  | "LimitEntries"
  | "LimitName"
  | "LimitRank"
  | "LimitTensors"
  // Reading.
  | "Fetch"
  | "TensorMissing"
  | "Closed";

/** Where a {@link LoadError} stopped. */
export interface LoadErrorPlace {
  /** The file: its path, address or name; `bytes` for bytes in memory. */
  readonly source?: string | undefined;
  /** The array it is about, as the file names it. */
  readonly tensor?: string | undefined;
  /** The byte of the file at which reading stopped. */
  readonly offset?: number | undefined;
  /** The status of the HTTP answer, where there was one. */
  readonly status?: number | undefined;
}

/**
 * A file of weights is damaged, is of another kind, or holds what flaxen has no type for. Thrown before anything is
 * allocated that the file's own length does not justify; nothing was changed. `code` says what is wrong, `source`,
 * `tensor` and `offset` where.
 *
 * @example
 * let code;
 * try { weights.readSafetensors(new Uint8Array(3)); } catch (error) { code = error.code; }
 * code // => "HeaderTooSmall"
 */
export class LoadError extends Error {
  override readonly name = "LoadError";
  readonly code: LoadErrorCode;
  readonly source: string | undefined;
  readonly tensor: string | undefined;
  readonly offset: number | undefined;
  readonly status: number | undefined;

  /** @internal */
  constructor(code: LoadErrorCode, message: string, place: LoadErrorPlace = {}, options?: ErrorOptions) {
    super(`${code}: ${placeText(place)}${message}`, options);
    this.code = code;
    this.source = place.source;
    this.tensor = place.tensor;
    this.offset = place.offset;
    this.status = place.status;
  }
}

const LONGEST_NAME = 200;

function placeText({ source, tensor, offset }: LoadErrorPlace): string {
  const parts = [];
  if (source !== undefined) parts.push(source);
  if (tensor !== undefined) parts.push(`tensor ${JSON.stringify(shorten(tensor))}`);
  if (offset !== undefined) parts.push(`byte ${offset}`);
  return parts.length === 0 ? "" : `${parts.join(", ")}: `;
}

function shorten(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}...` : name;
}
