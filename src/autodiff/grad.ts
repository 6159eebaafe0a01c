import { assertFunction } from "../base/index.ts";
import type { NDArray } from "../array/index.ts";
import type { GradientRequest } from "./gradient.ts";
import { gradientOf } from "./gradient.ts";
import { assertDifferent, assertOptions, toArgnum } from "./options.ts";
import { nests } from "./primal.ts";
import type { Argnums, Givens, GradOptions, Gradients } from "./types.ts";

/**
 * A function that gives the gradients of `f`, which returns a float scalar, towards its arguments: arrays, or plain
 * arrays and objects of such. Inside `f` arrays have their values: `item()`, conditions and loops work.
 *
 * With `hasAux` the function returns `[gradients, aux]`. For modules there is `nnx.grad`.
 *
 * @returns a function of the same arguments; its gradient has the form of the argument, or is a list of gradients where
 * `argnums` is a list
 * @throws TypeError if `f` does not give a float scalar, or an argument that is differentiated is not a float
 * @throws RangeError if there is no such argument, or one is named twice
 *
 * Source: JAX 0.10.2 `jax/_src/api.py` (`grad`).
 * @example
 * grad((x) => x.pow(3))(2).item() // => 12
 * grad((x, y) => x.mul(y).sum(), { argnums: [0, 1] })([1, 2], [3, 4]).map(String) // => ["[3. 4.]", "[1. 2.]"]
 */
export function grad<A extends readonly unknown[], X, const N extends Argnums = 0>(
  f: (...args: A) => readonly [loss: NDArray | number, aux: X],
  options: GradOptions<N> & { readonly hasAux: true },
): (...args: Givens<A, N>) => [gradients: Gradients<A, N>, aux: X];
export function grad<A extends readonly unknown[], const N extends Argnums = 0>(
  f: (...args: A) => NDArray | number,
  options?: GradOptions<N>,
): (...args: Givens<A, N>) => Gradients<A, N>;
export function grad(f: (...args: never[]) => unknown, options: GradOptions = {}): (...args: unknown[]) => unknown {
  const [request, single] = requestOf("grad", f, options);
  return (...args) => {
    const { gradients, aux } = gradientOf(request, args, nests);
    const all = single ? gradients[0] : gradients;
    return request.hasAux ? [all, aux] : all;
  };
}

/**
 * Like `grad`, with the value of `f` before the gradients: `[value, gradients]`, and `[[value, aux], gradients]` with
 * `hasAux`.
 *
 * @throws as `grad`
 *
 * Source: JAX 0.10.2 `jax/_src/api.py` (`value_and_grad`).
 * @example
 * const [value, gradient] = valueAndGrad((x) => x.mul(x).sum())([1, 2]);
 * [value.item(), gradient.tolist()] // => [5, [2, 4]]
 */
export function valueAndGrad<A extends readonly unknown[], X, const N extends Argnums = 0>(
  f: (...args: A) => readonly [loss: NDArray | number, aux: X],
  options: GradOptions<N> & { readonly hasAux: true },
): (...args: Givens<A, N>) => [value: [value: NDArray, aux: X], gradients: Gradients<A, N>];
export function valueAndGrad<A extends readonly unknown[], const N extends Argnums = 0>(
  f: (...args: A) => NDArray | number,
  options?: GradOptions<N>,
): (...args: Givens<A, N>) => [value: NDArray, gradients: Gradients<A, N>];
export function valueAndGrad(
  f: (...args: never[]) => unknown,
  options: GradOptions = {},
): (...args: unknown[]) => unknown {
  const [request, single] = requestOf("valueAndGrad", f, options);
  return (...args) => {
    const { value, aux, gradients } = gradientOf(request, args, nests);
    return [request.hasAux ? [value, aux] : value, single ? gradients[0] : gradients];
  };
}

/** What is asked for, and whether it is one gradient, not a list. */
function requestOf(fn: string, f: (...args: never[]) => unknown, options: GradOptions): [GradientRequest, boolean] {
  assertFunction(f, `${fn}: "f"`);
  assertOptions(options, ["argnums", "hasAux", "allowInt"], fn);
  const { argnums = 0, hasAux = false, allowInt = false } = options;
  const list = Array.isArray(argnums) ? argnums : [argnums];
  const places = list.map((argnum) => toArgnum(argnum, fn));
  assertDifferent(places, fn);
  return [{ fn, f, argnums: places, hasAux, allowInt }, !Array.isArray(argnums)];
}
