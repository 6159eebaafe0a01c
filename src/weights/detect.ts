// oxlint-disable no-control-regex -- bytes, not text
import { LoadError } from "./errors.ts";
import { checkKind, firstText } from "./recognise.ts";
import type { CheckedSource } from "./sources/open.ts";

/** The formats that `open` reads; `sharded` is the index of a safetensors file in parts. */
export const READABLE = ["safetensors", "sharded", "msgpack", "npy", "npz"] as const;

export type ReadableFormat = (typeof READABLE)[number];

/**
 * The format of a file, by its first bytes; by its name only where these are damaged.
 *
 * @throws LoadError `WrongFormat` that says what the file is and how to convert it
 */
export function detect({ head, name: source }: CheckedSource): ReadableFormat {
  const text = firstText(head);
  // A length below 4 GiB, then an object.
  if (/^[^]{4}\0{4}\s*\{/.test(text)) return "safetensors";
  if (isJson(head) && new TextDecoder().decode(head).includes('"weight_map"')) return "sharded";
  if (text.startsWith("\x93NUMPY")) return "npy";
  const [, ending] = /\.(safetensors|index\.json|msgpack|npy|npz)(?:[?#].*)?$/i.exec(source) ?? [];
  // A zip with a name in it, or an empty one. PyTorch's begin with a pickle and Keras' with a text.
  if (/^PK(?:\x05\x06|\x03\x04[^]{22}(?!\0\0).{4}(?!.*(?:\.pkl|\.json)\b))/s.test(text)) return "npz";
  if (ending !== "npz" || !text.startsWith("PK")) checkKind(head, "weights", { source });
  // A map.
  if (/^[\x80-\x8f\xde\xdf]/.test(text)) return "msgpack";
  const expected = "expected safetensors, its index, Flax msgpack, .npy or .npz, got another file";
  if (ending === undefined) throw new LoadError("WrongFormat", expected, { source });
  return ending.toLowerCase() === "index.json" ? "sharded" : (ending.toLowerCase() as ReadableFormat);
}

/** Whether the file that begins with `head` is a JSON object: the length of a header ends with zeros. */
export function isJson(head: Uint8Array): boolean {
  return /^\s*\{/.test(firstText(head)) && head[7] !== 0;
}
