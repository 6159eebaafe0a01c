import type { ArrayData } from "../arraydata.ts";
import { emptyData } from "../arraydata.ts";
import { rawOf } from "../manipulation/copying.ts";
import { broadcastData } from "../manipulation/strided.ts";
import { binaryData } from "./binary.ts";
import { DIVIDE } from "./division.ts";

/** `x` over `keep` where the bool `mask`, which broadcasts to `x`, is true; 0 elsewhere. */
export function dropoutData(keep: number, x: ArrayData, mask: ArrayData): ArrayData {
  const kept = binaryData(DIVIDE, x, keep);
  const out = emptyData(kept.shape, kept.dtype);
  const [from, to] = [rawOf(kept.storage.data), rawOf(out.storage.data)];
  const whether = broadcastData(mask, x.shape).storage.data;
  // A bitwise and with all ones or zeros is as fast for any rate. A branch would be mispredicted.
  for (let i = 0; i < to.length; i++) to[i] = from[i]! & -whether[i]!;
  return out;
}
