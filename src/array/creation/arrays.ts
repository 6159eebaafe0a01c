import type { BRAND, Given, Places } from "../../base/index.ts";
import { describe, hasBrand, inOrder, refuseSurplus, ShapeError } from "../../base/index.ts";
import type { ArrayLike, DType, Shape, ShapeLike } from "../../data/index.ts";
import {
  broadcastShapes,
  checkDType,
  DATA,
  encodeElement,
  formatShape,
  sameShape,
  TO_ARRAY,
  toShape,
  viewData,
  zerosData,
} from "../../data/index.ts";
import { apply, applyAll, asNDArray, NDArray, rawOf } from "../ndarray.ts";
import { COPY } from "../operations/creation.ts";
import { BROADCAST_TO, CONCATENATE } from "../operations/manipulation.ts";

/** The dtype of a new array. */
export interface DTypeOptions {
  readonly dtype?: DType | null;
}

/** What `array` and `asarray` take besides the elements. */
export interface ArrayOptions extends DTypeOptions {
  /** Whether the result must be a copy. `asarray` says what `false` does. */
  readonly copy?: boolean | null;
  /** Elements are row-major here: each of JAX's letters but "F" says so. */
  readonly order?: "C" | "K" | "A" | null;
}

/** What an array like another takes from elsewhere. */
export interface LikeOptions extends DTypeOptions {
  readonly shape?: ShapeLike | null;
}

/**
 * Whether `x` is an array, of this copy of the package or another.
 *
 * @example
 * isArray(jnp.zeros([2])) // => true
 */
export function isArray(x: unknown): x is NDArray {
  if (arguments.length > 1) refuseSurplus("isArray", "x", arguments);
  return hasBrand(x, "NDArray");
}

/** A typed key of `random`, or an array of them. */
interface KeyLike {
  readonly [BRAND]: "Key";
}

/** Anything array-like, or lists of such, which are stacked. */
export type ArrayLikes = ArrayLike | readonly ArrayLikes[];

/** The key itself, which does not change: `jax.tree.map(jnp.copy, state)` copies states that have keys. */
export function array<K extends KeyLike>(key: K): [K] extends [never] ? NDArray : K;
/**
 * An array with a copy of the elements of `x`; arrays and typed arrays in lists are stacked. Typed arrays keep their
 * type, 64-bit ones become 32-bit. JavaScript numbers become float32, bigints int32, booleans bool.
 *
 * @param dtype the dtype of the result, such as `"bfloat16"`; that of `x` if left out
 * @throws TypeError if `x` is ragged or holds something other than numbers
 * @example
 * array([1, 2, 3]).dtype // => "float32"
 * array([[1n, 2n]]).shape // => [1, 2]
 * array([array([1, 2]), new Float32Array([3, 4])]).tolist() // => [[1, 2], [3, 4]]
 */
export function array(...places: Given<[x: ArrayLikes], "object", [dtype: DType | null], ArrayOptions>): NDArray;
export function array(): NDArray {
  const x: unknown = arguments[0];
  if (arguments.length === 1 && hasBrand(x, "Key")) return x as unknown as NDArray;
  return inOrder(arrayOf, arguments, 2, "array object dtype:d * copy:b order:o ndmin:0");
}

function arrayOf(x: ArrayLikes, dtype?: DType): NDArray {
  const shared = isShared(x);
  const given = fromLists(x, 'array: "x"');
  if (dtype !== undefined && checkDType(dtype, "array") !== given.dtype) return given.astype(dtype);
  return shared ? apply(COPY, undefined, rawOf(given)) : given;
}

/**
 * Like `array`, but an array that has the dtype already is returned as it is, not copied.
 *
 * A typed array is copied here too. JAX's result may share a NumPy array's memory or not, as that happens to be
 * aligned, and must not be written to later. Here it would always be noticed: a buffer that is filled again would
 * change all arrays made from it, and a matrix that anyone can write to is read afresh by every product, in four times
 * the time.
 *
 * @param copy `true`: the result is a copy. `false`: a Float32Array shares its memory with the result. What is written
 * to it later shows in the array, as after handing out `data`. Use it for data that is read once. What cannot be shared
 * is copied, as in JAX
 * @example
 * const a = array([1]);
 * asarray(a) === a // => true
 * const pixels = new Float32Array([1, 2]);
 * const [own, shared] = [asarray(pixels), asarray(pixels, { copy: false })];
 * pixels[0] = 5;
 * [own.tolist(), shared.tolist()] // => [[1, 2], [5, 2]]
 */
