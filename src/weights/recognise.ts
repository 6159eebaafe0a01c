// oxlint-disable no-control-regex -- bytes, not text
import type { LoadErrorPlace } from "./errors.ts";
import { LoadError } from "./errors.ts";

const FROM_TORCH = 'safetensors.torch.save_file(torch.load(path, map_location="cpu"), "model.safetensors")';

const HTML = /^\s*<(?:!doctype|html|head|body|\?xml)/i;

/** Kinds of files, by a pattern of their first bytes; one that is not text stands for the character of its number. */
const KINDS: readonly (readonly [start: RegExp, what: string, fix: string])[] = [
  [/^PK\x03\x04/, "a zip (PyTorch .pt, .npz, Keras)", `.npz is read by open, PyTorch is converted by ${FROM_TORCH}`],
  [/^\x93NUMPY/, "a NumPy .npy", "It is read by open and readNpy"],
  [/^\x89HDF\r\n/, "an HDF5 file (Keras .h5)", "Save what h5py reads by numpy.savez"],
  [/^GGUF/, "a GGUF file, which is quantised", "Take the safetensors it was made from"],
  [/^version https:\/\/git-lfs/, "a Git LFS pointer", "Run git lfs pull"],
  [HTML, "an HTML page", "Ask for the raw file"],
  [/^\x1f\x8b/, "a gzip", "Unpack it"],
  [/^....TFL3/s, "a TensorFlow Lite model", "Take the model it was made from"],
  // Protocols 2 to 5.
  [/^\x80[\x02-\x05]/, "a pickle (PyTorch .bin, .pt), which runs code when it is read", `Convert it by ${FROM_TORCH}`],
  // Field 1, the version of the format, then the name of the producer or the graph.
  [/^\x08[\x01-\x20][\x12\x1a":][^\0]/, "an ONNX model", "Save its initializers by onnx.numpy_helper and numpy.savez"],
];

/**
 * @throws LoadError `WrongFormat` if the first bytes of a file are those of a kind that is known, and not `expected`
 */
export function checkKind(head: Uint8Array, expected: string, place: LoadErrorPlace): void {
  const text = firstText(head);
  for (const [start, what, fix] of KINDS)
    if (start.test(text)) throw new LoadError("WrongFormat", `expected ${expected}, got ${what}. ${fix}`, place);
}

/** Whether the file is a page, such as an error of a server. */
export function isHtml(head: Uint8Array): boolean {
  return HTML.test(firstText(head));
}

/** The first bytes as characters of the same number. */
export function firstText(head: Uint8Array): string {
  return String.fromCharCode(...head.subarray(0, 512));
}
