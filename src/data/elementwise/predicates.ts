import type { ArrayData } from "../arraydata.ts";
import { emptyData, floatsOf, numbersOf } from "../arraydata.ts";
import { isFloat } from "../dtype.ts";

/** Where `test` holds of an element, bool. */
export function testData(test: (x: number) => boolean, x: ArrayData): ArrayData {
  const from = numbersOf(x);
  const out = emptyData(x.shape, "bool");
  const to = out.storage.data;
  for (let i = 0; i < to.length; i++) to[i] = test(from[i]!) ? 1 : 0;
  return out;
}

/** Where the sign bit is set, bool: true for -0, false for every NaN. */
export function signbitData(x: ArrayData): ArrayData {
  if (!isFloat(x.dtype)) return testData((v) => v < 0, x);
  const out = emptyData(x.shape, "bool");
  const to = out.storage.data;
  const floats = floatsOf(x);
  const words = new Uint32Array(floats.buffer, floats.byteOffset, floats.length);
  for (let i = 0; i < to.length; i++) to[i] = words[i]! >= 0x80000000 && words[i]! <= 0xff800000 ? 1 : 0;
  return out;
}
