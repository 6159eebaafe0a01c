import type { FileDType } from "../dtypes.ts";
import { byteLength, dtypeOf, unsupportedError } from "../dtypes.ts";
import type { LoadErrorCode, LoadErrorPlace } from "../errors.ts";
import { LoadError } from "../errors.ts";
import { decodeUtf8 } from "../json.ts";
import type { VoidAs } from "../numpy/header.ts";
import { fromNumPyName } from "../numpynames.ts";
import { toShape } from "../shape.ts";

/** The bytes [begin, end) of a file. */
export type Span = readonly [begin: number, end: number];

/** An array: where its elements are, little-endian and row-major. Flax cuts those of over 2^30 bytes. */
export class ArrayLeaf {
  readonly dtype: FileDType;
  readonly shape: readonly number[];
  readonly bytes: number;
  readonly spans: readonly Span[];

  constructor(dtype: FileDType, shape: readonly number[], bytes: number, spans: readonly Span[]) {
    this.dtype = dtype;
    this.shape = shape;
    this.bytes = bytes;
    this.spans = spans;
  }
}

/** A value of msgpack; keys of maps are texts, whether they were texts or integers. */
export type Item = null | boolean | number | bigint | string | Uint8Array | ArrayLeaf | Item[] | Map<string, Item>;

/** Asks for the bytes of a span; the answer has them, and may have more behind them. */
export type Asking<T> = Generator<Span, T, Uint8Array>;

const MAX_DEPTH = 1000;

/** The most maps, lists and entries of maps: what takes many times its bytes in memory. */
const MAX_ENTRIES = 1_000_000;

const CHUNKED = "__msgpack_chunked_array__";

/** What is read of one file: where, and on the way to what. */
interface Cursor {
  at: number;
  /** Where the file ends, or the ext that is read. */
  end: number;
  /** The bytes from `start` on. */
  window: Uint8Array;
  view: DataView;
  start: number;
  entries: number;
  inExt: boolean;
  readonly path: string[];
  readonly voidAs: VoidAs;
  readonly source: string;
}

/**
 * The one msgpack object of a file of `size` bytes, which asks for the bytes it needs; those of arrays are passed over.
 *
 * @throws LoadError
 *
 * Source: the msgpack specification; Flax 0.12.8 `flax/serialization.py` (ext types, chunks).
 */
export function* decodeMsgpack(size: number, voidAs: VoidAs, source: string): Asking<Item> {
  const window = new Uint8Array(0);
  const view = new DataView(window.buffer);
  const c: Cursor = { at: 0, end: size, window, view, start: 0, entries: 0, inExt: false, path: [], voidAs, source };
  const item = yield* readItem(c, 0);
  if (c.at !== size) fail(c, "Trailing", `expected the end, got ${size - c.at} more bytes`);
  return item;
}

function placeOf(c: Cursor): LoadErrorPlace {
  return { source: c.source, tensor: c.path.length === 0 ? undefined : c.path.join("/"), offset: c.at };
}

function fail(c: Cursor, code: LoadErrorCode, message: string): never {
  throw new LoadError(code, message, placeOf(c));
}

/** Makes sure that the next `count` bytes are there, and goes behind them. @returns where they begin in the window */
function* take(c: Cursor, count: number): Asking<number> {
  if (count > c.end - c.at) fail(c, c.inExt ? "BadExt" : "Truncated", `expected ${count} bytes, got ${c.end - c.at}`);
  if (c.at < c.start || c.at + count > c.start + c.window.length) {
    c.window = yield [c.at, c.at + count];
    c.view = new DataView(c.window.buffer, c.window.byteOffset, c.window.byteLength);
    c.start = c.at;
  }
  const from = c.at - c.start;
  c.at += count;
  return from;
}

function* readUint(c: Cursor, size: number): Asking<number> {
  const from = yield* take(c, size);
  return size === 1 ? c.view.getUint8(from) : size === 2 ? c.view.getUint16(from) : c.view.getUint32(from);
}

