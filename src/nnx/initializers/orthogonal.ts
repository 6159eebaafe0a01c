import type { Places } from "../../base/index.ts";
import type { Shape } from "../../array/index.ts";
import { formatShape, moveaxis, sizeOf, toShape, zeros } from "../../array/index.ts";
import { describe, inOrder, int, ShapeError } from "../../base/index.ts";
import * as random from "../../random/index.ts";
import type { Initializer } from "./initializer.ts";
import { toNumber } from "./initializer.ts";

/** Which axis holds the columns, and the dtype. */
export interface OrthogonalOptions {
  /** The axis of the columns, default -1; all others together are the rows. */
  readonly columnAxis?: number;
  readonly dtype?: "float32";
}

/**
 * Orthogonal matrices, times `scale`: columns of length 1 at right angles, or rows where there are fewer of these.
 * They agree with JAX's to 4e-6, not to the bit: JAX leaves the work to LAPACK.
 *
 * @throws TypeError if `scale` or `columnAxis` is not a number
 * @throws ShapeError, at the inner call, for fewer than 2 axes; RangeError if the shape has no axis `columnAxis`
 *
 * Source: JAX 0.10.2 `jax/_src/nn/initializers.py` (`orthogonal`).
 * @example
 * nnx.initializers.orthogonal(2)(random.key(0), [1, 1]).tolist() // => [[2]]
 */
export function orthogonal(
  ...places: Places<[scale: number, columnAxis: number, dtype: "float32" | null], OrthogonalOptions>
): Initializer;
export function orthogonal(): Initializer {
  return inOrder(orthogonalOf, arguments, 1, "nnx.initializers.orthogonal scale:n | columnAxis dtype:d");
}

function orthogonalOf(scale = 1, { columnAxis = -1, dtype = "float32" }: OrthogonalOptions = {}): Initializer {
  const factor = toNumber(scale, 'initializers.orthogonal: "scale"');
  const wanted = int(columnAxis, 'initializers.orthogonal: "columnAxis"');
  return (key, shape, type = dtype) => {
    const sizes = toShape(shape, 'initializers.orthogonal: "shape"');
    if (sizes.length < 2)
      throw new ShapeError(`initializers.orthogonal: "shape" expected at least 2 axes, got ${formatShape(sizes)}`);
    const axis = wanted < 0 ? wanted + sizes.length : wanted;
    if (axis < 0 || axis >= sizes.length)
      throw new RangeError(
        `initializers.orthogonal: "columnAxis" expected an axis of shape ${formatShape(sizes)}, got ` +
          `${describe(columnAxis)}`,
      );
    if (sizes.includes(0)) return zeros(sizes, type);
    const columns = sizes[axis]!;
    const others = sizes.filter((_, i) => i !== axis);
    const matrix = random.orthogonal(key, sizeOf(others), [], type as "float32", columns);
    return moveaxis(matrix.reshape([...others, columns]), -1, axis).mul(factor);
  };
}

/**
 * Kernels of 1 to 3 spatial axes that are zero except for an orthogonal matrix in the middle: a convolution that keeps
 * lengths. The shape is [...spatial, in, out].
 *
 * @throws TypeError if `scale` or `columnAxis` is not a number
 * @throws ShapeError, at the inner call, unless there are 3 to 5 axes, the last at least as large as the one before
 *
 * Source: JAX 0.10.2 `jax/_src/nn/initializers.py` (`delta_orthogonal`).
 * @example
 * nnx.initializers.deltaOrthogonal()(random.key(0), [3, 1, 1]).tolist() // => [[[0]], [[1]], [[0]]]
 */
export function deltaOrthogonal(
  ...places: Places<[scale: number, columnAxis: number, dtype: "float32" | null], OrthogonalOptions>
): Initializer;
export function deltaOrthogonal(): Initializer {
  return inOrder(deltaOrthogonalOf, arguments, 1, "nnx.initializers.deltaOrthogonal scale:n | columnAxis dtype:d");
}

function deltaOrthogonalOf(scale = 1, options: OrthogonalOptions = {}): Initializer {
  const init = orthogonal(scale, options);
  return (key, shape, dtype) => {
    const sizes = toShape(shape, 'initializers.deltaOrthogonal: "shape"');
    const spatial = sizes.slice(0, -2);
    const matrix = sizes.slice(-2);
    if (spatial.length < 1 || spatial.length > 3 || matrix[1]! < matrix[0]!) throw deltaShapeError(sizes);
    const center = init(key, matrix, dtype);
    const kernel = zeros(sizes, center.dtype);
    if (kernel.size === 0) return kernel;
    return kernel.at(...spatial.map((n) => (n - 1) >> 1)).set(center);
  };
}

function deltaShapeError(sizes: Shape): ShapeError {
  return new ShapeError(
    'initializers.deltaOrthogonal: "shape" expected 3 to 5 axes, the last at least as large as the one before, ' +
      `got ${formatShape(sizes)}`,
  );
}
