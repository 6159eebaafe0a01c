/** Arrays put together from blocks. */
import { refuseSurplus } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import type { NDArray } from "../ndarray.ts";
import { asNDArray } from "../ndarray.ts";
import { weakly } from "../scalar.ts";
import { concatenate } from "./joining.ts";

/** Arrays in lists of lists, of which the innermost are joined along the last axis. */
export type Blocks = ArrayLike | readonly Blocks[];

/**
 * One array of blocks: those of an innermost list side by side along the last axis, those lists along the axis before,
 * and so on.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`block`).
 * @throws ShapeError if the blocks do not fit; TypeError for lists of different depths
 * @example
 * block([[jnp.ones([2, 2]), jnp.zeros([2, 1])]]).tolist() // => [[1, 1, 0], [1, 1, 0]]
 */
export function block(arrays: Blocks): NDArray {
  if (arguments.length > 1) refuseSurplus("block", "arrays", arguments);
  const depth = depthOf(arrays);
  const ndim = Math.max(depth, greatestRank(arrays));
  const leaves = weakly(([arrays] as unknown[]).flat(Infinity) as ArrayLike[], () => 'block: "arrays"');
  const join = (part: Blocks, left: number): NDArray => {
    if (left > 0)
      return concatenate(
        (part as readonly Blocks[]).map((one) => join(one, left - 1)),
        ndim - left,
      );
    const leaf = leaves.shift()!;
    return leaf.reshape([...Array.from({ length: ndim - leaf.ndim }, () => 1), ...leaf.shape]);
  };
  return join(arrays, depth);
}

function depthOf(part: Blocks): number {
  if (!Array.isArray(part)) return 0;
  const depths = new Set((part as Blocks[]).map(depthOf));
  if (depths.size !== 1)
    throw new TypeError(
      `block: "arrays" expected lists of one depth, none empty, got depths ${[...depths].join(", ")}`,
    );
  return 1 + [...depths][0]!;
}

function greatestRank(part: Blocks): number {
  return Array.isArray(part)
    ? Math.max(...(part as Blocks[]).map(greatestRank))
    : asNDArray(part as ArrayLike, 'block: "arrays"').ndim;
}
