import type { ArrayData } from "../../data/index.ts";
import { itemSize, sizeOf } from "../../data/index.ts";
import { joinBytes } from "../bytes.ts";
import type { EncodedFile, NamedData, Part } from "../encoded.ts";
import { elementBytes } from "../encoded.ts";

/** Flax cuts larger arrays, because msgpack has no longer bytes than 2^32 - 1. */
const CHUNK_BYTES = 2 ** 30;

const ARRAY = 1;

/** Maps of maps, with an array at the end of every path. */
type Tree = Map<string, Tree | ArrayData>;

/**
 * A Flax msgpack file: what `flax.serialization.to_bytes` writes of a tree with the same keys in the same order.
 *
 * @param split - the path of a name
 * @param chunkBytes - above this many bytes an array is cut
 * @throws RangeError if one name is on the way to another
 *
 * Source: Flax 0.12.8 `flax/serialization.py` (`_ndarray_to_bytes`, `_chunk`).
 */
export function encodeMsgpack(
  arrays: readonly NamedData[],
  split: (name: string) => readonly string[],
  chunkBytes: number = CHUNK_BYTES,
): EncodedFile {
  const tree: Tree = new Map();
  for (const [name, data] of arrays) insert(tree, split(name), data, name);
  const parts = (): Iterable<Part> => encodeTree(tree, "", chunkBytes);
  let size = 0;
  for (const { bytes } of parts()) size += bytes.length;
  return { size, parts };
}

function insert(root: Tree, path: readonly string[], data: ArrayData, name: string): void {
  let tree = root;
  for (const key of path.slice(0, -1)) {
    let next = tree.get(key);
    if (next === undefined) tree.set(key, (next = new Map()));
    if (!(next instanceof Map)) throw conflictError(name);
    tree = next;
  }
  if (tree.has(path.at(-1)!)) throw conflictError(name);
  tree.set(path.at(-1)!, data);
}

function conflictError(name: string): RangeError {
  return new RangeError(`save: "${name}" expected a path of its own, got one that ends where another goes on`);
}

function* encodeTree(tree: Tree, path: string, chunkBytes: number): Generator<Part> {
  yield { bytes: joined(head(tree.size, 0x80, 0xde)) };
  for (const [key, child] of tree) {
    const label = path === "" ? key : `${path}/${key}`;
    yield { bytes: text(key) };
    if (child instanceof Map) yield* encodeTree(child, label, chunkBytes);
    else yield* encodeArray(child, label, chunkBytes);
  }
}

function* encodeArray(data: ArrayData, label: string, chunkBytes: number): Generator<Part> {
  const { shape, dtype } = data;
  const bytes = elementBytes(data);
  if (bytes.length <= chunkBytes) return yield* encodePiece(shape, dtype, bytes, label);
  const size = itemSize(dtype);
  const length = Math.max(1, Math.floor(chunkBytes / size));
  const count = Math.ceil(sizeOf(shape) / length);
  yield { bytes: joined(head(3, 0x80, 0xde), text("__msgpack_chunked_array__"), [0xc3], text("shape")) };
  yield { bytes: joined(head(shape.length, 0x80, 0xde), ...shape.flatMap((n, i) => [text(String(i)), integer(n)])) };
  yield { bytes: joined(text("chunks"), head(count, 0x80, 0xde)) };
  for (let i = 0; i < count; i++) {
    yield { bytes: text(String(i)) };
    const piece = bytes.subarray(i * length * size, (i + 1) * length * size);
    yield* encodePiece([piece.length / size], dtype, piece, label);
  }
}

/** An ext of [shape, dtype, bytes]. */
function* encodePiece(shape: readonly number[], dtype: string, bytes: Uint8Array, label: string): Generator<Part> {
  const { length } = bytes;
  const front = joined([0x93], head(shape.length, 0x90, 0xdc), ...shape.map(integer), text(dtype), sized(length, 0xc4));
  yield { bytes: joined(extHead(front.length + length), [ARRAY], front) };
  if (length > 0) yield { bytes, label };
}

function extHead(length: number): number[] {
  const fixed = [1, 2, 4, 8, 16].indexOf(length);
  return fixed < 0 ? sized(length, 0xc7) : [0xd4 + fixed];
}

/** The head of a map or list of `count`. */
function head(count: number, short: number, long: number): number[] {
  if (count < 16) return [short | count];
  return count < 2 ** 16 ? [long, ...be(count, 2)] : [long + 1, ...be(count, 4)];
}

function text(value: string): Uint8Array {
  const bytes = new TextEncoder().encode(value);
  const { length } = bytes;
  return joined(length < 32 ? [0xa0 | length] : sized(length, 0xd9), bytes);
}

function integer(n: number): number[] {
  if (n < 2 ** 7) return [n];
  return n < 2 ** 32 ? sized(n, 0xcc) : [0xcf, ...be(Math.floor(n / 2 ** 32), 4), ...be(n, 4)];
}

/** A type and `n`, in the fewest bytes of 1, 2 and 4: each has a type of its own, the first is `type`. */
function sized(n: number, type: number): number[] {
  const log = n < 2 ** 8 ? 0 : n < 2 ** 16 ? 1 : 2;
  return [type + log, ...be(n, 1 << log)];
}

/** `n` in `size` bytes, the first the most significant. */
function be(n: number, size: number): number[] {
  return Array.from({ length: size }, (_, i) => (n >>> (8 * (size - 1 - i))) & 0xff);
}

function joined(...parts: readonly ArrayLike<number>[]): Uint8Array {
  return joinBytes(parts);
}
