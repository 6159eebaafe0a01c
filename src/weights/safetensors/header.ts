import { bitsOf, byteLength, isFileDType } from "../dtypes.ts";
import type { LoadErrorCode, LoadErrorPlace } from "../errors.ts";
import { LoadError } from "../errors.ts";
import type { TensorInfo } from "../file.ts";
import type { JsonValue } from "../json.ts";
import { decodeUtf8, parseJson } from "../json.ts";
import { MAX_METADATA, MAX_NAME, MAX_TENSORS } from "../limits.ts";
import { checkKind } from "../recognise.ts";
import { toShape } from "../shape.ts";

/** An array of the file and where its bytes begin, counted from the file's first. */
export interface TensorSpan extends TensorInfo {
  readonly begin: number;
}

export interface Header {
  readonly metadata: ReadonlyMap<string, string>;
  readonly tensors: ReadonlyMap<string, TensorSpan>;
}

/** The bytes before the header: its length, a u64. */
export const PREFIX = 8;

/** The reference's limit. */
const MAX_HEADER = 100_000_000;

/**
 * Where the header of a file of `size` bytes ends that starts with `head`.
 *
 * @param head - at least the first 8 bytes; of more, only what tells another format is looked at
 * @throws LoadError `HeaderTooSmall`, `HeaderTooLarge`, `HeaderLength` or, where the bytes
 * say what they are, `WrongFormat`
 */
export function headerEnd(head: Uint8Array, size: number, place: LoadErrorPlace): number {
  const fail = (code: LoadErrorCode, message: string): never => {
    checkKind(head, "safetensors", place);
    throw new LoadError(code, message, place);
  };
  if (size < PREFIX) fail("HeaderTooSmall", `expected ${PREFIX} bytes, got ${size}`);
  const view = new DataView(head.buffer, head.byteOffset);
  const length = view.getUint32(4, true) * 2 ** 32 + view.getUint32(0, true);
  if (length > MAX_HEADER) fail("HeaderTooLarge", `expected at most ${MAX_HEADER} bytes, got ${length}`);
  if (PREFIX + length > size) fail("HeaderLength", `expected at most the file's ${size} bytes, got ${length}`);
  return PREFIX + length;
}

/**
 * What the header `json` says of a file of `size` bytes, checked: every tensor lies where the one before ends.
 *
 * @throws LoadError
 */
export function parseHeader(json: Uint8Array, size: number, place: LoadErrorPlace): Header {
  const text = decodeUtf8(json, place);
  checkCount(text, place);
  const root = parseJson(text, "BadHeader", MAX_TENSORS + 1, place);
  if (!(root instanceof Map)) throw new LoadError("BadHeader", "expected an object", place);
  const start = PREFIX + json.length;
  const own = root.get("__metadata__");
  const metadata = own === undefined ? new Map<string, string>() : toMetadata(own, place);
  root.delete("__metadata__");
  const tensors = new Map<string, TensorSpan>();
  for (const [tensor, value] of root) tensors.set(tensor, toSpan(value, start, size, { ...place, tensor }));
  checkCovered(tensors, start, size, place);
  return { metadata, tensors };
}

/** Every tensor has this name in its entry; parsing a million would take a second. */
function checkCount(text: string, place: LoadErrorPlace): void {
  let count = 0;
  for (let at = 0; (at = text.indexOf('"data_offsets"', at) + 1) > 0; count++)
    if (count === MAX_TENSORS) throw new LoadError("LimitTensors", `over ${MAX_TENSORS} tensors`, place);
}

function toMetadata(value: JsonValue, place: LoadErrorPlace): Map<string, string> {
  let length = 0;
  for (const [key, text] of value instanceof Map ? value : [["", null] as const]) {
    if (typeof text !== "string")
      throw new LoadError("BadMetadata", "expected __metadata__ to be an object of strings", place);
    length += key.length + text.length;
  }
  if (length > MAX_METADATA) throw new LoadError("Limit", `__metadata__ of over ${MAX_METADATA} characters`, place);
  return value as Map<string, string>;
}

function toSpan(value: JsonValue, start: number, size: number, place: LoadErrorPlace): TensorSpan {
  if (place.tensor!.length > MAX_NAME) throw new LoadError("LimitName", `over ${MAX_NAME} characters`, place);
  const [dtype, sizes, offsets] = ["dtype", "shape", "data_offsets"].map((field) =>
    value instanceof Map ? value.get(field) : null,
  );
  if (typeof dtype !== "string" || !Array.isArray(sizes) || !Array.isArray(offsets) || offsets.length !== 2)
    throw new LoadError("BadEntry", 'expected "dtype", "shape" and two "data_offsets"', place);
  if (!isFileDType(dtype) || dtype === "C128") throw new LoadError("DtypeUnknown", JSON.stringify(dtype), place);
  const shape = toShape(sizes, place);
  const bytes = byteLength(dtype, shape, place);
  const [begin, end] = offsets as [number, number];
  const isRange = Number.isSafeInteger(begin) && Number.isSafeInteger(end) && begin >= 0 && begin <= end;
  if (!isRange || end - begin !== bytes)
    throw new LoadError(
      isRange && start + end <= size ? "SizeMismatch" : "BadOffsets",
      `expected ${bytes} bytes for ${dtype}[${shape.join(", ")}], got "data_offsets" [${begin}, ${end}]`,
      place,
    );
  return { dtype, shape, bytes, begin: start + begin };
}

/** No hole, no overlap, nothing after: what two readers could understand in two ways is refused. */
function checkCovered(tensors: ReadonlyMap<string, TensorSpan>, start: number, size: number, place: LoadErrorPlace) {
  const inOrder = [...tensors].sort(([, a], [, b]) => a.begin - b.begin || a.bytes - b.bytes);
  let end = start;
  let isMisplaced = false;
  for (const [tensor, { begin, bytes, dtype }] of inOrder) {
    if (begin !== end) {
      const message = `expected to begin at ${end - start}, where the one before it ends, got ${begin - start}`;
      throw new LoadError(begin < end ? "Overlap" : "Hole", message, { ...place, tensor });
    }
    // The file is cut, unless it ends between two elements of its first tensor: then the offsets are wrong.
    const there = size - begin;
    isMisplaced ||= begin === start && there > 0 && there < bytes && (there * 8) % bitsOf(dtype) === 0;
    end += bytes;
  }
  if (end !== size) {
    const message = `expected ${end - start} bytes of data, got ${size - start}`;
    throw new LoadError(isMisplaced ? "BadOffsets" : "Incomplete", message, place);
  }
}
