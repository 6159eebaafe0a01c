import { int } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { scalarData } from "../arraydata.ts";
import { castData } from "../arraydata.ts";
import { isFloat, isHalf } from "../dtype.ts";
import { binaryData, unaryData } from "./elementwise.ts";

/** `round` to so many decimals: scaled by a power of ten, rounded half to even, scaled back, as JAX does it. */
export function roundData(x: ArrayData, decimals: number): ArrayData {
  const places = int(decimals, 'round: "decimals"');
  if (places === 0 || !isFloat(x.dtype)) return unaryData("round", x);
  const wide = isHalf(x.dtype) ? castData(x, "float32") : x;
  const factor = scalarData("float32", Number(`1e${places}`));
  return castData(binaryData("divide", unaryData("round", binaryData("multiply", wide, factor)), factor), x.dtype);
}
