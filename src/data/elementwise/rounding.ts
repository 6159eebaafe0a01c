import { int } from "../../base/index.ts";
import type { Dense } from "../dense.ts";
import { scalarDense } from "../dense.ts";
import { castDense } from "../dense.ts";
import { isFloat, isHalf } from "../dtype.ts";
import { binaryDense, unaryDense } from "./elementwise.ts";

/** `round` to so many decimals: scaled by a power of ten, rounded half to even, scaled back, as JAX does it. */
export function roundDense(x: Dense, decimals: number): Dense {
  const places = int(decimals, 'round: "decimals"');
  if (places === 0 || !isFloat(x.dtype)) return unaryDense("round", x);
  const wide = isHalf(x.dtype) ? castDense(x, "float32") : x;
  const factor = scalarDense("float32", Number(`1e${places}`));
  return castDense(binaryDense("divide", unaryDense("round", binaryDense("multiply", wide, factor)), factor), x.dtype);
}
