/** Functions over functions: they call what they are given for each part of an array. */
import type { Given, Places } from "../base/index.ts";
import { assertFunction, assertList, describe, inOrder, int, ShapeError } from "../base/index.ts";
import type { ArrayLike, DType, Shape, ShapeLike } from "../data/index.ts";
import { broadcastShapes, formatShape, sizeOf, toAxis, toShape } from "../data/index.ts";
import { zeros } from "./creation/arrays.ts";
import { arange } from "./creation/ranges.ts";
import { where } from "./elementwise/comparison.ts";
import { indices } from "./selecting/grids.ts";
import { stack } from "./manipulation/joining.ts";
import { broadcastTo, moveaxis } from "./manipulation/shapes.ts";
import type { NDArray } from "./ndarray.ts";
import { castTo } from "./scalar.ts";
import { asNDArray } from "./ndarray.ts";

/** The results in one array. Of none it has the dtype and the shape that `one` gives. */
function together(results: readonly ArrayLike[], one: () => ArrayLike): NDArray {
  return results.length > 0 ? stack(results) : stack([one()]).slice(":0");
}

/**
 * `f` of every line of `x` along an axis, together in one array: the axes of what `f` gives stand in place of the axis.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`apply_along_axis`).
 * @throws RangeError if there is no such axis; ShapeError if `f` gives different shapes
 * @example
 * applyAlongAxis((line) => line.sort(), 1, [[3, 1], [4, 2]]).tolist() // => [[1, 3], [2, 4]]
 */
export function applyAlongAxis(
  f: (line: NDArray) => ArrayLike,
  ...places: Given<[axis: number, x: ArrayLike], "axis arr">
): NDArray;
export function applyAlongAxis(): NDArray {
  return inOrder(applyAlongAxisOf, arguments, 3, "applyAlongAxis func1d axis arr");
}

function applyAlongAxisOf(f: (line: NDArray) => ArrayLike, axis: number, x: ArrayLike): NDArray {
  assertFunction(f, 'applyAlongAxis: "f"');
  const given = asNDArray(x, 'applyAlongAxis: "x"');
  const along = toAxis(axis, given.ndim, 'applyAlongAxis: "axis"');
  const lines = moveaxis(given, along, -1);
  const outer = lines.shape.slice(0, -1);
  const n = lines.shape.at(-1)!;
  const results = lines
    .reshape([sizeOf(outer), n])
    .unstack()
    .map(f);
  const all = together(results, () => f(zeros([n], given.dtype)));
  const inner = all.shape.slice(1);
  const shaped = all.reshape([...outer, ...inner]);
  const order = [
    ...outer.flatMap((_, i) => (i < along ? [i] : [])),
    ...inner.map((_, i) => outer.length + i),
    ...outer.flatMap((_, i) => (i < along ? [] : [i])),
  ];
  return shaped.transpose(order);
}

/**
 * `f` of `x` and each of `axes` in turn. An axis that `f` takes away comes back with size 1.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`apply_over_axes`).
 * @throws ShapeError if `f` gives another number of axes
 * @example
 * applyOverAxes(jnp.sum, jnp.ones([2, 3, 4]), [0, 2]).tolist() // => [[[8], [8], [8]]]
 */
export function applyOverAxes(
  f: (x: NDArray, axis: number) => NDArray,
  ...places: Given<[x: ArrayLike, axes: number | readonly number[]], "a axes">
): NDArray;
export function applyOverAxes(): NDArray {
  return inOrder(applyOverAxesOf, arguments, 3, "applyOverAxes func a axes");
}

function applyOverAxesOf(
  f: (x: NDArray, axis: number) => NDArray,
  x: ArrayLike,
  axes: number | readonly number[],
): NDArray {
  assertFunction(f, 'applyOverAxes: "f"');
  if (typeof axes !== "number") assertList(axes, 'applyOverAxes: "axes"');
  let out = asNDArray(x, 'applyOverAxes: "x"');
  for (const axis of typeof axes === "number" ? [axes] : axes) {
    const next = f(out, axis);
    if (next.ndim !== out.ndim && next.ndim !== out.ndim - 1)
      throw new ShapeError(
        `applyOverAxes: "f" expected to give ${out.ndim} axes or one less, got shape ${formatShape(next.shape)}`,
      );
    const along = toAxis(axis, out.ndim, 'applyOverAxes: "axes"');
    out =
      next.ndim === out.ndim ? next : next.reshape([...out.shape.slice(0, along), 1, ...out.shape.slice(along + 1)]);
  }
  return out;
}

