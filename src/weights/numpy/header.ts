// oxlint-disable no-control-regex -- bytes, not text
import type { FileDType } from "../dtypes.ts";
import { byteLength, isFileDType } from "../dtypes.ts";
import type { LoadErrorPlace } from "../errors.ts";
import { LoadError } from "../errors.ts";
import type { TensorInfo } from "../file.ts";
import { decodeUtf8 } from "../json.ts";
import { toShape } from "../shape.ts";
import { parseLiteral } from "./literal.ts";

/** What the header of a .npy says. */
export interface NpyHeader {
  readonly info: TensorInfo;
  readonly isBigEndian: boolean;
  /** Whether the first axis is the one that varies fastest. */
  readonly isFortran: boolean;
  /** Where the data begins. */
  readonly start: number;
}

/** How raw bytes of two are read, the `V2` that NumPy writes for bfloat16. */
export type VoidAs = "bfloat16" | undefined;

/** The most bytes of the header's text. */
const MAX_HEADER = 65_535;

/**
 * How many bytes of a .npy that begins with `head` are before its data; of anything else, as many as there are.
 *
 * @throws LoadError `BadNpy`, `HeaderTooLarge`
 */
export function npyStart(head: Uint8Array, place: LoadErrorPlace): number {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  // Versions 1.0, 2.0 and 3.0.
  if (head.length < 12 || !/^\x93NUMPY[\x01-\x03]\0/.test(String.fromCharCode(...head.subarray(0, 8))))
    throw new LoadError("BadNpy", "expected a NumPy .npy of version 1 to 3", place);
  const isShort = head[6] === 1;
  const length = isShort ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > MAX_HEADER) throw new LoadError("HeaderTooLarge", `at most ${MAX_HEADER}, got ${length}`, place);
  return length + (isShort ? 10 : 12);
}

/**
 * The header of the .npy that begins with `head`: with all that is before its data.
 *
 * @throws LoadError `BadNpy`, `HeaderTooLarge`, `BadShape`, `Overflow`, `DtypeUnknown` or `DtypeUnsupported`
 */
export function parseNpyHeader(head: Uint8Array, voidAs: VoidAs, place: LoadErrorPlace): NpyHeader {
  const bad = (expected: string): LoadError => new LoadError("BadNpy", `expected ${expected}`, place);
  const start = npyStart(head, place);
  if (start > head.length) throw bad("the whole header");
  const bytes = head.subarray(head[6] === 1 ? 10 : 12, start);
  const dict = parseLiteral(head[6] === 3 ? decodeUtf8(bytes, place) : new TextDecoder("latin1").decode(bytes));
  const [descr, order, sizes] = ["descr", "fortran_order", "shape"].map((key) =>
    dict instanceof Map && dict.size === 3 ? dict.get(key) : undefined,
  );
  if (descr === undefined || typeof order !== "boolean" || !Array.isArray(sizes) || !sizes.isTuple)
    throw bad('a dict of "descr", "fortran_order" and a tuple "shape"');
  const shape = toShape(sizes, place);
  if (typeof descr !== "string" && !Array.isArray(descr)) throw bad('"descr" to be a string');
  if (typeof descr === "object" && descr.isTuple) throw bad('"descr" to be a string');
  const dtype = toDType(String(descr), voidAs, place);
  const info = { dtype, shape, bytes: byteLength(dtype, shape, place) };
  return { info, isBigEndian: String(descr)[0] === ">", isFortran: order && shape.length > 1, start };
}

/** The element type that NumPy calls `descr`: an order of bytes, a letter and a number of bytes. */
function toDType(descr: string, voidAs: VoidAs, place: LoadErrorPlace): FileDType {
  const [, kind = "", size] = /^[<>|]([a-zA-Z])(\d*)(?:\[\w+\])?$/.exec(descr) ?? [];
  if (kind === "V" && size === "2" && voidAs) return "BF16";
  const dtype = kind === "b" && size === "1" ? "BOOL" : `${kind.toUpperCase()}${8 * Number(size)}`;
  if ("fiub".includes(kind) && isFileDType(dtype) && size! > "") return dtype;
  const isKnown = /[cOSUMmVa]/.test(kind) || descr.includes(",") || descr === "<f16";
  const fix =
    kind === "O"
      ? ": Python objects are a pickle, which runs code"
      : kind === "V"
        ? '. If it was bfloat16 when NumPy wrote it, say { voidAs: "bfloat16" }'
        : "";
  throw new LoadError(
    isKnown ? "DtypeUnsupported" : "DtypeUnknown",
    `flaxen has no ${JSON.stringify(descr)}${fix}`,
    place,
  );
}