export function asarray(
  x: ArrayLikes,
  ...places: Places<[dtype: DType | null, order: "C" | "K" | null], ArrayOptions>
): NDArray;
export function asarray(x?: unknown): NDArray {
  // Layers call it with what is an array mostly.
  if (arguments.length === 1 && x instanceof NDArray) return x;
  return inOrder(asarrayOf, arguments, 2, "asarray a dtype:d | order:o * copy:b");
}

function asarrayOf(x: ArrayLikes, dtype?: DType, { copy }: ArrayOptions = {}): NDArray {
  if (copy === true) return arrayOf(x, dtype);
  if (copy === false && x instanceof Float32Array) return inDType(new NDArray(viewData(x, 'asarray: "x"')), dtype);
  return inDType(fromLists(x, 'asarray: "x"'), dtype);
}

function inDType(x: NDArray, dtype: DType | undefined): NDArray {
  return dtype === undefined || checkDType(dtype, "asarray") === x.dtype ? x : x.astype(dtype);
}

/**
 * `x` as an array, by `name` in errors. Where a list holds arrays its items are stacked, in the dtype they promote to.
 */
export function fromLists(x: ArrayLikes, name: string): NDArray {
  if (!Array.isArray(x)) return asNDArray(x as ArrayLike, name);
  try {
    return asNDArray(x as ArrayLike, name);
  } catch (error) {
    // Looked at only now, because most lists are numbers.
    if (!(error instanceof TypeError) || !holdsArrays(x)) throw error;
  }
  const parts = x.map((item) => fromLists(item, name));
  const { shape } = parts[0]!;
  const other = parts.find((part) => !sameShape(part.shape, shape));
  if (other) throw raggedError(name, shape, other.shape);
  const data = parts.map((part) => rawOf(part.reshape([1, ...shape])));
  return applyAll(CONCATENATE, 0, data);
}

function holdsArrays(x: unknown): boolean {
  return Array.isArray(x)
    ? x.some(holdsArrays)
    : typeof x === "object" && x !== null && (ArrayBuffer.isView(x) || DATA in x || TO_ARRAY in x || isArray(x));
}

function raggedError(name: string, first: Shape, other: Shape): ShapeError {
  return new ShapeError(`${name} expected arrays of one shape, got ${formatShape(first)} and ${formatShape(other)}`);
}

/** Whether converting `x` gives elements that it shares with an array. */
function isShared(x: ArrayLikes): boolean {
  return typeof x === "object" && x !== null && !ArrayBuffer.isView(x) && (DATA in x || TO_ARRAY in x);
}

/**
 * An array of zeros.
 *
 * @param dtype default float32
 * @example
 * zeros([2, 2]).tolist() // => [[0, 0], [0, 0]]
 */
export function zeros(...places: Given<[shape: ShapeLike], "shape", [dtype: DType | null], DTypeOptions>): NDArray;
export function zeros(): NDArray {
  return inOrder(zerosOf, arguments, 2, "zeros shape dtype:d");
}

function zerosOf(shape: ShapeLike, dtype: DType = "float32"): NDArray {
  return filled(shape, 0, dtype, "zeros");
}

/**
 * An array of ones.
 *
 * @param dtype default float32
 * @example
 * ones(3).tolist() // => [1, 1, 1]
 */
export function ones(...places: Given<[shape: ShapeLike], "shape", [dtype: DType | null], DTypeOptions>): NDArray;
export function ones(): NDArray {
  return inOrder(onesOf, arguments, 2, "ones shape dtype:d");
}

function onesOf(shape: ShapeLike, dtype: DType = "float32"): NDArray {
  return filled(shape, 1, dtype, "ones");
}

function filled(shape: ShapeLike, value: number, dtype: DType, fn: string): NDArray {
  if (typeof dtype === "number") throw bracketsError(fn, shape, dtype);
  const x = zerosData(toShape(shape, `${fn}: "shape"`), checkDType(dtype, fn));
  if (value !== 0 || Object.is(value, -0)) x.storage.data.fill(encodeElement(dtype, value));
  return new NDArray(x);
}

function bracketsError(fn: string, first: unknown, second: unknown): TypeError {
  return new TypeError(
    `${fn}: "dtype" expected a dtype, got ${describe(second)}. Sizes stand in brackets: ` +
      `${fn}([${describe(first)}, ${describe(second)}])`,
  );
}

