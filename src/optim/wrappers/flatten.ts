import { refuseSurplus } from "../../base/index.ts";
import type { NDArray } from "../../array/index.ts";
import { asarray, concatenate } from "../../array/index.ts";
import type { GradientTransformation } from "../base.ts";
import { transformation } from "../base.ts";
import { arrayLeaves, treeFlatten } from "../tree/map.ts";
import type { Tree } from "../tree/node.ts";
import { assertTransformation } from "./chain.ts";

/**
 * A transformation of all leaves as one vector, in the order in which trees are flattened: fewer, larger arrays.
 *
 * Source: optax 0.2.8 `optax/transforms/_layouts.py` (`flatten`).
 * @throws TypeError if `inner` is not a transformation; RangeError if there are no leaves
 * @example
 * const tx = optax.flatten(optax.trace({ decay: 0.9 }));
 * tx.init({ a: jnp.ones([2, 2]), b: jnp.ones([3]) }).trace.shape // => [7]
 */
export function flatten<S>(inner: GradientTransformation<S>): GradientTransformation<S> {
  if (arguments.length > 1) refuseSurplus("optax.flatten", "inner", arguments, false);
  assertTransformation(inner, 'flatten: "inner"');
  return transformation<S>(
    (params) => inner.init(toVector(params)),
    (updates, state, params, extra) => {
      const [vector, next] = inner.update(
        toVector(updates),
        state,
        params === undefined ? params : toVector(params),
        extra,
      );
      return [fromVector(vector, updates), next];
    },
  );
}

function toVector(tree: Tree): NDArray {
  const leaves = arrayLeaves(tree);
  if (leaves.length === 0) throw new RangeError("optax.flatten: expected a tree of at least one array, got none");
  return concatenate(leaves.map((x) => asarray(x).ravel()));
}

function fromVector(vector: NDArray, like: Tree): Tree {
  const [leaves, unflatten] = treeFlatten(like);
  let at = 0;
  return unflatten(
    (leaves as NDArray[]).map((leaf) => {
      const { size, shape } = asarray(leaf);
      at += size;
      return vector.slice(`${at - size}:${at}`).reshape(shape);
    }),
  );
}