/**
 * An array of what `f` gives for the indices of each element, numbers without axes.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`fromfunction`).
 * @param options `dtype`: that of the indices. Default float32
 * @example
 * fromfunction((i, j) => i.add(j), [2, 2]).tolist() // => [[0, 1], [1, 2]]
 */
export function fromfunction(
  f: (...indices: NDArray[]) => ArrayLike,
  shape: ShapeLike,
  ...places: Places<[], { readonly dtype?: DType }>
): NDArray;
export function fromfunction(): NDArray {
  return inOrder(fromfunctionOf, arguments, 2, "fromfunction function shape | * dtype:d");
}

function fromfunctionOf(
  f: (...indices: NDArray[]) => ArrayLike,
  shape: ShapeLike,
  { dtype = "float32" }: { readonly dtype?: DType } = {},
): NDArray {
  assertFunction(f, 'fromfunction: "f"');
  const sizes = toShape(shape, 'fromfunction: "shape"');
  const places = indices(sizes, { dtype }).reshape([sizes.length, sizeOf(sizes)]);
  const results = Array.from({ length: sizeOf(sizes) }, (_, i) => f(...places.slice(":", i).unstack()));
  const all = together(results, () => f(...sizes.map(() => zeros([], dtype))));
  return all.reshape([...sizes, ...all.shape.slice(1)]);
}

/**
 * Elementwise, what the function of the last true condition gives of `x`, else 0, or what one function more gives.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`piecewise`). Functions get all of `x` here, and must go element
 * by element.
 * @param functions functions of `x`, or values; one for each condition, or one more for where none is true
 * @throws RangeError for another number of functions
 * @example
 * piecewise([-2, 3], [[true, false], [false, true]], [(x) => x.neg(), 7]).tolist() // => [2, 7]
 */
export function piecewise(
  x: ArrayLike,
  ...places: Given<
    [conditions: readonly ArrayLike[], functions: readonly (ArrayLike | ((x: NDArray) => ArrayLike))[]],
    "condlist funclist"
  >
): NDArray;
export function piecewise(): NDArray {
  return inOrder(piecewiseOf, arguments, 3, "piecewise x condlist funclist");
}

function piecewiseOf(
  x: ArrayLike,
  conditions: readonly ArrayLike[],
  functions: readonly (ArrayLike | ((x: NDArray) => ArrayLike))[],
): NDArray {
  assertList(conditions, 'piecewise: "conditions"');
  assertList(functions, 'piecewise: "functions"');
  const given = asNDArray(x, 'piecewise: "x"');
  const n = conditions.length;
  if (functions.length !== n && functions.length !== n + 1)
    throw new RangeError(`piecewise: "functions" expected ${n} or ${n + 1} functions, got ${functions.length}`);
  const value = (f: ArrayLike | ((x: NDArray) => ArrayLike)): NDArray =>
    castTo(typeof f === "function" ? (f as (x: NDArray) => ArrayLike)(given) : f, given.dtype, "piecewise");
  let out = broadcastTo(functions.length > n ? value(functions[n]!) : value(0), given.shape);
  for (const [i, condition] of conditions.entries()) out = where(condition, value(functions[i]!), out);
  return out;
}

/** The options of `vectorize`. */
export interface VectorizeOptions {
  /** The axes that `f` itself takes and gives, such as `"(n),(n)->()"`. Default: numbers without axes. */
  readonly signature?: string | null;
}

/**
 * A function of arrays that calls `f` for each of their elements, or parts by `signature`, broadcast.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/vectorize.py` (`vectorize`).
 * @throws TypeError for a signature that is none; the function throws a ShapeError if arrays do not fit
 * @example
 * vectorize((a, b) => a.mul(b))([1, 2], 3).tolist() // => [3, 6]
 * vectorize((v) => v.sum(), { signature: "(n)->()" })([[1, 2], [3, 4]]).tolist() // => [3, 7]
 */