/**
 * An array filled with `value`.
 *
 * @param value a number, or an array that broadcasts to `shape`
 * @param dtype default that of `value`; float32 for a number
 * @throws ShapeError if `value` does not broadcast to `shape`
 * @example
 * full([2, 2], 7, "int32").tolist() // => [[7, 7], [7, 7]]
 */
export function full(
  ...places: Given<[shape: ShapeLike, fillValue: ArrayLike], "shape fillValue", [dtype: DType | null], DTypeOptions>
): NDArray;
export function full(): NDArray {
  return inOrder(fullOf, arguments, 3, "full shape fillValue dtype:d");
}

function fullOf(shape: ShapeLike, value: ArrayLike, dtype?: DType): NDArray {
  if (typeof value === "number") return filled(shape, value, dtype ?? "float32", "full");
  const sizes = toShape(shape, 'full: "shape"');
  const x = asNDArray(value, 'full: "value"');
  if (!sameShape(broadcastShapes(x.shape, sizes, "full"), sizes)) throw valueError(x.shape, sizes);
  const cast = dtype === undefined ? x : x.astype(checkDType(dtype, "full"));
  return apply(BROADCAST_TO, sizes, rawOf(cast));
}

function valueError(shape: Shape, sizes: Shape): ShapeError {
  const expected = `expected a shape that broadcasts to ${formatShape(sizes)}`;
  return new ShapeError(`full: "value" ${expected}, got ${formatShape(shape)}`);
}

/**
 * An array filled with `value`, in the shape of `x`.
 *
 * @param dtype default that of `x`
 * @example
 * fullLike(jnp.zeros([2]), 3).tolist() // => [3, 3]
 */
export function fullLike(
  x: ArrayLike,
  ...places: Given<[fillValue: ArrayLike], "fillValue", [dtype: DType | null, shape: ShapeLike | null], LikeOptions>
): NDArray;
export function fullLike(): NDArray {
  return inOrder(fullLikeOf, arguments, 4, "fullLike a fillValue dtype:d shape");
}

function fullLikeOf(x: ArrayLike, value: ArrayLike, dtype?: DType, shape?: ShapeLike): NDArray {
  const like = asNDArray(x, 'fullLike: "x"');
  return full(shape ?? like.shape, value, dtype ?? like.dtype);
}

/**
 * Zeros in the shape of `x`.
 *
 * @param dtype default that of `x`
 * @example
 * zerosLike([[1, 2]]).tolist() // => [[0, 0]]
 */
export function zerosLike(
  x: ArrayLike,
  ...places: Places<[dtype: DType | null, shape: ShapeLike | null], LikeOptions>
): NDArray;
export function zerosLike(): NDArray {
  return inOrder(zerosLikeOf, arguments, 3, "zerosLike a dtype:d shape");
}

function zerosLikeOf(x: ArrayLike, dtype?: DType, shape?: ShapeLike): NDArray {
  return filledLike(x, 0, dtype, shape, "zerosLike");
}

/**
 * Ones in the shape of `x`.
 *
 * @param dtype default that of `x`
 * @example
 * onesLike([[1, 2]]).tolist() // => [[1, 1]]
 */
export function onesLike(
  x: ArrayLike,
  ...places: Places<[dtype: DType | null, shape: ShapeLike | null], LikeOptions>
): NDArray;
export function onesLike(): NDArray {
  return inOrder(onesLikeOf, arguments, 3, "onesLike a dtype:d shape");
}

function onesLikeOf(x: ArrayLike, dtype?: DType, shape?: ShapeLike): NDArray {
  return filledLike(x, 1, dtype, shape, "onesLike");
}

function filledLike(
  x: ArrayLike,
  value: number,
  dtype: DType | undefined,
  shape: ShapeLike | undefined,
  fn: string,
): NDArray {
  const like = asNDArray(x, `${fn}: "x"`);
  return filled(shape ?? like.shape, value, dtype ?? like.dtype, fn);
}

/**
 * `x` cast to `dtype`. A float becomes an integer truncated and saturated, NaN 0; integers wrap; a 16-bit float is
 * rounded to nearest, ties to even.
 *
 * @example
 * astype([1.9, -1.9, NaN], "int32").tolist() // => [1, -1, 0]
 */
export function astype(x: ArrayLike, dtype: DType, ...places: Places<[], { readonly copy?: boolean }>): NDArray;
export function astype(): NDArray {
  return inOrder(astypeOf, arguments, 2, "astype x dtype * copy:b");
}

function astypeOf(x: ArrayLike, dtype: DType): NDArray {
  return asNDArray(x, 'astype: "x"').astype(dtype);
}
