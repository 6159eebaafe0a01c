import type { LoadErrorPlace } from "./errors.ts";
import { LoadError } from "./errors.ts";

/** A kind of file that is known by its first bytes. */
export interface Kind {
  readonly what: string;
  /** What to do with it. */
  readonly fix: string;
}

const FROM_TORCH =
  "Convert it in Python: " +
  'from safetensors.torch import save_file; save_file(torch.load(path, map_location="cpu"), "model.safetensors")';

/** The kinds by how they begin: text, or bytes written in the same way. */
const KINDS: readonly (readonly [start: string, what: string, fix: string])[] = [
  ["PK\x03\x04", "a zip: a PyTorch .pt, an .npz or a Keras file", `An .npz is read by open. ${FROM_TORCH}`],
  ["\x93NUMPY", "a NumPy .npy", "Read it with open or readNpy"],
  ["\x89HDF\r\n", "an HDF5 file (Keras .h5)", "Convert it in Python: numpy.savez of the arrays that h5py reads"],
  ["GGUF", "a GGUF file, whose weights are quantised", "Take the safetensors that it was made from"],
  ["version https://git-lfs", "a Git LFS pointer, not the file itself", "Run git lfs pull"],
  ["\x1f\x8b", "a gzip", "Unpack it first"],
  ["PAR1", "a Parquet file", "It holds tables, not weights"],
];

/** What a file is that begins with `head`, as far as that tells; undefined where it does not. */
export function recognise(head: Uint8Array): Kind | undefined {
  const start = String.fromCharCode(...head.subarray(0, 64));
  const known = KINDS.find(([magic]) => start.startsWith(magic));
  if (known !== undefined) return { what: known[1], fix: known[2] };
  if (isHtml(head))
    return { what: "an HTML page", fix: "The address gives a page, not the file. Ask for the raw file" };
  // Protocols 2 to 5.
  if (head[0] === 0x80 && head[1]! >= 2 && head[1]! <= 5)
    return { what: "a pickle (PyTorch .bin, .pt), which runs code when it is read", fix: FROM_TORCH };
  // Field 1, the version of the format, then the name of the producer or the graph.
  if (head[0] === 8 && head[1]! > 0 && head[1]! <= 32 && [0x12, 0x1a, 0x22, 0x3a].includes(head[2]!) && head[3] !== 0)
    return { what: "an ONNX model", fix: "Save its initializers in Python: onnx.numpy_helper.to_array, numpy.savez" };
  if (start.startsWith("TFL3", 4))
    return { what: "a TensorFlow Lite model", fix: "Take the model that it was made from" };
  return undefined;
}

/** Whether the file is a page, such as an error of a server. */
export function isHtml(head: Uint8Array): boolean {
  return /^\s*<(?:!doctype|html|head|body|\?xml)/i.test(String.fromCharCode(...head.subarray(0, 64)));
}

export function wrongFormatError(kind: Kind, expected: string, place: LoadErrorPlace): LoadError {
  return new LoadError("WrongFormat", `expected ${expected}, got ${kind.what}. ${kind.fix}`, place);
}