function* readItem(c: Cursor, depth: number): Asking<Item> {
  if (depth > MAX_DEPTH) fail(c, "LimitDepth", `expected at most ${MAX_DEPTH} levels`);
  const type = yield* readUint(c, 1);
  if (type < 0x80) return type;
  if (type < 0x90) return yield* readMap(c, type & 0x0f, depth);
  if (type < 0xa0) return yield* readList(c, type & 0x0f, depth);
  if (type < 0xc0) return yield* readText(c, type & 0x1f);
  if (type >= 0xe0) return type - 0x100;
  switch (type) {
    case 0xc0:
      return null;
    case 0xc2:
    case 0xc3:
      return type === 0xc3;
    case 0xc4:
    case 0xc5:
    case 0xc6: {
      const length = yield* readUint(c, 1 << (type - 0xc4));
      const from = yield* take(c, length);
      return c.window.slice(from, from + length);
    }
    case 0xc7:
    case 0xc8:
    case 0xc9:
      return yield* readExt(c, yield* readUint(c, 1 << (type - 0xc7)), depth);
    case 0xca:
      return c.view.getFloat32(yield* take(c, 4));
    case 0xcb:
      return c.view.getFloat64(yield* take(c, 8));
    case 0xcc:
    case 0xcd:
    case 0xce:
      return yield* readUint(c, 1 << (type - 0xcc));
    case 0xcf:
      return toNumber(c.view.getBigUint64(yield* take(c, 8)));
    case 0xd0:
      return c.view.getInt8(yield* take(c, 1));
    case 0xd1:
      return c.view.getInt16(yield* take(c, 2));
    case 0xd2:
      return c.view.getInt32(yield* take(c, 4));
    case 0xd3:
      return toNumber(c.view.getBigInt64(yield* take(c, 8)));
    case 0xd4:
    case 0xd5:
    case 0xd6:
    case 0xd7:
    case 0xd8:
      return yield* readExt(c, 1 << (type - 0xd4), depth);
    case 0xd9:
    case 0xda:
    case 0xdb:
      return yield* readText(c, yield* readUint(c, 1 << (type - 0xd9)));
    case 0xdc:
    case 0xdd:
      return yield* readList(c, yield* readUint(c, 2 << (type - 0xdc)), depth);
    case 0xde:
    case 0xdf:
      return yield* readMap(c, yield* readUint(c, 2 << (type - 0xde)), depth);
    default:
      return fail(c, "BadType", "expected a type of msgpack, got c1, which is never used");
  }
}

/** A whole number that a double holds exactly is a number. */
function toNumber(x: bigint): number | bigint {
  return x >= Number.MIN_SAFE_INTEGER && x <= Number.MAX_SAFE_INTEGER ? Number(x) : x;
}

function* readText(c: Cursor, length: number): Asking<string> {
  const from = yield* take(c, length);
  return decodeUtf8(c.window.subarray(from, from + length), placeOf(c));
}

/** @throws LoadError if `count` items of `size` bytes or more cannot be there */
function checkCount(c: Cursor, count: number, size: number): void {
  if (count * size > c.end - c.at)
    fail(c, c.inExt ? "BadExt" : "Truncated", `expected ${count} items, got ${c.end - c.at} bytes`);
  c.entries += 1 + (size === 2 ? count : 0);
  if (c.entries > MAX_ENTRIES) fail(c, "LimitEntries", `expected at most ${MAX_ENTRIES} entries and lists`);
}

/** A list of values; one that has arrays or maps in it is a map of its indices, as Flax makes of every list. */
function* readList(c: Cursor, count: number, depth: number): Asking<Item> {
  checkCount(c, count, 1);
  const items: Item[] = [];
  let isTree = false;
  for (let i = 0; i < count; i++) {
    c.path.push(String(i));
    const item = yield* readItem(c, depth + 1);
    c.path.pop();
    items.push(item);
    isTree ||= item instanceof Map || item instanceof ArrayLeaf;
  }
  return isTree ? new Map(items.map((item, i) => [String(i), item])) : items;
}

function* readMap(c: Cursor, count: number, depth: number): Asking<Item> {
  checkCount(c, count, 2);
  const map = new Map<string, Item>();
  for (let i = 0; i < count; i++) {
    const key = yield* readItem(c, depth + 1);
    if (typeof key !== "string" && !(typeof key === "number" && Number.isInteger(key)) && typeof key !== "bigint")
      return fail(c, "BadKey", `expected a text or integer as a key, got ${kindOf(key)}`);
    const name = String(key);
    if (map.has(name)) fail(c, "DuplicateKey", `expected every key once, got ${JSON.stringify(name)} again`);
    c.path.push(name);
    map.set(name, yield* readItem(c, depth + 1));
    c.path.pop();
  }
  return map.has(CHUNKED) ? joinChunks(c, map) : map;
}

function kindOf(key: Item): string {
  return key === null ? "nil" : typeof key === "number" ? String(key) : Array.isArray(key) ? "an array" : typeof key;
}

