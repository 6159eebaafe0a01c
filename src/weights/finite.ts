import type { NDArray } from "../array/index.ts";
import { DATA } from "../data/index.ts";
import type { LoadErrorPlace } from "./errors.ts";
import { LoadError } from "./errors.ts";

/** @throws LoadError `BadValue` at the first infinity or NaN of `array`; integers have none */
export function checkFinite(array: NDArray, place: LoadErrorPlace): void {
  const { dtype, storage } = array[DATA];
  const { buffer, byteOffset, length } = storage.data;
  // The bits of the exponent: all of them set is an infinity or a NaN.
  const exponent = { float32: 0x7f80_0000, bfloat16: 0x7f80, float16: 0x7c00 }[dtype as string];
  if (exponent === undefined) return;
  const words = new (dtype === "float32" ? Uint32Array : Uint16Array)(buffer as ArrayBuffer, byteOffset, length);
  for (let i = 0; i < words.length; i++)
    if ((words[i]! & exponent) === exponent)
      throw new LoadError("BadValue", `expected finite numbers, got an infinity or NaN at ${i}`, place);
}
