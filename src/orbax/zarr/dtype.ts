import type { FileDType } from "../../weights/index.ts";

/** An element type of Zarr. */
export interface ZarrDType {
  readonly dtype: FileDType;
  readonly bigEndian: boolean;
}

/** Zarr 3's names, which are those that Zarr 2 has for types that NumPy lacks. */
const BY_NAME: Readonly<Record<string, FileDType>> = {
  bool: "BOOL",
  int8: "I8",
  int16: "I16",
  int32: "I32",
  int64: "I64",
  uint8: "U8",
  uint16: "U16",
  uint32: "U32",
  uint64: "U64",
  float16: "F16",
  bfloat16: "BF16",
  float32: "F32",
  float64: "F64",
  complex64: "C64",
  complex128: "C128",
  float8_e4m3fn: "F8_E4M3",
  float8_e4m3fnuz: "F8_E4M3FNUZ",
  float8_e5m2: "F8_E5M2",
  float8_e5m2fnuz: "F8_E5M2FNUZ",
  float8_e8m0fnu: "F8_E8M0",
};

/** NumPy's kinds and sizes, as Zarr 2 writes them after the byte order. */
const BY_KIND: Readonly<Record<string, FileDType>> = {
  b1: "BOOL",
  i1: "I8",
  i2: "I16",
  i4: "I32",
  i8: "I64",
  u1: "U8",
  u2: "U16",
  u4: "U32",
  u8: "U64",
  f2: "F16",
  f4: "F32",
  f8: "F64",
  c8: "C64",
  c16: "C128",
};

/** The element type that Zarr 3 calls `name`. */
export function dtypeByName(name: string): FileDType | undefined {
  return Object.hasOwn(BY_NAME, name) ? BY_NAME[name] : undefined;
}

/** The element type that Zarr 2 calls `text`: `<f4`, `|b1`, `bfloat16`. */
export function dtypeByText(text: string): ZarrDType | undefined {
  const [order, kind] = [text[0]!, text.slice(1)];
  if ("<>|".includes(order) && Object.hasOwn(BY_KIND, kind)) return { dtype: BY_KIND[kind]!, bigEndian: order === ">" };
  const dtype = dtypeByName(text);
  return dtype && { dtype, bigEndian: false };
}