/** The array whose flat pieces `map` has. */
function joinChunks(c: Cursor, map: ReadonlyMap<string, Item>): ArrayLeaf {
  const sizes = inOrder(map.get("shape"));
  const chunks = inOrder(map.get("chunks"));
  if (sizes === undefined || chunks === undefined)
    return fail(c, "BadChunk", 'expected a "shape" and "chunks" with keys "0", "1", ...');
  const shape = toShape(sizes, placeOf(c));
  const [first] = chunks;
  if (!(first instanceof ArrayLeaf)) return fail(c, "BadChunk", "expected chunks that are arrays");
  const spans: Span[] = [];
  let got = 0;
  for (const chunk of chunks) {
    if (!(chunk instanceof ArrayLeaf) || chunk.dtype !== first.dtype)
      return fail(c, "BadChunk", `expected chunks of one dtype, ${first.dtype}`);
    spans.push(...chunk.spans);
    got += chunk.bytes;
  }
  const bytes = byteLength(first.dtype, shape, placeOf(c));
  if (got !== bytes) fail(c, "BadChunk", `expected ${bytes} bytes in all chunks, got ${got}`);
  return new ArrayLeaf(first.dtype, shape, bytes, spans);
}

/** The items of a map of "0", "1", ... */
function inOrder(map: Item | undefined): Item[] | undefined {
  if (!(map instanceof Map)) return undefined;
  const items = Array.from({ length: map.size }, (_, i) => map.get(String(i)));
  return items.includes(undefined) ? undefined : (items as Item[]);
}

const ARRAY = 1;
const COMPLEX = 2;
const SCALAR = 3;

function* readExt(c: Cursor, length: number, depth: number): Asking<ArrayLeaf> {
  const type = yield* readUint(c, 1);
  if (length > c.end - c.at) fail(c, "Truncated", `expected ${length} bytes, got ${c.end - c.at}`);
  if (type === COMPLEX) throw unsupportedError("a complex number", placeOf(c));
  if (type !== ARRAY && type !== SCALAR) fail(c, "BadExt", `expected ext type 1 or 3, got ${type}`);
  if (c.inExt) fail(c, "BadExt", "expected no array inside an array");
  const { end } = c;
  c.end = c.at + length;
  c.inExt = true;
  const array = yield* readArray(c, depth);
  if (c.at !== c.end) fail(c, "BadExt", `expected an array of ${length} bytes, got ${c.end - c.at} more`);
  c.inExt = false;
  c.end = end;
  return array;
}

/** msgpack of [shape, dtype, bytes]. */
function* readArray(c: Cursor, depth: number): Asking<ArrayLeaf> {
  const fields = yield* readUint(c, 1);
  if (fields !== 0x93) fail(c, "BadExt", "expected [shape, dtype, bytes]");
  const sizes = yield* readItem(c, depth + 1);
  const name = yield* readItem(c, depth + 1);
  if (!Array.isArray(sizes) || typeof name !== "string") return fail(c, "BadExt", "expected [shape, dtype, bytes]");
  const shape = toShape(
    sizes.map((size) => (typeof size === "bigint" ? Number(size) : size)),
    placeOf(c),
  );
  const type = yield* readUint(c, 1);
  if (type < 0xc4 || type > 0xc6) fail(c, "BadExt", "expected [shape, dtype, bytes]");
  const length = yield* readUint(c, 1 << (type - 0xc4));
  if (length > c.end - c.at) fail(c, "BadExt", `expected ${length} bytes, got ${c.end - c.at}`);
  const dtype = toDType(c, name);
  const bytes = byteLength(dtype, shape, placeOf(c));
  if (bytes !== length)
    fail(c, "SizeMismatch", `expected ${bytes} bytes for ${name}[${shape.join(", ")}], got ${length}`);
  const begin = c.at;
  c.at += length;
  return new ArrayLeaf(dtype, shape, bytes, length === 0 ? [] : [[begin, c.at]]);
}

function toDType(c: Cursor, name: string): FileDType {
  if (name === "V2" || name === "void16") {
    if (c.voidAs === "bfloat16") return "BF16";
    const fix = 'Older Flax wrote bfloat16 so. If it did, say { voidAs: "bfloat16" }';
    return fail(c, "DtypeUnsupported", `raw bytes, "${name}". ${fix}`);
  }
  const dtype = fromNumPyName(name);
  if (dtype !== undefined && dtypeOf(dtype) !== null) return dtype;
  if (dtype === undefined && !/^(?:object|str|bytes|void|datetime|timedelta|[SUV]\d|complex|float|u?int)/.test(name))
    fail(c, "DtypeUnknown", JSON.stringify(name));
  throw unsupportedError(name, placeOf(c));
}
