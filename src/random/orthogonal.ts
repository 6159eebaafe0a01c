import type { DrawOptions } from "./drawoptions.ts";
import type { Given } from "../base/index.ts";
import type { NDArray, ShapeLike } from "../array/index.ts";
import { sizeOf, toShape } from "../array/index.ts";
import { inOrder, int, ShapeError } from "../base/index.ts";
import { checkFloat32, fillNormal, floats } from "./draw.ts";
import type { KeyLike } from "./key.ts";
import { keyWords } from "./key.ts";
import { orthonormalize } from "./orthonormal.ts";
import { arrayOf } from "./params.ts";

/**
 * Random matrices with orthonormal columns (rows, where `m` is above `n`), float32: the Q of normal matrices, its signs
 * chosen so that R has a positive diagonal. Computed in float64; JAX's float32 differs in last bits.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_orthogonal`)
 * @param shape of the stack of matrices, default `[]`
 * @param m the columns, `n` if left out
 * @returns float32 [...shape, n, m]
 * @throws KeyError if `key` is not a key
 * @throws TypeError if a size is not a number or `dtype` not `"float32"`; ShapeError, LimitError for a bad size
 * @example
 * orthogonal(key(42), 4).shape // => [4, 4]
 */
export function orthogonal(
  ...places: Given<
    [key: KeyLike, n: number],
    "key n",
    [shape: ShapeLike, dtype: "float32" | null, m: number | null],
    DrawOptions & { readonly m?: number }
  >
): NDArray;
export function orthogonal(): NDArray {
  return inOrder(orthogonalOf, arguments, 5, "random.orthogonal key n shape dtype:d m:x");
}

function orthogonalOf(
  key: KeyLike,
  n: number,
  shape: ShapeLike = [],
  dtype: "float32" = "float32",
  m: number = n,
): NDArray {
  const words = keyWords(key, "random.orthogonal");
  checkFloat32(dtype, "orthogonal");
  const stack = toShape(shape, 'random.orthogonal: "shape"');
  const rows = size(n, "n");
  const columns = size(m, "m");
  const sizes = toShape([...stack, rows, columns], 'random.orthogonal: "shape"');
  const out = fillNormal(words, floats(sizeOf(sizes)));
  const step = Math.max(1, rows * columns);
  for (let start = 0; start < out.length; start += step) toOrthogonal(out.subarray(start, start + step), rows, columns);
  return arrayOf(sizes, out);
}

function size(x: unknown, name: string): number {
  const n = int(x, `random.orthogonal: "${name}"`);
  if (n < 0) throw new ShapeError(`random.orthogonal: "${name}" expected a size of at least 0, got ${n}`);
  return n;
}

/** In place: normal draws, tall and row-major, to orthonormal columns; transposed where there are fewer rows. */
function toOrthogonal(matrix: Float32Array, rows: number, columns: number): void {
  const long = Math.max(rows, columns);
  const short = Math.min(rows, columns);
  const vectors = Array.from({ length: short }, () => new Float64Array(long));
  for (let i = 0, from = 0; i < long; i++) for (let j = 0; j < short; j++) vectors[j]![i] = matrix[from++]!;
  orthonormalize(vectors);
  if (rows < columns) vectors.forEach((vector, j) => matrix.set(vector, j * long));
  else for (let i = 0, to = 0; i < long; i++) for (let j = 0; j < short; j++) matrix[to++] = vectors[j]![i]!;
}
