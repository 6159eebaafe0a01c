import type { NDArray } from "../../array/index.ts";
import { add, asarray, multiply } from "../../array/index.ts";
import { describe } from "../../base/index.ts";
import { named } from "../arguments.ts";
import type { GradientTransformation } from "../base.ts";
import { transformation } from "../base.ts";
import { zeroCount } from "../count.ts";
import { treeMap } from "../tree/map.ts";
import { treeScale, treeZerosLike } from "../tree/math.ts";
import type { Tree } from "../tree/node.ts";

/** What updates add up to. */
export interface ApplyEveryState {
  /** int32 */
  readonly count: NDArray;
  readonly grad_acc: Tree;
}

/**
 * The transformation that adds up `k` updates and gives their sum at the last, zeros at the others.
 *
 * As in optax the zeros are products with 0: of an infinity they are NaN.
 *
 * Source: optax 0.2.8 `optax/_src/transform.py` (`apply_every`).
 * @throws RangeError if `k` is not a whole number from 1
 * @example
 * const tx = optax.applyEvery(2);
 * let [u, state] = tx.update(jnp.array([1]), tx.init(jnp.zeros([1])));
 * const first = u.tolist();
 * [u, state] = tx.update(jnp.array([2]), state);
 * [first, u.tolist()] // => [[0], [3]]
 */
export function applyEvery(
  ...args: readonly [k?: number] | readonly [options: { readonly k?: number }]
): GradientTransformation<ApplyEveryState> {
  const { k } = named<{ k: number }>("applyEvery", args, { k: 1 });
  if (!Number.isInteger(k) || k < 1)
    throw new RangeError(`optax.applyEvery: "k" expected a whole number from 1, got ${describe(k)}`);
  return transformation(
    (params) => ({ count: zeroCount(), grad_acc: treeZerosLike(params) }),
    (updates, state) => {
      const c = state.count.item() % k;
      const sums = treeMap((g, sum) => add(multiply(c === 0 ? 0 : 1, sum!), g), updates, state.grad_acc);
      return [treeScale(c === k - 1 ? 1 : 0, sums), { count: asarray((c + 1) % k, "int32"), grad_acc: sums }];
    },
  );
}
