/** Arguments of arithmetic, checked for errors that name the function and the argument. */
import type { ArrayLike, NDArray } from "../array/index.ts";
import { asarray, broadcastShapes, fromLists } from "../array/index.ts";
import { mapAt } from "../pytree/index.ts";
import type { Tree } from "./tree/node.ts";

/**
 * An argument that is computed with another one: an array, or the number itself, whose dtype gives way.
 *
 * @throws TypeError if it is not an array; ShapeError if it does not broadcast with the other
 */
export function checkOperand(fn: string, name: string, x: ArrayLike, other?: ArrayLike): ArrayLike {
  if (typeof x === "number" || typeof x === "bigint") return x;
  const array = fromLists(x, `optax.${fn}: "${name}"`);
  if (other !== undefined) broadcastShapes(asarray(other).shape, array.shape, `optax.${fn}`);
  return array;
}

/**
 * `treeMap` over the arguments of a function, trees of arrays.
 *
 * @param names of the arguments, in the order of the trees
 * @throws RangeError if the trees differ in structure; TypeError, ShapeError as `checkOperand`
 */
export function mapOperands<T>(
  fn: string,
  names: readonly string[],
  f: (leaf: NDArray, ...rest: NDArray[]) => NDArray,
  tree: T,
  ...rest: Tree[]
): T {
  const checked = (_: unknown, ...leaves: unknown[]): NDArray => {
    const [first] = leaves as NDArray[];
    const operands = leaves.map((x, i) => checkOperand(fn, names[i]!, x as NDArray, i > 0 ? first : undefined));
    return f(...(operands as [NDArray]));
  };
  return mapAt(checked, [], tree, rest, undefined, `optax.${fn}`) as T;
}
