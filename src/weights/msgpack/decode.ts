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

/** The numbers from type ca on: how a DataView reads them, and their bytes. */
const NUMBERS = [
  ["getFloat32", 4],
  ["getFloat64", 8],
  ["getUint8", 1],
  ["getUint16", 2],
  ["getUint32", 4],
  ["getBigUint64", 8],
  ["getInt8", 1],
  ["getInt16", 2],
  ["getInt32", 4],
  ["getBigInt64", 8],
] as const;

const ARRAY = 1;
const COMPLEX = 2;
const SCALAR = 3;

/**
 * The one msgpack object of a file of `size` bytes, which asks for the bytes it needs; those of arrays are passed over.
 *
 * @throws LoadError
 *
 * Source: the msgpack specification; Flax 0.12.8 `flax/serialization.py` (ext types, chunks).
 */
export function* decodeMsgpack(size: number, voidAs: VoidAs, source: string): Asking<Item> {
  const path: string[] = [];
  let at = 0;
  /** Where the file ends, or the ext that is read. */
  let end = size;
  let isInExt = false;
  let entries = 0;
  /** The bytes from `start` on. */
  let view: DataView = new DataView(new ArrayBuffer(0));
  let start = 0;

  function place(): LoadErrorPlace {
    return { source, tensor: path.length === 0 ? undefined : path.join("/"), offset: at };
  }

  function fail(code: LoadErrorCode, message: string): never {
    throw new LoadError(code, message, place());
  }

  function checkRoom(count: number): void {
    if (count > end - at) fail(isInExt ? "BadExt" : "Truncated", `expected ${count} bytes, got ${end - at}`);
  }

  /** Makes sure that the next `count` bytes are there, and goes behind them. Gives where they begin in the view. */
  function* take(count: number): Asking<number> {
    checkRoom(count);
    if (at < start || at + count > start + view.byteLength) {
      const bytes = yield [at, at + count];
      view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      start = at;
    }
    at += count;
    return at - count - start;
  }

  function* bytes(count: number): Asking<Uint8Array> {
    const from = yield* take(count);
    return new Uint8Array(view.buffer, view.byteOffset + from, count);
  }

  function* number(index: number): Asking<number | bigint> {
    const [method, size] = NUMBERS[index]!;
    const from = yield* take(size);
    const x = view[method](from);
    const isExact = x >= Number.MIN_SAFE_INTEGER && x <= Number.MAX_SAFE_INTEGER;
    return typeof x === "bigint" && isExact ? Number(x) : x;
  }

  /** A length of 1, 2 or 4 bytes. */
  function* length(index: number): Asking<number> {
    return Number(yield* number(index + 2));
  }

  function* item(depth: number): Asking<Item> {
    if (depth > MAX_DEPTH) fail("LimitDepth", `expected at most ${MAX_DEPTH} levels`);
    const type = yield* length(0);
    if (type < 0x80) return type;
    if (type < 0x90) return yield* map(type & 0x0f, depth);
    if (type < 0xa0) return yield* list(type & 0x0f, depth);
    if (type < 0xc0) return yield* text(type & 0x1f);
    if (type >= 0xe0) return type - 0x100;
    if (type === 0xc1) fail("BadType", "c1 is never used");
    if (type < 0xc4) return [null, null, false, true][type & 3]!;
    if (type < 0xc7) return (yield* bytes(yield* length(type - 0xc4))).slice();
    if (type < 0xca) return yield* ext(yield* length(type - 0xc7), depth);
    if (type < 0xd4) return yield* number(type - 0xca);
    if (type < 0xd9) return yield* ext(1 << (type - 0xd4), depth);
    if (type < 0xdc) return yield* text(yield* length(type - 0xd9));
    if (type < 0xde) return yield* list(yield* length(type - 0xdb), depth);
    return yield* map(yield* length(type - 0xdd), depth);
  }

  function* text(count: number): Asking<string> {
    return decodeUtf8(yield* bytes(count), place());
  }

  /** A list of values; one that has arrays or maps in it is a map of its indices, as Flax makes of every list. */
  function* list(count: number, depth: number): Asking<Item> {
    checkRoom(count);
    if (++entries > MAX_ENTRIES) fail("LimitEntries", `expected at most ${MAX_ENTRIES}`);
    const items: Item[] = [];
    for (let i = 0; i < count; i++) {
      path.push(String(i));
      items.push(yield* item(depth + 1));
      path.pop();
    }
    const isTree = items.some((item) => item instanceof Map || item instanceof ArrayLeaf);
    return isTree ? new Map(items.map((item, i) => [String(i), item])) : items;
  }

  function* map(count: number, depth: number): Asking<Item> {
    checkRoom(2 * count);
    if ((entries += count + 1) > MAX_ENTRIES) fail("LimitEntries", `expected at most ${MAX_ENTRIES}`);
    const result = new Map<string, Item>();
    for (let i = 0; i < count; i++) {
      const key = yield* item(depth + 1);
      if (typeof key !== "string" && typeof key !== "bigint" && !Number.isInteger(key))
        fail("BadKey", "expected a text or integer as a key");
      const name = String(key);
      if (result.has(name)) fail("DuplicateKey", `expected ${JSON.stringify(name)} once`);
      path.push(name);
      result.set(name, yield* item(depth + 1));
      path.pop();
    }
    return result.has(CHUNKED) ? joined(inOrder(result.get("shape")), inOrder(result.get("chunks"))) : result;
  }

  /** The items of a map of "0", "1", ... */
  function inOrder(map: Item | undefined): Item[] {
    const count = map instanceof Map ? map.size : -1;
    const items = Array.from({ length: count }, (_, i) => (map as Map<string, Item>).get(String(i)));
    if (count < 0 || items.includes(undefined)) fail("BadChunk", 'expected a "shape" and "chunks" of "0", "1", ...');
    return items as Item[];
  }

  /** The array whose flat pieces are `chunks`. */
  function joined(sizes: Item[], chunks: Item[]): ArrayLeaf {
    const shape = toShape(sizes, place());
    const arrays = chunks.filter((chunk) => chunk instanceof ArrayLeaf);
    const [{ dtype } = fail("BadChunk", "expected chunks")] = arrays;
    const bytes = byteLength(dtype, shape, place());
    const got = arrays.reduce((sum, chunk) => sum + chunk.bytes, 0);
    if (arrays.length < chunks.length || got !== bytes || arrays.some((chunk) => chunk.dtype !== dtype))
      fail("BadChunk", `expected arrays of ${dtype} that fill the shape`);
    return new ArrayLeaf(
      dtype,
      shape,
      bytes,
      arrays.flatMap(({ spans }) => spans),
    );
  }

  function* ext(count: number, depth: number): Asking<ArrayLeaf> {
    const type = yield* length(0);
    checkRoom(count);
    if (type === COMPLEX) throw unsupportedError("complex numbers", place());
    if ((type !== ARRAY && type !== SCALAR) || isInExt) fail("BadExt", `expected ext type 1 or 3, got ${type}`);
    const outer = end;
    end = at + count;
    isInExt = true;
    const array = yield* fields(depth);
    if (at !== end) fail("BadExt", `expected its end, got ${end - at} more bytes`);
    isInExt = false;
    end = outer;
    return array;
  }

  /** msgpack of [shape, dtype, bytes]. */
  function* fields(depth: number): Asking<ArrayLeaf> {
    const count = yield* length(0);
    const sizes = count === 0x93 ? yield* item(depth + 1) : null;
    const name = Array.isArray(sizes) ? yield* item(depth + 1) : null;
    const type = typeof name === "string" ? yield* length(0) : 0;
    if (type < 0xc4 || type > 0xc6) fail("BadExt", "expected [shape, dtype, bytes]");
    const got = yield* length(type - 0xc4);
    checkRoom(got);
    const shape = toShape(
      (sizes as Item[]).map((size) => (typeof size === "bigint" ? Number(size) : size)),
      place(),
    );
    const dtype = toDType(name as string);
    const bytes = byteLength(dtype, shape, place());
    if (bytes !== got) fail("SizeMismatch", `expected ${bytes} bytes for [${shape.join(", ")}], got ${got}`);
    at += got;
    return new ArrayLeaf(dtype, shape, bytes, bytes === 0 ? [] : [[at - got, at]]);
  }

  function toDType(name: string): FileDType {
    const isVoid = /^V2$|^void16$/.test(name);
    if (isVoid && voidAs) return "BF16";
    const dtype = fromNumPyName(name);
    if (dtype !== undefined && dtypeOf(dtype) !== null) return dtype;
    if (isVoid) fail("DtypeUnsupported", 'raw bytes. If older Flax wrote bfloat16, say { voidAs: "bfloat16" }');
    if (/^(?:object|str|bytes|void|datetime|timedelta|[SUV]\d|complex|float|u?int)/.test(name))
      throw unsupportedError(name, place());
    return fail("DtypeUnknown", JSON.stringify(name));
  }

  const root = yield* item(0);
  if (at !== size) fail("Trailing", `expected the end, got ${size - at} more bytes`);
  return root;
}
