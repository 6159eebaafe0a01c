/** Polynomials by their coefficients, the highest power first. */
import type { Given, Places } from "../../base/index.ts";
import { describe, inOrder, int, refuseSurplus, ShapeError } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import { broadcastShapes, formatShape } from "../../data/index.ts";
import { full, ones, zeros } from "../creation/arrays.ts";
import { square } from "../elementwise/arithmetic.ts";
import { floating, floatingPair, sqrt } from "../elementwise/elementary.ts";
import { resultType } from "../info.ts";
import { trimZeros } from "../selecting/trimzeros.ts";
import { concatenate, stack } from "../manipulation/joining.ts";
import { broadcastTo } from "../manipulation/shapes.ts";
import { atleast1d } from "../manipulation/views.ts";
import type { NDArray } from "../ndarray.ts";
import { weakly } from "../scalar.ts";
import { asNDArray } from "../ndarray.ts";
import { convolve } from "../signals/convolve.ts";
import { leastSquares } from "../linalg/solve.ts";
import { vander } from "./vander.ts";

/** Coefficients [n]. */
function coefficients(p: ArrayLike, name: string): NDArray {
  const given = asNDArray(p, name);
  if (given.ndim !== 1) throw new ShapeError(`${name} expected one axis, got shape ${formatShape(given.shape)}`);
  return given;
}

/**
 * The values of the polynomial `p` at `x`, by Horner's rule.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/polynomial.py` (`polyval`).
 * @param p [n], or [n, ...] for several polynomials, which broadcast with `x`
 * @throws ShapeError for a number instead of coefficients
 * @example
 * polyval([1, 0, 2], [0, 3]).tolist() // => [2, 11]
 */
export function polyval(p: ArrayLike, ...places: Given<[x: ArrayLike], "x">): NDArray;
export function polyval(): NDArray {
  return inOrder(polyvalOf, arguments, 2, "polyval p x");
}

function polyvalOf(p: ArrayLike, x: ArrayLike): NDArray {
  const given = asNDArray(p, 'polyval: "p"');
  if (given.ndim === 0) throw new ShapeError('polyval: "p" expected at least one axis, got a scalar');
  const [, at] = weakly([given, x], (i) => `polyval: "${i === 0 ? "p" : "x"}"`) as [NDArray, NDArray];
  const shape = broadcastShapes(given.shape.slice(1), at.shape, "polyval");
  let out = zeros(shape, resultType(given, at));
  for (const part of given.unstack()) out = out.mul(at).add(part);
  return out;
}

/**
 * The sum of two polynomials.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/polynomial.py` (`polyadd`).
 * @throws ShapeError for an array that does not have one axis
 * @example
 * polyadd([1, 2, 3], [10, 20]).tolist() // => [1, 12, 23]
 */
export function polyadd(a: ArrayLike, ...places: Given<[b: ArrayLike], "a2">): NDArray;
export function polyadd(): NDArray {
  return inOrder(polyaddOf, arguments, 2, "polyadd a1 a2");
}

function polyaddOf(a: ArrayLike, b: ArrayLike): NDArray {
  const [x, y] = aligned(coefficients(a, 'polyadd: "a"'), coefficients(b, 'polyadd: "b"'));
  return x.add(y);
}

/**
 * The difference of two polynomials.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/polynomial.py` (`polysub`).
 * @throws ShapeError for an array that does not have one axis
 * @example
 * polysub([1, 2, 3], [10, 20]).tolist() // => [1, -8, -17]
 */
export function polysub(a: ArrayLike, ...places: Given<[b: ArrayLike], "a2">): NDArray;
export function polysub(): NDArray {
  return inOrder(polysubOf, arguments, 2, "polysub a1 a2");
}

function polysubOf(a: ArrayLike, b: ArrayLike): NDArray {
  const [x, y] = aligned(coefficients(a, 'polysub: "a"'), coefficients(b, 'polysub: "b"'));
  return x.sub(y);
}

function aligned(a: NDArray, b: NDArray): readonly [NDArray, NDArray] {
  const n = Math.max(a.size, b.size);
  return [a, b].map((x) => concatenate([zeros([n - x.size], x.dtype), x])) as unknown as readonly [NDArray, NDArray];
}

/**
 * The product of two polynomials, floats.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/polynomial.py` (`polymul`).
 * @param options `trimLeadingZeros`: whether to leave out zeros at the start of both. Default false
 * @throws ShapeError for an array that does not have one axis
 * @example
 * polymul([1, 2], [1, 3]).tolist() // => [1, 5, 6]
 */
