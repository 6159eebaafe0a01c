import { assertFunction } from "../base/index.ts";
import type { NDArray, Shape } from "../array/index.ts";
import { eye, reshape, sizeOf, stack, zeros } from "../array/index.ts";
import { assertFloat, placeOf, share } from "./gradient.ts";
import type { Linearized } from "./linearize.ts";
import { linearize } from "./linearize.ts";
import { assertDifferent, assertOptions, toArgnum } from "./options.ts";
import { nests } from "./primal.ts";
import type { Argnums, Givens } from "./types.ts";

/** Towards which arguments a derivative is taken. */
export interface JacobianOptions {
  /** The places of the arguments, counted from the end where negative. Default 0. */
  readonly argnums?: Argnums;
  /** Whether `f` returns `[out, aux]`. */
  readonly hasAux?: boolean;
}

/** A nest of arrays for every array of the result, in the form of the argument: of shape `[...out, ...in]`. */
export type Jacobian<R> = R extends NDArray ? NDArray : unknown;

type Jac<A extends readonly unknown[], R> = (...args: Givens<A>) => Jacobian<R>;

/**
 * A function that gives the matrix of derivatives of `f`, row by row: one backward pass for every element of the
 * result. The better of the two where the result is smaller than the argument.
 *
 * @returns for a result of shape [...out] and an argument of shape [...in] an array of shape [...out, ...in]; nests of
 * results and arguments, and lists of `argnums`, give nests of these
 * @throws TypeError if an argument that is differentiated is not a float; RangeError if there is no such argument
 *
 * Source: JAX 0.10.2 `jax/_src/api.py` (`jacrev`).
 * @example
 * jacrev((x) => x.mul(x))([1, 2]).tolist() // => [[2, 0], [0, 4]]
 */
export function jacrev<A extends readonly unknown[], R>(f: (...args: A) => R, options?: JacobianOptions): Jac<A, R> {
  return jacobian("jacrev", f, options, rows) as Jac<A, R>;
}

/**
 * A function that gives the matrix of derivatives of `f`, column by column. The better of the two where the result is
 * larger than the argument.
 *
 * @returns as `jacrev`
 * @throws as `jacrev`
 *
 * Source: JAX 0.10.2 `jax/_src/api.py` (`jacfwd`).
 * @example
 * jacfwd((x) => x.mul(x))([1, 2]).tolist() // => [[2, 0], [0, 4]]
 */
export function jacfwd<A extends readonly unknown[], R>(f: (...args: A) => R, options?: JacobianOptions): Jac<A, R> {
  return jacobian("jacfwd", f, options, columns) as Jac<A, R>;
}

/**
 * A function that gives the matrix of second derivatives of `f`: `jacfwd` of `jacrev`.
 *
 * @returns for a scalar result and an argument of shape [...in] an array of shape [...in, ...in]
 * @throws as `jacrev`
 *
 * Source: JAX 0.10.2 `jax/_src/api.py` (`hessian`).
 * @example
 * hessian((x) => x.pow(3).sum())([1, 2]).tolist() // => [[6, 0], [0, 12]]
 */
export function hessian<A extends readonly unknown[], R>(f: (...args: A) => R, options?: JacobianOptions): Jac<A, R> {
  return jacfwd(jacrev(f, options) as (...args: A) => unknown, options) as Jac<A, R>;
}

/** For every array of the result the derivatives towards every leaf. */
type Derivatives = (linear: Linearized) => readonly (readonly NDArray[])[];

function jacobian(
  fn: string,
  f: (...args: never[]) => unknown,
  options: JacobianOptions = {},
  derivatives: Derivatives,
): (...args: unknown[]) => unknown {
  assertFunction(f, `${fn}: "f"`);
  assertOptions(options, ["argnums", "hasAux"], fn);
  const { argnums = 0, hasAux = false } = options;
  const list = (Array.isArray(argnums) ? argnums : [argnums]).map((argnum) => toArgnum(argnum, fn));
  return (...args) => {
    const places = list.map((argnum) => placeOf(argnum, args.length, fn));
    assertDifferent(places, fn);
    const linear = linearize({ fn, f, hasAux, allowInt: false, places }, args, nests);
    for (const leaf of linear.flat.leaves) assertFloat(...leaf);
    const result = linear.flat.build(
      derivatives(linear).map((leaves) => {
        const parts = share(linear.primals, leaves).map((part, i) => linear.primals[i]!.build(part));
        return Array.isArray(argnums) ? parts : parts[0];
      }),
    );
    return hasAux ? [result, linear.aux] : result;
  };
}

/** `items` with another in place `i`. */
function withItem<T>(items: readonly T[], i: number, item: T): T[] {
  return items.map((old, place) => (place === i ? item : old));
}

/** Arrays put together along a new first or last axis, as the shape `shape`. */
function join(arrays: readonly NDArray[], axis: 0 | -1, shape: Shape): NDArray {
  return arrays.length === 0 ? zeros(shape) : reshape(stack(arrays, axis), shape);
}

const rows: Derivatives = ({ primals, flat, pullback }) => {
  const shapes = primals.flatMap(({ leaves }) => leaves.map(([, x]) => x.shape));
  const none = flat.leaves.map(([, x]) => zeros(x.shape, x.dtype));
  return flat.leaves.map(([, out], i) => {
    const pulled = unitsOf(out).map((ct) => pullback(withItem(none, i, ct)) as NDArray[]);
    return shapes.map((shape, j) => {
      const all = pulled.map((gradients) => gradients[j]!);
      return join(all, 0, [...out.shape, ...shape]);
    });
  });
};

const columns: Derivatives = ({ primals, flat, pushforward }) => {
  const leaves = primals.flatMap((primal) => primal.leaves.map(([, x]) => x));
  const none = leaves.map((x) => zeros(x.shape, x.dtype));
  const push = pushforward();
  const pushed = leaves.map((x, j) => unitsOf(x).map((tangent) => push(withItem(none, j, tangent)) as NDArray[]));
  return flat.leaves.map(([, out], i) =>
    leaves.map((x, j) => {
      const all = pushed[j]!.map((tangents) => tangents[i]!);
      return join(all, -1, [...out.shape, ...x.shape]);
    }),
  );
};

/** Arrays like `x` that are 1 in one place and 0 elsewhere, one for each place. */
function unitsOf({ shape, dtype }: { readonly shape: Shape; readonly dtype: NDArray["dtype"] }): NDArray[] {
  const size = sizeOf(shape);
  const all = eye(size, { dtype });
  return Array.from({ length: size }, (_, i) => reshape(all.slice(i), shape));
}
