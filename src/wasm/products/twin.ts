import { damaged, decode, fnv1a } from "../loader.ts";
import type { Payload } from "../payload.ts";

/** A payload whose module adds up products. */
export interface ProductsPayload extends Payload {
  /**
   * Where a product is added to a sum: the places of its multiplication and its addition, ascending, each as the
   * distance from the one before. A distance is a number of digits a to z, those but the last in capitals.
   */
  readonly PRODUCTS: string;
  /** The FNV-1a checksum of the twin. */
  readonly TWIN_FNV1A: number;
}

/** The second byte of f32x4.mul, FD E6 01; that of f32x4.add is E4. */
const MULTIPLY = 0xe6;
/** Three times nothing: x and w stay on the stack. */
const NOTHING = [1, 1, 1];
/** f32x4.relaxed_madd: x * w + sum. */
const MULTIPLY_ADD = [0xfd, 0x85, 2];

/**
 * The twin of a module: of the same length, with a multiply-add in place of each addition of a product. In the code
 * a product stands before the sum: x, w, multiply, sum, add. It becomes x, w, sum, multiply-add.
 *
 * @throws EnvError `BackendUnavailable` if the payload is damaged
 */
export function decodeTwin(payload: ProductsPayload): Uint8Array<ArrayBuffer> {
  const bytes = decode(payload);
  fuse(bytes, payload.PRODUCTS);
  if (fnv1a(bytes) !== payload.TWIN_FNV1A) throw damaged();
  return bytes;
}

/** Turns a module into its twin. */
export function fuse(bytes: Uint8Array, places: string): void {
  let at = 0;
  let distance = 0;
  for (let i = 0; i < places.length; i++) {
    const code = places.charCodeAt(i);
    distance = 26 * distance + (code & 31) - 1;
    if (code < 97) continue;
    at += distance;
    distance = 0;
    if (at + 3 <= bytes.length) bytes.set(bytes[at + 1] === MULTIPLY ? NOTHING : MULTIPLY_ADD, at);
  }
}
