/** Products of arrays by axes. */
import type { Given } from "../base/index.ts";
import { assertList, inOrder, ShapeError } from "../base/index.ts";
import type { ArrayLike, NDArray } from "../array/index.ts";
import { asarray, einsum, formatShape, matmul, toAxis } from "../array/index.ts";

/**
 * The product of vectors and matrices: of their inner axes.
 *
 * Source: JAX 0.10.2 `jax/_src/lax/lax.py` (`dot`).
 * @throws ShapeError for more than two axes, or inner sizes that differ
 * @example
 * lax.dot([[1, 2]], [3, 4]).tolist() // => [11]
 */
export function dot(a: ArrayLike, ...places: Given<[b: ArrayLike], "rhs">): NDArray;
export function dot(): NDArray {
  return inOrder(
    dotOf,
    arguments,
    2,
    "lax.dot lhs rhs | * dimensionNumbers:0 precision:p preferredElementType:g outSharding:0",
  );
}

function dotOf(a: ArrayLike, b: ArrayLike): NDArray {
  const [x, y] = [asarray(a), asarray(b)];
  if (![1, 2].includes(x.ndim) || ![1, 2].includes(y.ndim))
    throw new ShapeError(
      `lax.dot: expected one or two axes each, got shapes ${formatShape(x.shape)} and ${formatShape(y.shape)}`,
    );
  return matmul(x, y);
}

/** The axes that are summed, and those that go together; of the left side and of the right. */
export type DotDimensionNumbers = readonly [
  contracting: readonly [left: readonly number[], right: readonly number[]],
  batch: readonly [left: readonly number[], right: readonly number[]],
];

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/**
 * The product summed over axes of both sides: first the axes that go together, then the others of the left, then of
 * the right.
 *
 * Source: JAX 0.10.2 `jax/_src/lax/lax.py` (`dot_general`).
 * @throws ShapeError if the sizes of paired axes differ
 * @example
 * lax.dotGeneral([[1, 2]], [[3, 4]], [[[1], [1]], [[], []]]).tolist() // => [[11]]
 */
export function dotGeneral(
  a: ArrayLike,
  ...places: Given<[b: ArrayLike, dimensionNumbers: DotDimensionNumbers], "rhs dimensionNumbers">
): NDArray;
export function dotGeneral(): NDArray {
  return inOrder(
    dotGeneralOf,
    arguments,
    3,
    "lax.dotGeneral lhs rhs dimensionNumbers | precision:p preferredElementType:g * outSharding:0",
  );
}

function dotGeneralOf(a: ArrayLike, b: ArrayLike, dimensionNumbers: DotDimensionNumbers): NDArray {
  const [x, y] = [asarray(a), asarray(b)];
  for (const list of [dimensionNumbers, dimensionNumbers?.[0], dimensionNumbers?.[1]])
    assertList(list, 'lax.dotGeneral: "dimensionNumbers"');
  const [[leftSum, rightSum], [leftBatch, rightBatch]] = dimensionNumbers;
  for (const list of [leftSum, rightSum, leftBatch, rightBatch]) assertList(list, 'lax.dotGeneral: "dimensionNumbers"');
  const left = Array.from(LETTERS.slice(0, x.ndim));
  const right = Array.from(LETTERS.slice(x.ndim, x.ndim + y.ndim));
  const pair = (from: readonly number[], to: readonly number[]): string[] =>
    from.map((axis, i) => {
      const letter = left[toAxis(axis, x.ndim, 'lax.dotGeneral: "dimensionNumbers"')]!;
      right[toAxis(to[i]!, y.ndim, 'lax.dotGeneral: "dimensionNumbers"')] = letter;
      return letter;
    });
  if (leftSum.length !== rightSum.length || leftBatch.length !== rightBatch.length)
    throw new ShapeError('lax.dotGeneral: "dimensionNumbers" expected as many axes of the left as of the right');
  const summed = pair(leftSum, rightSum);
  const batch = pair(leftBatch, rightBatch);
  const rest = (letters: readonly string[]): string =>
    letters.filter((letter) => !summed.includes(letter) && !batch.includes(letter)).join("");
  return einsum(`${left.join("")},${right.join("")}->${batch.join("")}${rest(left)}${rest(right)}`, x, y);
}
