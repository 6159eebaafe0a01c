/** Arithmetic on trees of arrays, leaf by leaf. */
import type { ArrayLike, CloseOptions, DType, NDArray } from "../../array/index.ts";
import {
  abs,
  add,
  allclose,
  asarray,
  astype,
  clip,
  divide,
  fullLike,
  max,
  maximum,
  min,
  minimum,
  multiply,
  onesLike,
  sqrt,
  square,
  subtract,
  sum,
  vdot,
  where,
  zerosLike,
} from "../../array/index.ts";
import { describe } from "../../base/index.ts";
import { sumOfSquares } from "../norms.ts";
import { arrayLeaves, treeLeaves, treeMap } from "./map.ts";
import type { Tree } from "./node.ts";

/**
 * A tree of zeros with the shapes of another, in its dtypes or in `dtype`.
 *
 * Source: optax 0.2.8 `optax/tree_utils/_tree_math.py` (`tree_zeros_like`), as are the other functions of this file.
 * @example
 * optax.tree.zerosLike({ a: jnp.ones([2]) }).a.tolist() // => [0, 0]
 */
export function treeZerosLike<T>(tree: T, dtype?: DType | null): T {
  return treeMap((x) => (dtype ? zerosLike(x, dtype) : zerosLike(x)), tree) as T;
}

/**
 * A tree of ones with the shapes of another, in its dtypes or in `dtype`.
 *
 * @example
 * optax.tree.onesLike({ a: jnp.zeros([2]) }).a.tolist() // => [1, 1]
 */
export function treeOnesLike<T>(tree: T, dtype?: DType | null): T {
  return treeMap((x) => (dtype ? onesLike(x, dtype) : onesLike(x)), tree) as T;
}

/**
 * A tree of one value with the shapes of another, in its dtypes or in `dtype`.
 *
 * @example
 * optax.tree.fullLike({ a: jnp.zeros([2]) }, 3).a.tolist() // => [3, 3]
 */
export function treeFullLike<T>(tree: T, value: ArrayLike, dtype?: DType | null): T {
  return treeMap((x) => (dtype ? fullLike(x, value, dtype) : fullLike(x, value)), tree) as T;
}

/**
 * The sum of trees, from left to right.
 *
 * @example
 * optax.tree.add({ a: jnp.ones([2]) }, { a: jnp.array([1, 2]) }).a.tolist() // => [2, 3]
 */
export function treeAdd<T>(x: T, y: Tree, ...others: Tree[]): T {
  return treeMap((...leaves) => leaves.slice(1).reduce<NDArray>((a, b) => add(a, b), leaves[0]!), x, y, ...others) as T;
}

/**
 * x - y.
 *
 * @example
 * optax.tree.sub({ a: jnp.ones([2]) }, { a: jnp.array([1, 2]) }).a.tolist() // => [0, -1]
 */
export function treeSub<T>(x: T, y: Tree): T {
  return treeMap((a, b) => subtract(a, b!), x, y) as T;
}

/**
 * x * y, element by element.
 *
 * @example
 * optax.tree.mul({ a: jnp.array([3, 4]) }, { a: jnp.array([1, 2]) }).a.tolist() // => [3, 8]
 */
export function treeMul<T>(x: T, y: Tree): T {
  return treeMap((a, b) => multiply(a, b!), x, y) as T;
}

/**
 * x / y, element by element.
 *
 * @example
 * optax.tree.div({ a: jnp.array([3, 4]) }, { a: jnp.array([1, 2]) }).a.tolist() // => [3, 2]
 */
export function treeDiv<T>(x: T, y: Tree): T {
  return treeMap((a, b) => divide(a, b!), x, y) as T;
}

/**
 * scalar * x.
 *
 * @example
 * optax.tree.scale(2, { a: jnp.array([3, 4]) }).a.tolist() // => [6, 8]
 */
export function treeScale<T>(scalar: ArrayLike, tree: T): T {
  return treeMap((x) => multiply(scalar, x), tree) as T;
}

/**
 * x + scalar * y, two roundings.
 *
 * @example
 * optax.tree.addScale({ a: jnp.ones([2]) }, 2, { a: jnp.array([3, 4]) }).a.tolist() // => [7, 9]
 */
export function treeAddScale<T>(x: T, scalar: ArrayLike, y: Tree): T {
  return treeMap((a, b) => add(a, multiply(scalar, b!)), x, y) as T;
}

/**
 * The scalar product of all elements: of each pair of leaves as `numpy.vdot` takes it, then these added up in order.
 *
 * @example
 * optax.tree.vdot({ a: jnp.array([3, 4]), b: 1 }, { a: jnp.array([1, 2]), b: 5 }).item() // => 16
 */
export function treeVdot(x: Tree, y: Tree): NDArray {
  return total(arrayLeaves(treeMap((a, b) => vdot(a, b!), x, y)));
}

/**
 * The sum of all elements: of each leaf as `numpy.sum` takes it, then these added up in the order of the leaves.
 *
 * @example
 * optax.tree.sum({ a: jnp.array([3, 4]), b: 1 }).item() // => 8
 */
