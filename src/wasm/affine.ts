import { BINARY, SHIFT } from "./binary.ts";
import { copyIn, copyOut } from "./copy.ts";
import { VECTOR } from "./memory.ts";
import type { Arena } from "./memory.ts";

/** Whether x [n] and the result [m] fit into their regions, and there is an element of the bias for each of the result. */
export function addsInPlace(x: Float32Array, bias: Float32Array | undefined, out: Float32Array): bias is Float32Array {
  return bias !== undefined && bias.length === out.length && x.length <= VECTOR && out.length <= VECTOR;
}

/** out = x @ W + bias for a W [n, m] packed at `packedPtr`: the product stays in linear memory until the bias is added. */
export function multiplyPanelsAndAdd(
  { exports, xPtr, yPtr, wPtr, x: row, w: result }: Arena,
  packedPtr: number,
  x: Float32Array,
  bias: Float32Array,
  out: Float32Array,
): void {
  const m = out.length;
  copyIn(x, 0, x.length, row);
  exports.matvecPanelsF32(xPtr, packedPtr, yPtr, x.length, m);
  copyIn(bias, 0, m, row);
  exports.binaryF32(BINARY.add, yPtr, xPtr, wPtr + 4 * SHIFT, m, m);
  copyOut(result, m, out, 0, SHIFT);
}