export function vectorize(
  f: (...parts: NDArray[]) => ArrayLike,
  ...places: Places<[], VectorizeOptions>
): (...arrays: readonly ArrayLike[]) => NDArray;
export function vectorize(): (...arrays: readonly ArrayLike[]) => NDArray {
  return inOrder(vectorizeOf, arguments, 1, "vectorize pyfunc | * signature");
}

function vectorizeOf(
  f: (...parts: NDArray[]) => ArrayLike,
  { signature = null }: VectorizeOptions = {},
): (...arrays: readonly ArrayLike[]) => NDArray {
  assertFunction(f, 'vectorize: "f"');
  if (signature !== null && typeof signature !== "string")
    throw new TypeError(`vectorize: "signature" expected a string, got ${describe(signature)}`);
  const ranks = signature === null ? undefined : coreRanks(signature);
  return (...arrays) => {
    if (ranks !== undefined && arrays.length !== ranks.length)
      throw new TypeError(`vectorize: expected ${ranks.length} arrays by its signature, got ${arrays.length}`);
    const parts = arrays.map((x, i) => {
      const given = asNDArray(x, `vectorize: argument ${i}`);
      const rank = ranks?.[i] ?? 0;
      if (given.ndim < rank)
        throw new ShapeError(
          `vectorize: argument ${i} expected at least ${rank} axes, got shape ${formatShape(given.shape)}`,
        );
      return { given, outer: given.shape.slice(0, given.ndim - rank), inner: given.shape.slice(given.ndim - rank) };
    });
    const outer = parts.reduce<Shape>((shape, part) => broadcastShapes(shape, part.outer, "vectorize"), []);
    const wide = parts.map(({ given, inner }) => broadcastTo(given, [...outer, ...inner]).reshape([-1, ...inner]));
    const results = Array.from({ length: sizeOf(outer) }, (_, i) => f(...wide.map((part) => part.slice(i))));
    const all = stack(results);
    return all.reshape([...outer, ...all.shape.slice(1)]);
  };
}

/** How many axes each argument of a signature has. */
function coreRanks(signature: string): number[] {
  const group = String.raw`\((?:\w+(?:,\w+)*)?\)`;
  if (!new RegExp(`^${group}(?:,${group})*->${group}$`).test(signature.replace(/\s/g, "")))
    throw new TypeError(`vectorize: "signature" expected such as "(n),(n)->()", got ${describe(signature)}`);
  const [inputs] = signature.replace(/\s/g, "").split("->");
  return [...inputs!.matchAll(/\(([^)]*)\)/g)].map(([, names]) => (names === "" ? 0 : names!.split(",").length));
}

/** The options of `fromiter`. */
export interface FromiterOptions {
  /** Default float32. */
  readonly dtype?: DType;
  /** How many numbers to take. Default all. */
  readonly count?: number;
}

/**
 * An array [n] of the numbers that an iterable gives.
 *
 * @throws RangeError if there are fewer than `count`
 * @example
 * fromiter(new Set([3, 1])).tolist() // => [3, 1]
 */
export function fromiter(
  iterable: Iterable<number>,
  ...places: Places<[dtype: DType, count: number], FromiterOptions>
): NDArray;
export function fromiter(): NDArray {
  return inOrder(fromiterOf, arguments, 1, "fromiter iterable | dtype:d count");
}

function fromiterOf(iterable: Iterable<number>, { dtype = "float32", count = -1 }: FromiterOptions = {}): NDArray {
  if (typeof (iterable as { [Symbol.iterator]?: unknown } | null)?.[Symbol.iterator] !== "function")
    throw new TypeError(`fromiter: "iterable" expected one, got ${describe(iterable)}`);
  const wanted = int(count, 'fromiter: "count"');
  const values: number[] = [];
  for (const value of iterable) {
    if (values.length === wanted) break;
    values.push(value);
  }
  if (values.length < wanted)
    throw new RangeError(`fromiter: "iterable" expected ${wanted} numbers, got ${values.length}`);
  return values.length === 0 ? arange(0).astype(dtype) : asNDArray(values, 'fromiter: "iterable"').astype(dtype);
}
