import { bitsOf, byteLength, isFileDType } from "../dtypes.ts";
import type { LoadErrorPlace } from "../errors.ts";
import { LoadError } from "../errors.ts";
import type { TensorInfo } from "../file.ts";
import type { JsonValue } from "../json.ts";
import { decodeUtf8, parseJson } from "../json.ts";
import { MAX_METADATA, MAX_NAME, MAX_TENSORS } from "../limits.ts";
import { recognise, wrongFormatError } from "../recognise.ts";
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
 * The length of the header of a file of `size` bytes that starts with `head`.
 *
 * @param head - at least the first 8 bytes; of more, only what tells another format is looked at
 * @throws LoadError `HeaderTooSmall`, `HeaderTooLarge`, `HeaderLength` or, where the bytes say what they are, `WrongFormat`
 */
export function headerLength(head: Uint8Array, size: number, place: LoadErrorPlace): number {
  const fail = (code: "HeaderTooSmall" | "HeaderTooLarge" | "HeaderLength", message: string): never => {
    const kind = recognise(head);
    throw kind === undefined ? new LoadError(code, message, place) : wrongFormatError(kind, "safetensors", place);
  };
  if (size < PREFIX) fail("HeaderTooSmall", `expected a length of ${PREFIX} bytes, got a file of ${size}`);
  const length = new DataView(head.buffer, head.byteOffset, PREFIX).getBigUint64(0, true);
  if (length > MAX_HEADER) fail("HeaderTooLarge", `expected a header of at most ${MAX_HEADER} bytes, got ${length}`);
  const end = PREFIX + Number(length);
  if (end > size)
    fail("HeaderLength", `expected a header inside the file's ${size} bytes, got one that ends at ${end}`);
  return Number(length);
}

/**
 * What the header `json` says of a file of `size` bytes, checked: every tensor lies where the one before ends.
 *
 * @throws LoadError
 */
export function parseHeader(json: Uint8Array, size: number, place: LoadErrorPlace): Header {
  const root = parseJson(decodeUtf8(json, place), "BadHeader", MAX_TENSORS + 1, place);
  if (!(root instanceof Map)) throw new LoadError("BadHeader", `expected an object, got ${kindOf(root)}`, place);
  const start = PREFIX + json.length;
  const tensors = new Map<string, TensorSpan>();
  let metadata: ReadonlyMap<string, string> = new Map();
  for (const [name, value] of root) {
    if (name === "__metadata__") {
      metadata = toMetadata(value, place);
    } else {
      if (name.length > MAX_NAME)
        throw new LoadError(
          "LimitName",
          `expected a name of at most ${MAX_NAME} characters, got ${name.length}`,
          place,
        );
      tensors.set(name, toSpan(value, start, size, { ...place, tensor: name }));
    }
  }
  if (tensors.size > MAX_TENSORS) throw new LoadError("LimitTensors", `expected at most ${MAX_TENSORS}`, place);
  checkCovered(tensors, start, size, place);
  return { metadata, tensors };
}

function toMetadata(value: JsonValue, place: LoadErrorPlace): Map<string, string> {
  const expected = "expected __metadata__ to be an object of strings";
  if (!(value instanceof Map)) throw new LoadError("BadMetadata", `${expected}, got ${kindOf(value)}`, place);
  let length = 0;
  for (const [key, text] of value) {
    if (typeof text !== "string")
      throw new LoadError("BadMetadata", `${expected}, got ${kindOf(text)} for ${JSON.stringify(key)}`, place);
    length += key.length + text.length;
  }
  if (length > MAX_METADATA)
    throw new LoadError("Limit", `expected at most ${MAX_METADATA} characters of __metadata__, got ${length}`, place);
  return value as Map<string, string>;
}

function toSpan(value: JsonValue, start: number, size: number, place: LoadErrorPlace): TensorSpan {
  if (!(value instanceof Map)) throw new LoadError("BadEntry", `expected an object, got ${kindOf(value)}`, place);
  const [dtype, sizes, offsets] = ["dtype", "shape", "data_offsets"].map((field) => value.get(field));
  if (typeof dtype !== "string") throw new LoadError("BadEntry", `expected "dtype" to be a string`, place);
  if (!isFileDType(dtype) || dtype === "C128") throw new LoadError("DtypeUnknown", JSON.stringify(dtype), place);
  if (!Array.isArray(sizes)) throw new LoadError("BadEntry", `expected "shape" to be an array`, place);
  const shape = toShape(sizes, place);
  if (!Array.isArray(offsets) || offsets.length !== 2)
    throw new LoadError("BadEntry", `expected "data_offsets" to be two numbers`, place);
  const bytes = byteLength(dtype, shape, place);
  const [begin, end] = offsets as number[];
  const wrong = (expected: string): LoadError =>
    new LoadError("BadOffsets", `expected ${expected}, got "data_offsets" [${begin}, ${end}]`, place);
  if (!Number.isSafeInteger(begin) || !Number.isSafeInteger(end) || begin! < 0 || end! < begin!)
    throw wrong("0 <= begin <= end");
  if (end! - begin! !== bytes) {
    if (start + end! > size) throw wrong(`an end within the ${size - start} bytes of data`);
    const got = `"data_offsets" [${begin}, ${end}]`;
    throw new LoadError("SizeMismatch", `expected ${bytes} bytes for ${dtype}[${shape.join(", ")}], got ${got}`, place);
  }
  return { dtype, shape, bytes, begin: start + begin! };
}

/** No hole, no overlap, nothing after: what two readers could understand in two ways is refused. */
function checkCovered(tensors: ReadonlyMap<string, TensorSpan>, start: number, size: number, place: LoadErrorPlace) {
  const inOrder = [...tensors].sort(([, a], [, b]) => a.begin - b.begin || a.bytes - b.bytes);
  let end = start;
  for (const [tensor, { begin, bytes }] of inOrder) {
    if (begin !== end) {
      const message = `expected to begin at ${end - start}, where the tensor before it ends, got ${begin - start}`;
      throw new LoadError(begin < end ? "Overlap" : "Hole", message, { ...place, tensor });
    }
    end += bytes;
  }
  if (end === size) return;
  const message = `expected ${end - start} bytes of data, got ${size - start}`;
  const first = inOrder.find(([, { bytes }]) => bytes > 0);
  throw new LoadError(first !== undefined && isMisplaced(first[1], size) ? "BadOffsets" : "Incomplete", message, place);
}

/**
 * Whether the offsets are wrong rather than the file cut: not even the first tensor is there, and the file ends between
 * two of its elements.
 */
function isMisplaced({ begin, bytes, dtype }: TensorSpan, size: number): boolean {
  const there = size - begin;
  return there > 0 && there < bytes && (there * 8) % bitsOf(dtype) === 0;
}

function kindOf(value: JsonValue | undefined): string {
  return Array.isArray(value)
    ? "an array"
    : value === null
      ? "null"
      : value instanceof Map
        ? "an object"
        : typeof value!;
}
