import { refuseSurplus } from "../../base/index.ts";
import { add, any, array, isnan, less, negative, where, zerosLike } from "../../array/index.ts";
import type { GradientTransformation } from "../base.ts";
import { requireParams, transformation } from "../base.ts";
import type { EmptyState } from "../tree/emptynodes.ts";
import { treeMap } from "../tree/map.ts";
import type { Tree } from "../tree/node.ts";
import { stateless } from "./basic.ts";

/**
 * The transformation that keeps parameters from going below 0: -p where p + u < 0, else u.
 *
 * Source: optax 0.2.8 `optax/transforms/_constraining.py` (`keep_params_nonnegative`), as is the other function of this
 * file.
 * @throws TypeError if an update gets no parameters
 * @example
 * const tx = optax.keepParamsNonnegative();
 * tx.update(jnp.array([-3, -1]), tx.init(), jnp.array([2, 2]))[0].tolist() // => [-2, -1]
 */
export function keepParamsNonnegative(): GradientTransformation<EmptyState> {
  if (arguments.length > 0) refuseSurplus("optax.keepParamsNonnegative", "", arguments, false);
  return stateless((updates, params) => {
    requireParams("keepParamsNonnegative", params);
    return treeMap((u, p) => where(less(add(p!, u), 0), negative(p!), u), updates, params);
  });
}

/** Whether there was a NaN, leaf by leaf. */
export interface ZeroNansState {
  readonly found_nan: Tree;
}

/**
 * The transformation that puts 0 in place of NaN. Its state says in which leaves there was one at the last update.
 *
 * @example
 * const tx = optax.zeroNans();
 * const [u, state] = tx.update(jnp.array([NaN, 1]), tx.init(jnp.zeros([2])));
 * [u.tolist(), state.found_nan.item()] // => [[0, 1], 1]
 */
export function zeroNans(): GradientTransformation<ZeroNansState> {
  if (arguments.length > 0) refuseSurplus("optax.zeroNans", "", arguments, false);
  return transformation(
    (params) => ({ found_nan: treeMap(() => array(false), params) }),
    (updates) => [
      treeMap((u) => where(isnan(u), zerosLike(u), u), updates),
      { found_nan: treeMap((u) => any(isnan(u)), updates) },
    ],
  );
}
