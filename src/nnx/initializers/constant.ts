import type { Given, Places } from "../../base/index.ts";
import type { ArrayLike, DType, NDArray, ShapeLike } from "../../array/index.ts";
import {
  asNDArray,
  formatShape,
  ones as filledWithOnes,
  sameShape,
  toShape,
  zeros as filledWithZeros,
} from "../../array/index.ts";
import { inOrder, refuseSurplus, ShapeError } from "../../base/index.ts";

/** An initializer that draws nothing: the key may be anything, the dtype any. */
type ConstantInitializer = (key: unknown, shape: ShapeLike, dtype?: DType) => NDArray;

/**
 * Fills a weight with one value, or with an array that is broadcast to the shape. The key is ignored.
 *
 * @param value a number, or anything array-like
 * @throws TypeError if `value` is not array-like or the dtype is unknown
 * @throws ShapeError, at the inner call, if `value` does not broadcast to the shape
 *
 * Source: JAX 0.10.2 `jax/_src/nn/initializers.py` (`constant`).
 * @example
 * nnx.initializers.constant(0.5)(random.key(0), [2]).tolist() // => [0.5, 0.5]
 */
export function constant(
  value: ArrayLike,
  ...places: Places<[dtype: DType | null], { readonly dtype?: DType | null }>
): ConstantInitializer;
export function constant(): ConstantInitializer {
  return inOrder(constantOf, arguments, 2, "nnx.initializers.constant value dtype:d");
}

function constantOf(value: ArrayLike, dtype: DType = "float32"): ConstantInitializer {
  const given = asNDArray(value, 'initializers.constant: "value"');
  return (_key, shape, type = dtype) => {
    const sizes = toShape(shape, 'initializers.constant: "shape"');
    const filled = filledWithOnes(sizes, type).mul(given.astype(type));
    if (sameShape(filled.shape, sizes)) return filled;
    throw new ShapeError(
      `initializers.constant: "value" expected a shape that broadcasts to ${formatShape(sizes)}, ` +
        `got ${formatShape(given.shape)}`,
    );
  };
}

/**
 * An initializer that fills with zeros: `zeros(key, shape)`. The key is ignored.
 *
 * @throws TypeError if the dtype is unknown; ShapeError, LimitError for a bad shape
 *
 * Source: JAX 0.10.2 `jax/_src/nn/initializers.py` (`zeros`).
 * @example
 * nnx.initializers.zeros(random.key(0), [2]).tolist() // => [0, 0]
 */
export function zeros(
  ...places: Given<
    [_key: unknown, shape: ShapeLike],
    "key shape",
    [dtype: DType | null],
    { readonly dtype?: DType | null }
  >
): NDArray;
export function zeros(): NDArray {
  return inOrder(zerosOf, arguments, 3, "nnx.initializers.zeros key shape dtype:d");
}

function zerosOf(_key: unknown, shape: ShapeLike, dtype: DType = "float32"): NDArray {
  return filledWithZeros(shape, dtype);
}

/**
 * An initializer that fills with ones: `ones(key, shape)`. The key is ignored.
 *
 * @throws TypeError if the dtype is unknown; ShapeError, LimitError for a bad shape
 *
 * Source: JAX 0.10.2 `jax/_src/nn/initializers.py` (`ones`).
 * @example
 * nnx.initializers.ones(random.key(0), [2]).tolist() // => [1, 1]
 */
export function ones(
  ...places: Given<
    [_key: unknown, shape: ShapeLike],
    "key shape",
    [dtype: DType | null],
    { readonly dtype?: DType | null }
  >
): NDArray;
export function ones(): NDArray {
  return inOrder(onesOf, arguments, 3, "nnx.initializers.ones key shape dtype:d");
}

function onesOf(_key: unknown, shape: ShapeLike, dtype: DType = "float32"): NDArray {
  return filledWithOnes(shape, dtype);
}

/**
 * Gives the initializer `zeros`, so that it is made as all others are.
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/initializers.py` (`zeros_init`).
 * @example
 * nnx.initializers.zerosInit()(random.key(0), [2]).tolist() // => [0, 0]
 */
export function zerosInit(): ConstantInitializer {
  if (arguments.length > 0) refuseSurplus("nnx.initializers.zerosInit", "", arguments);
  return zeros;
}

/**
 * Gives the initializer `ones`, so that it is made as all others are.
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/initializers.py` (`ones_init`).
 * @example
 * nnx.initializers.onesInit()(random.key(0), [2]).tolist() // => [1, 1]
 */
export function onesInit(): ConstantInitializer {
  if (arguments.length > 0) refuseSurplus("nnx.initializers.onesInit", "", arguments);
  return ones;
}
