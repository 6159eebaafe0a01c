import type { FileDType } from "./dtypes.ts";

/** NumPy's and ml_dtypes' names of the element types. */
const NAMES: Readonly<Record<string, FileDType>> = {
  bool: "BOOL",
  uint8: "U8",
  int8: "I8",
  uint16: "U16",
  int16: "I16",
  uint32: "U32",
  int32: "I32",
  uint64: "U64",
  int64: "I64",
  float16: "F16",
  bfloat16: "BF16",
  float32: "F32",
  float64: "F64",
  complex64: "C64",
  complex128: "C128",
  float8_e4m3fn: "F8_E4M3",
  float8_e5m2: "F8_E5M2",
  float8_e8m0fnu: "F8_E8M0",
  float8_e4m3fnuz: "F8_E4M3FNUZ",
  float8_e5m2fnuz: "F8_E5M2FNUZ",
};

/** The element type that NumPy calls `name`; undefined if flaxen knows none. */
export function fromNumPyName(name: string): FileDType | undefined {
  return Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
}

/** NumPy's name of `dtype`; flaxen's own dtypes are called as NumPy calls them. */
export function toNumPyName(dtype: FileDType): string {
  return Object.keys(NAMES).find((name) => NAMES[name] === dtype) ?? dtype;
}
