import type { FileDType } from "./dtypes.ts";
import { isFileDType } from "./dtypes.ts";

/**
 * The element type that NumPy or ml_dtypes calls `name`, such as `float32`, `bfloat16` or `float8_e4m3fn`; undefined if
 * flaxen knows none.
 */
export function fromNumPyName(name: string): FileDType | undefined {
  const short = name
    .toUpperCase()
    .replace(/^(BF|[FUIC])[A-Z]+(?=\d)/, "$1")
    .replace(/FNU?$/, "");
  return isFileDType(short) && name === name.toLowerCase() ? short : undefined;
}
