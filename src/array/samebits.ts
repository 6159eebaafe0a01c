import { DATA, isAbstract, plainOf, sameShape } from "../data/index.ts";
import type { NDArray } from "./ndarray.ts";

/** Whether two arrays have one shape, one dtype and the same bits. Those that have no values are the same as none. */
export function sameBits(a: NDArray, b: NDArray): boolean {
  const [x, y] = [plainOf(a[DATA]), plainOf(b[DATA])];
  if (x.dtype !== y.dtype || !sameShape(x.shape, y.shape) || isAbstract(x) || isAbstract(y)) return false;
  const left = bytesOf(x.storage.data);
  const right = bytesOf(y.storage.data);
  return left.every((byte, i) => byte === right[i]);
}

function bytesOf(x: ArrayBufferView): Uint8Array {
  return new Uint8Array(x.buffer, x.byteOffset, x.byteLength);
}
