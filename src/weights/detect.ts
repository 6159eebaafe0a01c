import { LoadError } from "./errors.ts";
import type { LoadErrorPlace } from "./errors.ts";
import { recognise, wrongFormatError } from "./recognise.ts";
import type { CheckedSource } from "./sources/open.ts";

/** The formats that `open` reads; `sharded` is the index of a safetensors file in parts. */
export type ReadableFormat = "safetensors" | "sharded" | "msgpack" | "npy" | "npz";

export const READABLE: readonly ReadableFormat[] = ["safetensors", "sharded", "msgpack", "npy", "npz"];

/** What the ending of a name says, where the content says nothing. */
const ENDINGS: readonly (readonly [RegExp, ReadableFormat])[] = [
  [/\.safetensors$/i, "safetensors"],
  [/\.index\.json$/i, "sharded"],
  [/\.msgpack$/i, "msgpack"],
  [/\.npy$/i, "npy"],
  [/\.npz$/i, "npz"],
];

/**
 * The format of a file, by its first bytes; by its name only where these are damaged.
 *
 * @throws LoadError `WrongFormat` that says what the file is and how to convert it
 */
export function detect({ head, size, name }: CheckedSource): ReadableFormat {
  const text = String.fromCharCode(...head.subarray(0, 1024));
  if (looksLikeSafetensors(head)) return "safetensors";
  if (/^\s*\{/.test(text) && isIndex(head)) return "sharded";
  if (text.startsWith("\x93NUMPY")) return "npy";
  if (text.startsWith("PK") && looksLikeNpz(text)) return "npz";
  const place: LoadErrorPlace = { source: name };
  const kind = recognise(head);
  const byName = ENDINGS.find(([ending]) => ending.test(name.replace(/[?#].*$/, "")))?.[1];
  if (kind !== undefined && !(kind.what.startsWith("a zip") && byName === "npz"))
    throw wrongFormatError(kind, "weights", place);
  if (isMap(head[0])) return "msgpack";
  if (byName !== undefined) return byName;
  const known = "safetensors, its index, Flax msgpack, .npy or .npz";
  if (size === 0) throw new LoadError("WrongFormat", `expected ${known}, got an empty file`, place);
  const what = /^\s*[[{]/.test(text) ? "a JSON text" : "bytes of no format that is known";
  throw new LoadError("WrongFormat", `expected ${known}, got ${what}`, place);
}

/** A length below 4 GiB, then an object. */
function looksLikeSafetensors(head: Uint8Array): boolean {
  if (head.subarray(4, 8).some((byte) => byte !== 0)) return false;
  return head.subarray(8).find((byte) => byte !== 0x20 && (byte < 0x09 || byte > 0x0d)) === 0x7b;
}

function isIndex(head: Uint8Array): boolean {
  return new TextDecoder().decode(head).includes('"weight_map"');
}

/** A zip with a member in it, or an empty one; PyTorch's have a pickle first and Keras' a text. */
function looksLikeNpz(text: string): boolean {
  if (text.startsWith("PK\x05\x06")) return true;
  const nameLength = text.charCodeAt(26) | (text.charCodeAt(27) << 8);
  const name = text.slice(30, 30 + nameLength);
  return (
    text.startsWith("PK\x03\x04") && nameLength > 0 && !/(?:^|\/)(?:data\.pkl|byteorder|metadata\.json)$/.test(name)
  );
}

/** A map of msgpack. */
function isMap(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= 0x80 && byte <= 0x8f) || byte === 0xde || byte === 0xdf);
}
