/**
 * The names of dtypes and of their kinds, as `jax.numpy` has them. A dtype is its name: `jnp.float32 === "float32"`.
 */
import type { Given } from "../base/index.ts";
import { describe, inOrder, refuseSurplus } from "../base/index.ts";
import type { DType } from "../data/index.ts";
import { checkDType, isDType, isFloat } from "../data/index.ts";

export const bfloat16 = "bfloat16";
export const float16 = "float16";
export const float32 = "float32";
export const int8 = "int8";
export const int16 = "int16";
export const int32 = "int32";
export const uint8 = "uint8";
export const uint16 = "uint16";
export const uint32 = "uint32";
export const bool = "bool";

/** Dtypes that no array has here, as with JAX's x64 off: to be compared with, and named in errors. */
export const float64 = "float64";
export const int64 = "int64";
export const uint64 = "uint64";
export const complex64 = "complex64";
export const complex128 = "complex128";

/** Kinds of dtypes, for `issubdtype`. */
export const generic = "generic";
export const number = "number";
export const integer = "integer";
export const signedinteger = "signedinteger";
export const unsignedinteger = "unsignedinteger";
export const inexact = "inexact";
export const floating = "floating";
export const complexfloating = "complexfloating";

/** A dtype of JAX's, also where no array has it here. */
export type DTypeName = DType | typeof float64 | typeof int64 | typeof uint64 | typeof complex64 | typeof complex128;

/** A kind of dtypes. */
export type DTypeKind =
  | typeof generic
  | typeof number
  | typeof integer
  | typeof signedinteger
  | typeof unsignedinteger
  | typeof inexact
  | typeof floating
  | typeof complexfloating;

/** What each dtype and kind belongs to. */
const PARENTS: Readonly<Record<DTypeName | DTypeKind, DTypeKind | undefined>> = {
  bfloat16: floating,
  float16: floating,
  float32: floating,
  float64: floating,
  int8: signedinteger,
  int16: signedinteger,
  int32: signedinteger,
  int64: signedinteger,
  uint8: unsignedinteger,
  uint16: unsignedinteger,
  uint32: unsignedinteger,
  uint64: unsignedinteger,
  complex64: complexfloating,
  complex128: complexfloating,
  bool: generic,
  floating: inexact,
  complexfloating: inexact,
  inexact: number,
  signedinteger: integer,
  unsignedinteger: integer,
  integer: number,
  number: generic,
  generic: undefined,
};

/** What has a dtype, or is one. */
type Typed = DTypeName | { readonly dtype: DType };

function nameOf(x: Typed, fn: string, arg: string): DTypeName {
  const name = typeof x === "object" && x !== null ? x.dtype : x;
  if (typeof name !== "string" || !Object.hasOwn(PARENTS, name)) throw nameError(fn, arg, x);
  return name;
}

function nameError(fn: string, arg: string, got: unknown): TypeError {
  return new TypeError(
    `${fn}: "${arg}" expected a dtype such as jnp.float32 or a kind such as jnp.floating, got ${describe(got)}`,
  );
}

/**
 * The dtype of that name.
 *
 * @throws TypeError if there is none
 * @example
 * dtype("bfloat16") // => jnp.bfloat16
 */
export function dtype(name: DType): DType {
  return checkDType(name, "dtype");
}

/**
 * Whether a dtype is of a kind, or is the other dtype. Either may be an array or anything that has a dtype.
 *
 * Source: JAX 0.10.2 `jax/_src/dtypes.py` (`issubdtype`).
 * @throws TypeError for what is neither
 * @example
 * issubdtype(jnp.bfloat16, jnp.floating) // => true
 * issubdtype(jnp.zeros([2], "int8").dtype, jnp.inexact) // => false
 */
export function issubdtype(dtype: Typed | DTypeKind, ...places: Given<[kind: Typed | DTypeKind], "arg2">): boolean;
export function issubdtype(): boolean {
  return inOrder(issubdtypeOf, arguments, 2, "issubdtype arg1 arg2");
}

function issubdtypeOf(dtype: Typed | DTypeKind, kind: Typed | DTypeKind): boolean {
  const wanted = nameOf(kind as Typed, "issubdtype", "kind");
  let name: DTypeName | DTypeKind | undefined = nameOf(dtype as Typed, "issubdtype", "dtype");
  while (name !== undefined && name !== wanted) name = PARENTS[name];
  return name !== undefined;
}

/** What each word of `isdtype` means. */
const WORDS: Readonly<Record<string, readonly (DTypeName | DTypeKind)[]>> = {
  bool: [bool],
  "signed integer": [signedinteger],
  "unsigned integer": [unsignedinteger],
  integral: [integer],
  "real floating": [floating],
  "complex floating": [complexfloating],
  numeric: [number],
};

