import type { DrawOptions } from "./drawoptions.ts";
import type { Given } from "../base/index.ts";
import type { ArrayLike, NDArray, ShapeLike } from "../array/index.ts";
import { castData, formatShape, toData, toShape } from "../array/index.ts";
import { inOrder, ShapeError } from "../base/index.ts";
import { unary } from "./elementary.ts";
import { fillLogGamma } from "./gamma.ts";
import type { KeyLike } from "./key.ts";
import { keyWords } from "./key.ts";
import { arrayOf, assertConstant, broadcastElements, resultShape } from "./params.ts";

const { fround } = Math;

/**
 * Dirichlet float32 values: points whose coordinates sum to 1.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_dirichlet`)
 * @param alpha concentrations, float32 [..., n]
 * @param shape of the result without its last axis; `alpha`'s leading axes, if left out
 * @returns float32 [...shape, n]
 * @throws KeyError if `key` is not a key
 * @throws ShapeError if `alpha` has no axis, or its leading axes do not broadcast to `shape`; LimitError for a huge one
 * @example
 * dirichlet(key(42), [1, 2, 3], [1]).tolist() // => [[0.26473245, 0.1347997, 0.60046774]]
 */
export function dirichlet(
  ...places: Given<
    [key: KeyLike, alpha: ArrayLike],
    "key alpha",
    [shape: ShapeLike | null, dtype: "float32" | null],
    DrawOptions
  >
): NDArray;
export function dirichlet(): NDArray {
  return inOrder(dirichletOf, arguments, 3, "random.dirichlet key alpha shape:x | dtype:g");
}

function dirichletOf(key: KeyLike, alpha: ArrayLike, shape?: ShapeLike): NDArray {
  const words = keyWords(key, "random.dirichlet");
  const given = castData(toData(alpha, 'random.dirichlet: "alpha"'), "float32");
  if (given.shape.length === 0)
    throw new ShapeError(`random.dirichlet: "alpha" expected at least one axis, got shape ${formatShape(given.shape)}`);
  assertConstant(given, "dirichlet", "alpha");
  const n = given.shape[given.shape.length - 1]!;
  const leading = { ...given, shape: given.shape.slice(0, -1) };
  const sizes = toShape([...resultShape("dirichlet", shape, [leading]), n], 'random.dirichlet: "shape"');
  const out = fillLogGamma(words, broadcastElements(given, sizes) as Float32Array);
  for (let start = 0; start < out.length; start += n) softmax(out.subarray(start, start + n));
  return arrayOf(sizes, out);
}

/** The softmax of `x`, in place. The sum is taken in order, and its reciprocal multiplies. */
function softmax(x: Float32Array): void {
  const max = x.reduce((a, b) => Math.max(a, b), -Infinity);
  for (let i = 0; i < x.length; i++) x[i] = x[i]! - max;
  unary("exp", x);
  const scale = fround(1 / x.reduce((a, b) => fround(a + b), 0));
  for (let i = 0; i < x.length; i++) x[i] = x[i]! * scale;
}
