import { assertFunction } from "../../base/index.ts";
import type { GradientRequest } from "../../autodiff/index.ts";
import { assertDifferent, assertOptions, gradientOf, toArgnum } from "../../autodiff/index.ts";
import type { NDArray } from "../../array/index.ts";
import type { Filter } from "../graph/filter.ts";
import { Param } from "../variables/kinds.ts";
import { DiffState } from "./diffstate.ts";
import { ModelTrees } from "./trees.ts";
import type { Argnums, GradOptions, Gradients, Givens } from "./gradtypes.ts";

/**
 * A function that gives the gradients of `f`, which returns a float scalar, towards a model or other arguments. Inside
 * `f` arrays have their values: `item()`, conditions and loops work.
 *
 * The gradient of a module is a State of its Params, or of what an `nnx.DiffState` chooses: same paths, Variables of
 * the same class with the gradients inside. What was not used gets zeros; what is shared is listed once, at its first
 * path, with the sum, also over several models and arguments. The gradient of a Variable is a Variable, that of an
 * array an array.
 *
 * What `f` writes to Variables stays: statistics of BatchNorm, counts of Rngs. After an error all are as before.
 *
 * @returns a function of the same arguments; with `hasAux` it gives `[gradients, aux]`
 * @throws TypeError if `f` does not give a float scalar, or what is differentiated is not a float
 * @throws RangeError if there is no such argument, or one is named twice
 *
 * Source: Flax 0.12.8 `flax/nnx/transforms/autodiff.py` (`grad`).
 * @example
 * const layer = new nnx.Linear(2, 3, { rngs: new nnx.Rngs(0) });
 * const grads = nnx.grad((layer, x) => layer(x).sum())(layer, jnp.ones([4, 2]));
 * grads.get("bias").get().tolist() // => [4, 4, 4]
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
  const run = prepare("nnx.grad", f, options);
  return (...args) => {
    const { gradients, aux, hasAux } = run(args);
    return hasAux ? [gradients, aux] : gradients;
  };
}

/**
 * Like `nnx.grad`, with the value of `f` before the gradients: `[value, gradients]`, and `[[value, aux], gradients]`
 * with `hasAux`.
 *
 * @throws as `nnx.grad`
 *
 * Source: Flax 0.12.8 `flax/nnx/transforms/autodiff.py` (`value_and_grad`).
 * @example
 * const layer = new nnx.Linear(2, 3, { rngs: new nnx.Rngs(0) });
 * const [loss, grads] = nnx.valueAndGrad((layer, x) => layer(x).pow(2).mean())(layer, jnp.zeros([4, 2]));
 * [loss.item(), grads.size] // => [0, 2]
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
  const run = prepare("nnx.valueAndGrad", f, options);
  return (...args) => {
    const { value, gradients, aux, hasAux } = run(args);
    return [hasAux ? [value, aux] : value, gradients];
  };
}

interface Result {
  readonly value: NDArray;
  readonly aux: unknown;
  readonly gradients: unknown;
  readonly hasAux: boolean;
}

function prepare(
  fn: string,
  f: (...args: never[]) => unknown,
  options: GradOptions,
): (args: readonly unknown[]) => Result {
  assertFunction(f, `${fn}: "f"`);
  assertOptions(options, ["argnums", "hasAux", "allowInt"], fn);
  const { argnums = 0, hasAux = false, allowInt = false } = options;
  const list = Array.isArray(argnums) ? (argnums as readonly (number | DiffState)[]) : [argnums];
  const chosen = list.map((one) => toDiffState(one as number | DiffState, fn));
  const places = chosen.map(({ argnum }) => argnum);
  assertDifferent(places, fn);
  const request: GradientRequest = { fn, f, argnums: places, hasAux, allowInt };
  return (args) => {
    const filters = new Map(chosen.map(({ argnum, filter }) => [argnum < 0 ? argnum + args.length : argnum, filter]));
    const { value, aux, gradients } = gradientOf(request, args, new ModelTrees(filters));
    return { value, aux, hasAux, gradients: Array.isArray(argnums) ? gradients : gradients[0] };
  };
}

function toDiffState(argnum: number | DiffState, fn: string): { readonly argnum: number; readonly filter: Filter } {
  if (argnum instanceof DiffState) return { argnum: toArgnum(argnum.argnum, fn), filter: argnum.filter };
  return { argnum: toArgnum(argnum, fn), filter: Param };
}