/**
 * Whether a dtype is of a kind in the words of the array API standard: "bool", "signed integer", "unsigned integer",
 * "integral", "real floating", "complex floating", "numeric", another dtype, or a list of these.
 *
 * Source: JAX 0.10.2 `jax/_src/dtypes.py` (`isdtype`).
 * @throws TypeError for another word
 * @example
 * isdtype("uint8", "integral") // => true
 * isdtype("float16", ["bool", "float32"]) // => false
 */
export function isdtype(dtype: DTypeName, ...places: Given<[kind: string | readonly string[]], "kind">): boolean;
export function isdtype(): boolean {
  return inOrder(isdtypeOf, arguments, 2, "isdtype dtype kind");
}

function isdtypeOf(dtype: DTypeName, kind: string | readonly string[]): boolean {
  const kinds = typeof kind === "string" ? [kind] : kind;
  if (!Array.isArray(kinds))
    throw new TypeError(`isdtype: "kind" expected a word such as "integral", a dtype or a list, got ${describe(kind)}`);
  return kinds.some((word) =>
    (Object.hasOwn(WORDS, word) ? WORDS[word]! : [word as DTypeName]).some((one) => issubdtype(dtype, one)),
  );
}

/** Bits of the whole numbers that a dtype holds exactly, without the sign. */
const EXACT_BITS: Readonly<Record<DType, number>> = {
  bool: 0,
  uint8: 8,
  uint16: 16,
  uint32: 32,
  int8: 7,
  int16: 15,
  int32: 31,
  bfloat16: 8,
  float16: 11,
  float32: 24,
};

/**
 * Whether elements of one dtype become another: `"safe"` (default) without a loss, `"same_kind"` also within floats or
 * integers and from integers to floats, `"no"` and `"equiv"` only to the same, `"unsafe"` always.
 *
 * Source: NumPy 2.4 `can_cast`, which `jax.numpy` passes on.
 * @throws TypeError for what is not a dtype
 * @example
 * canCast("int8", "float32") // => true
 * canCast("int32", "float32") // => false
 */
export function canCast(
  from: DType,
  ...places: Given<
    [to: DType],
    "to",
    [casting: "no" | "equiv" | "safe" | "same_kind" | "unsafe"],
    { readonly casting?: "no" | "equiv" | "safe" | "same_kind" | "unsafe" }
  >
): boolean;
export function canCast(): boolean {
  return inOrder(canCastOf, arguments, 2, "canCast from to | casting");
}

function canCastOf(
  from: DType,
  to: DType,
  { casting = "safe" }: { readonly casting?: "no" | "equiv" | "safe" | "same_kind" | "unsafe" } = {},
): boolean {
  const [a, b] = [checkDType(from, "canCast"), checkDType(to, "canCast")];
  if (!["no", "equiv", "safe", "same_kind", "unsafe"].includes(casting))
    throw new TypeError(
      `canCast: "casting" expected "no", "equiv", "safe", "same_kind" or "unsafe", got ${describe(casting)}`,
    );
  if (a === b || casting === "unsafe") return true;
  if (casting === "no" || casting === "equiv") return false;
  const isSafe =
    a === bool || (b !== bool && EXACT_BITS[a] <= EXACT_BITS[b] && !holdsMore(a, b) && (isFloat(b) || !isFloat(a)));
  return isSafe || (casting === "same_kind" && b !== bool && rank(a) <= rank(b));
}

/** Whether `a` has numbers that `b` has not, whatever their bits: negative ones, or greater exponents. */
function holdsMore(a: DType, b: DType): boolean {
  return (issubdtype(a, signedinteger) && issubdtype(b, unsignedinteger)) || (a === bfloat16 && b === float16);
}

function rank(dtype: DType): number {
  return dtype === bool ? 0 : issubdtype(dtype, unsignedinteger) ? 1 : isFloat(dtype) ? 3 : 2;
}

/**
 * Whether `x` is a single number: a JavaScript number, boolean or bigint, or an array without axes.
 *
 * @example
 * isscalar(3) // => true
 * isscalar([3]) // => false
 */
export function isscalar(x: unknown): boolean {
  if (arguments.length > 1) refuseSurplus("isscalar", "element", arguments);
  if (typeof x === "number" || typeof x === "boolean" || typeof x === "bigint") return true;
  return (
    typeof x === "object" && x !== null && "ndim" in x && x.ndim === 0 && isDType((x as { dtype?: unknown }).dtype)
  );
}