export function treeSum(tree: Tree): NDArray {
  return total(arrayLeaves(tree).map((x) => sum(x)));
}

function total(terms: readonly ArrayLike[]): NDArray {
  return terms.length === 0
    ? asarray(0)
    : terms.slice(1).reduce<NDArray>((sum, one) => add(sum, one), asarray(terms[0]!));
}

/**
 * The greatest of all elements; -Infinity of nothing.
 *
 * @example
 * optax.tree.max({ a: jnp.array([3, 4]), b: 1 }).item() // => 4
 */
export function treeMax(tree: Tree): NDArray {
  return sized(tree).reduce<NDArray>((most, x) => maximum(most, max(x)), asarray(-Infinity));
}

/**
 * The smallest of all elements; Infinity of nothing.
 *
 * @example
 * optax.tree.min({ a: jnp.array([3, 4]), b: 1 }).item() // => 1
 */
export function treeMin(tree: Tree): NDArray {
  return sized(tree).reduce<NDArray>((least, x) => minimum(least, min(x)), asarray(Infinity));
}

function sized(tree: Tree): NDArray[] {
  return arrayLeaves(tree)
    .map((x) => asarray(x))
    .filter((x) => x.size > 0);
}

/**
 * The number of all elements.
 *
 * @example
 * optax.tree.size({ a: jnp.ones([3, 4]), b: 1 }) // => 13
 */
export function treeSize(tree: Tree): number {
  return arrayLeaves(tree).reduce<number>((n, x) => n + asarray(x).size, 0);
}

/** What `norm` takes besides the tree. */
export interface NormOptions {
  /** 2 (default), 1 or Infinity. */
  readonly ord?: 1 | 2 | number | null;
  /** The square of the norm. Default false. */
  readonly squared?: boolean;
}

/**
 * The norm of all elements as one vector, by default the Euclidean one: the square root of the sum of
 * squares. Those of a leaf of up to 32 elements are added ascending, those of a larger one as `numpy.sum`
 * does, then the leaves in order.
 *
 * @throws RangeError if `ord` is none of 1, 2 and Infinity
 * @example
 * optax.tree.norm({ a: jnp.array([3, 0]), b: 4 }).item() // => 5
 */
export function treeNorm(tree: Tree, { ord = 2, squared = false }: NormOptions = {}): NDArray {
  if (ord === 2 || ord === null) {
    const squares = total(arrayLeaves(tree).map((x) => sumOfSquares(x)));
    return squared ? squares : sqrt(squares);
  }
  if (ord !== 1 && ord !== Infinity)
    throw new RangeError(`optax.tree.norm: "ord" expected 1, 2 or Infinity, got ${describe(ord)}`);
  const sizes = treeMap((x) => abs(x), tree);
  const norm = ord === 1 ? treeSum(sizes) : treeMax(sizes);
  return squared ? square(norm) : norm;
}

/**
 * The leaves of `x` where the condition holds, else those of `y`.
 *
 * @example
 * optax.tree.where(false, { a: jnp.ones([2]) }, { a: jnp.zeros([2]) }).a.tolist() // => [0, 0]
 */
export function treeWhere<T>(condition: ArrayLike, x: T, y: Tree): T {
  return treeMap((a, b) => where(condition, a, b!), x, y) as T;
}

/**
 * A tree in another dtype; as it is where `dtype` is null or left out.
 *
 * @example
 * optax.tree.cast({ a: jnp.ones([2]) }, "bfloat16").a.dtype // => "bfloat16"
 */
export function treeCast<T>(tree: T, dtype?: DType | null): T {
  return dtype ? (treeMap((x) => astype(x, dtype), tree) as T) : tree;
}

/**
 * A tree in the dtypes of another.
 *
 * @example
 * optax.tree.castLike({ a: jnp.ones([2]) }, { a: jnp.ones([2], "int32") }).a.dtype // => "int32"
 */
export function treeCastLike<T>(tree: T, other: Tree): T {
  return treeMap((x, y) => astype(x, asarray(y!).dtype), tree, other) as T;
}

/**
 * A tree held between `min` and `max`, each of which may be left out.
 *
 * @example
 * optax.tree.clip({ a: jnp.array([-2, 2]) }, -1, 1).a.tolist() // => [-1, 1]
 */
export function treeClip<T>(tree: T, min: ArrayLike | null = null, max: ArrayLike | null = null): T {
  return treeMap((x) => clip(x, min, max), tree) as T;
}

/**
 * Whether all leaves are close, each as `numpy.allclose` compares.
 *
 * @example
 * optax.tree.allclose({ a: jnp.ones([2]) }, { a: jnp.ones([2]) }) // => true
 */
export function treeAllclose(x: Tree, y: Tree, options: CloseOptions = {}): boolean {
  return treeLeaves(treeMap((a, b) => allclose(a, b!, options), x, y)).every((close) => close === true);
}