export function polymul(
  a: ArrayLike,
  ...places: Given<[b: ArrayLike], "a2", [], { readonly trimLeadingZeros?: boolean }>
): NDArray;
export function polymul(): NDArray {
  return inOrder(polymulOf, arguments, 2, "polymul a1 a2 | * trimLeadingZeros:b");
}

function polymulOf(
  a: ArrayLike,
  b: ArrayLike,
  { trimLeadingZeros = false }: { readonly trimLeadingZeros?: boolean } = {},
): NDArray {
  const [x, y] = [coefficients(a, 'polymul: "a"'), coefficients(b, 'polymul: "b"')].map((part) => {
    const kept = trimLeadingZeros ? trimZeros(part, "f") : part;
    return kept.size === 0 ? zeros([1], kept.dtype) : kept;
  });
  return convolve(x!, y!);
}

/**
 * The quotient and the remainder of two polynomials, floats. The remainder keeps the size of `a`.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/polynomial.py` (`polydiv`).
 * @throws ShapeError for an array that does not have one axis or no coefficients
 * @example
 * polydiv([1, 5, 6], [1, 2]).map((part) => part.tolist()) // => [[1, 3], [0, 0, 0]]
 */
export function polydiv(a: ArrayLike, ...places: Given<[b: ArrayLike], "v">): [quotient: NDArray, rest: NDArray];
export function polydiv(): [quotient: NDArray, rest: NDArray] {
  return inOrder(polydivOf, arguments, 2, "polydiv u v");
}

function polydivOf(a: ArrayLike, b: ArrayLike): [quotient: NDArray, rest: NDArray] {
  const [first, by] = floatingPair(coefficients(a, 'polydiv: "a"'), coefficients(b, 'polydiv: "b"'), "polydiv");
  let rest = first;
  if (by.size === 0) throw new ShapeError('polydiv: "b" expected coefficients, got none');
  const [m, n] = [rest.size - 1, by.size - 1];
  if (m < n) return [zeros([1], rest.dtype), rest];
  const scale = by.slice(0).pow(-1);
  const quotient: NDArray[] = [];
  for (let k = 0; k <= m - n; k++) {
    const share = scale.mul(rest.slice(k));
    quotient.push(share);
    rest = rest.at(`${k}:${k + n + 1}`).add(by.mul(share).neg());
  }
  return [stack(quotient), rest];
}

/** The products of `m` descending whole numbers below each of `tops`, at least 1. */
function factors(tops: readonly number[], m: number): NDArray {
  const products = tops.map((top) => {
    let product = 1;
    for (let i = 0; i < m; i++) product = Math.fround(product * Math.max(1, top - i));
    return product;
  });
  return asNDArray(Float32Array.from(products), "factors");
}

function order(m: number, fn: string): number {
  const times = int(m, `${fn}: "m"`);
  if (times < 0) throw new RangeError(`${fn}: "m" expected at least 0, got ${describe(m)}`);
  return times;
}

/**
 * The m-th derivative of a polynomial, floats.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/polynomial.py` (`polyder`).
 * @throws ShapeError for an array that does not have one axis; RangeError for a negative `m`
 * @example
 * polyder([1, 2, 3]).tolist() // => [2, 2]
 */
export function polyder(p: ArrayLike, ...places: Places<[m: number], { readonly m?: number }>): NDArray;
export function polyder(): NDArray {
  return inOrder(polyderOf, arguments, 2, "polyder p m");
}

function polyderOf(p: ArrayLike, m = 1): NDArray {
  const given = floating(coefficients(p, 'polyder: "p"'), "polyder");
  const times = order(m, "polyder");
  const n = Math.max(given.size - times, 0);
  if (times === 0) return given;
  const tops = Array.from({ length: n }, (_, i) => given.size - 1 - i);
  return given.slice(`:${n}`).mul(factors(tops, times).astype(given.dtype));
}

/**
 * The m-th integral of a polynomial, floats.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/polynomial.py` (`polyint`).
 * @param options `k`: the constants of integration, one for all or one each. Default 0
 * @throws ShapeError for an array that does not have one axis; RangeError for a negative `m` or other constants
 * @example
 * polyint([2, 2], 1, { k: 3 }).tolist() // => [1, 2, 3]
 */
