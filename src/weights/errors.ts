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
  declare readonly source: string | undefined;
  declare readonly tensor: string | undefined;
  declare readonly offset: number | undefined;
  declare readonly status: number | undefined;

  /** @internal */
  constructor(code: LoadErrorCode, message: string, place: LoadErrorPlace = {}, options?: ErrorOptions) {
    const { source, tensor, offset } = place;
    const name = tensor === undefined ? "" : `tensor ${JSON.stringify(tensor.slice(0, 200))}`;
    const where = [source, name, offset === undefined ? "" : `byte ${offset}`];
    super([code, where.filter(Boolean).join(", "), message].filter(Boolean).join(": "), options);
    this.code = code;
    Object.assign(this, place);
  }
}
