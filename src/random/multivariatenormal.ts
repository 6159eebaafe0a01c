import type { DrawOptions } from "./drawoptions.ts";
import type { Given } from "../base/index.ts";
import type { ArrayLike, ArrayData, NDArray, Shape, ShapeLike, TypedArray } from "../array/index.ts";
import { castData, arrayData, formatShape, sizeOf, toData, toShape } from "../array/index.ts";
import { inOrder, ShapeError } from "../base/index.ts";
import { fillNormal, floats } from "./draw.ts";
import type { KeyLike } from "./key.ts";
import { keyWords } from "./key.ts";
import { arrayOf, assertConstant, broadcastElements, float32Of, resultShape } from "./params.ts";

/**
 * Normal float32 vectors of mean `mean` and covariance `cov`: mean + L z, L the Cholesky factor of `cov`, computed in
 * float64; JAX's float32 differs in last bits. Where `cov` is not positive definite the values are NaN, as in JAX.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_multivariate_normal`, method "cholesky")
 * @param mean float32 [..., n]
 * @param cov float32 [..., n, n], symmetric
 * @param shape of the result without its last axis; what the leading axes broadcast to, if left out
 * @returns float32 [...shape, n]
 * @throws KeyError if `key` is not a key
 * @throws ShapeError if `mean` and `cov` do not fit together or not `shape`; LimitError for a huge one
 * @example
 * multivariateNormal(key(42), [0, 1], [[2, 0.5], [0.5, 1]], [1]).tolist() // => [[-0.04002877, 1.4269546]]
 */
export function multivariateNormal(
  ...places: Given<
    [key: KeyLike, mean: ArrayLike, cov: ArrayLike],
    "key mean cov",
    [shape: ShapeLike | null, dtype: "float32" | null],
    DrawOptions
  >
): NDArray;
export function multivariateNormal(): NDArray {
  return inOrder(multivariateNormalOf, arguments, 4, "random.multivariateNormal key mean cov shape:x | dtype:g");
}

function multivariateNormalOf(key: KeyLike, mean: ArrayLike, cov: ArrayLike, shape?: ShapeLike): NDArray {
  const words = keyWords(key, "random.multivariateNormal");
  const centre = float32Of(mean, "multivariateNormal", "mean");
  const spread = castData(toData(cov, 'random.multivariateNormal: "cov"'), "float32");
  assertConstant(spread, "multivariateNormal", "cov");
  const n = fittingSize(centre, spread);
  const batch = resultShape("multivariateNormal", shape, [
    { shape: centre.shape.slice(0, -1) },
    { shape: spread.shape.slice(0, -2) },
  ]);
  const sizes = toShape([...batch, n], 'random.multivariateNormal: "shape"');
  const out = fillNormal(words, floats(sizeOf(sizes)));
  const factors = broadcastElements(factorsOf(spread, n), [...batch, n, n]);
  for (let i = 0; i < out.length; i += n) transform(out.subarray(i, i + n), factors.subarray(i * n, (i + n) * n));
  return arrayOf(sizes, out).add(centre);
}

function fittingSize({ shape: mean }: NDArray, { shape: cov }: ArrayData): number {
  const n = mean[mean.length - 1];
  if (n === undefined)
    throw new ShapeError('random.multivariateNormal: "mean" expected at least one axis, got shape []');
  if (cov.length < 2 || cov[cov.length - 1] !== n || cov[cov.length - 2] !== n) throw covarianceError(n, mean, cov);
  return n;
}

function covarianceError(n: number, mean: Shape, cov: Shape): ShapeError {
  const expected = `expected shape [..., ${n}, ${n}] for a mean of shape ${formatShape(mean)}`;
  return new ShapeError(`random.multivariateNormal: "cov" ${expected}, got ${formatShape(cov)}`);
}

function factorsOf(cov: ArrayData, n: number): ArrayData {
  const data = (cov.storage.data as Float32Array).slice();
  for (let start = 0; start < data.length; start += n * n) factorize(data.subarray(start, start + n * n), n);
  return arrayData(cov.shape, "float32", data);
}

/** In place: a covariance to its lower Cholesky factor. */
function factorize(matrix: Float32Array, n: number): void {
  const factor = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = (matrix[i * n + j]! + matrix[j * n + i]!) / 2;
      for (let k = 0; k < j; k++) sum -= factor[i * n + k]! * factor[j * n + k]!;
      factor[i * n + j] = i === j ? Math.sqrt(sum) : sum / factor[j * n + j]!;
    }
  }
  matrix.set(factor);
}

/** In place: normal draws z to factor z. */
function transform(z: Float32Array, factor: TypedArray): void {
  const n = z.length;
  for (let i = n - 1; i >= 0; i--) {
    let sum = 0;
    for (let k = 0; k <= i; k++) sum += factor[i * n + k]! * z[k]!;
    z[i] = sum;
  }
}
