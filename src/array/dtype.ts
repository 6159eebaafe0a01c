/** The element types an array can have. JAX's names; 64-bit types become their 32-bit kin, as with x64 off. */
export type DType = "float32" | "int32" | "uint32" | "uint16" | "uint8" | "bool";

/** The typed array behind each element type; a bool is one byte, 0 or 1. */
export type TypedArray = Float32Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

const CONSTRUCTORS = {
  float32: Float32Array,
  int32: Int32Array,
  uint32: Uint32Array,
  uint16: Uint16Array,
  uint8: Uint8Array,
  bool: Uint8Array,
} as const;

export function isDType(x: unknown): x is DType {
  return typeof x === "string" && Object.hasOwn(CONSTRUCTORS, x);
}

/** A zeroed typed array of `size` elements of `dtype`. */
export function storageFor(dtype: DType, size: number): TypedArray {
  return new CONSTRUCTORS[dtype](size);
}

/** The dtypes in the order in which each holds all before it, as JAX's lattice has them with x64 off. */
const LADDER: readonly DType[] = ["bool", "uint8", "uint16", "uint32", "int32", "float32"];

/** The dtype of an operation on `a` and `b`. uint32 with int32 is int32, as in JAX without 64-bit types. */
export function promote(a: DType, b: DType): DType {
  return LADDER.indexOf(a) >= LADDER.indexOf(b) ? a : b;
}