export function polyint(
  p: ArrayLike,
  ...places: Places<[m: number, k: ArrayLike | null], { readonly k?: ArrayLike | null } & { readonly m?: number }>
): NDArray;
export function polyint(): NDArray {
  return inOrder(polyintOf, arguments, 2, "polyint p m | k");
}

function polyintOf(p: ArrayLike, m = 1, { k = 0 }: { readonly k?: ArrayLike | null } = {}): NDArray {
  const [given, free] = floatingPair(coefficients(p, 'polyint: "p"'), k ?? 0, "polyint", "p", "k");
  const times = order(m, "polyint");
  const constants = atleast1d(free);
  if (constants.ndim !== 1 || (constants.size !== 1 && constants.size !== times))
    throw new RangeError(`polyint: "k" expected one constant or ${times}, got shape ${formatShape(constants.shape)}`);
  if (times === 0) return given;
  const all = concatenate([given, constants.size === times ? constants : broadcastTo(constants, [times])]);
  const tops = Array.from({ length: all.size }, (_, i) => all.size - 1 - i);
  return all.div(factors(tops, times).astype(given.dtype));
}

/**
 * The polynomial with the zeros [n], floats, whose highest coefficient is 1.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/polynomial.py` (`poly`). A matrix, whose eigenvalues may be complex, is none.
 * @throws ShapeError for more than one axis
 * @example
 * poly([1, 2]).tolist() // => [1, -3, 2]
 */
export function poly(zeros: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("poly", "seqOfZeros", arguments);
  const given = atleast1d(floating(zeros, 'poly: "zeros"'));
  if (given.ndim !== 1) throw new ShapeError(`poly: "zeros" expected one axis, got shape ${formatShape(given.shape)}`);
  if (given.size === 0) return full([], 1, given.dtype);
  let out = ones([1], given.dtype);
  for (const zero of given.unstack())
    out = convolve(out, concatenate([ones([1], given.dtype), zero.neg().reshape([1])]));
  return out;
}

/**
 * The polynomial of degree `deg` with the least sum of squared distances from the points (x, y).
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/polynomial.py` (`polyfit`), by a QR decomposition instead of singular values.
 * @param y [n], or [n, k] for k polynomials
 * @param options `w`, of shape [n]: weights of the distances, before they are squared
 * @returns [deg + 1], or [deg + 1, k]
 * @throws ShapeError if the points do not fit; RangeError for a negative degree, or more coefficients than points
 * @example
 * polyval(polyfit([0, 1, 2], [1, 3, 5], 1), 3).round(3).item() // => 7
 */
export function polyfit(
  x: ArrayLike,
  ...places: Given<
    [y: ArrayLike, deg: number],
    "y deg",
    [rcond: null, full: null, w: ArrayLike | null, cov: null],
    { readonly w?: ArrayLike | null }
  >
): NDArray;
export function polyfit(): NDArray {
  return inOrder(polyfitOf, arguments, 3, "polyfit x y deg | rcond:0 full:0 w cov:0");
}

function polyfitOf(x: ArrayLike, y: ArrayLike, deg: number, { w }: { readonly w?: ArrayLike | null } = {}): NDArray {
  const degree = int(deg, 'polyfit: "deg"');
  if (degree < 0) throw new RangeError(`polyfit: "deg" expected at least 0, got ${describe(deg)}`);
  const [at, all] = floatingPair(coefficients(x, 'polyfit: "x"'), y, "polyfit", "x", "y");
  let values = all;
  if (values.ndim < 1 || values.ndim > 2 || values.shape[0] !== at.size)
    throw new ShapeError(
      `polyfit: "y" expected shape [${at.size}] or [${at.size}, k], got ${formatShape(values.shape)}`,
    );
  if (at.size <= degree)
    throw new RangeError(`polyfit: "deg" expected less than the ${at.size} points, got ${describe(deg)}`);
  let left = vander(at, { N: degree + 1 });
  if (w !== undefined && w !== null) {
    const weights = floating(coefficients(w, 'polyfit: "w"'), "polyfit");
    if (weights.size !== at.size)
      throw new ShapeError(`polyfit: "w" expected shape [${at.size}], got ${formatShape(weights.shape)}`);
    left = left.mul(weights.reshape([-1, 1]));
    values = values.mul(values.ndim === 2 ? weights.reshape([-1, 1]) : weights);
  }
  const scale = sqrt(square(left).sum(0));
  const found = leastSquares(left.div(scale), values);
  return found.div(values.ndim === 2 ? scale.reshape([-1, 1]) : scale);
}
