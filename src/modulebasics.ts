import type { ArrayLike, NDArray } from "./array/index.ts";
import { asarray, divide, formatShape, sqrt } from "./array/index.ts";
import { int, ShapeError, toSize } from "./base/index.ts";
import * as nnx from "./nnx/index.ts";
import { normal } from "./random/index.ts";

/**
 * The module from the README: one Param `kernel` [inFeatures, features], drawn normal from a single `rngs.params()`
 * key and scaled by 1 / sqrt(inFeatures) in float32; its forward pass is `x @ kernel`, without a bias.
 *
 * @example
 * const model = new ModuleBasics(3, 4, new nnx.Rngs(0));
 * model(jnp.array([1, 2, 3])).shape // => [4]
 */
export class ModuleBasics extends nnx.Module<[x: ArrayLike], NDArray> {
  declare readonly kernel: nnx.Param;

  /**
   * @param inFeatures the width of the input, cast by `int()`
   * @param features the width of the output, cast by `int()`
   * @throws TypeError if `rngs` is missing or a size is not a number; RangeError if a size is negative or not finite
   */
  constructor(inFeatures: number, features: number, rngs: nnx.Rngs) {
    super();
    const shape = [toSize(inFeatures, 'ModuleBasics: "inFeatures"'), toSize(features, 'ModuleBasics: "features"')];
    nnx.assertRngs(rngs, "ModuleBasics");
    this.kernel = new nnx.Param(normal(rngs.params(), shape).mul(divide(1, sqrt(shape[0]!))));
  }

  /**
   * @param x [inFeatures] or a batch [..., inFeatures]
   * @returns [features] or [..., features]; each output is summed over inFeatures ascending
   * @throws ShapeError naming both shapes if the widths differ
   */
  override __call__(x: ArrayLike): NDArray {
    return asarray(x).matmul(this.kernel);
  }
}

/**
 * Builds a `ModuleBasics` from a seed and runs it once: the whole way from `new nnx.Rngs(seed)` to `model(x)`.
 *
 * @param seed of the Rngs, cast by `int()`
 * @param x [inFeatures] float32, or numbers
 * @param features the width of the output, cast by `int()`
 * @returns [features] float32: the sum over k ascending of x[k] * kernel[k, j], rounded to float32 at every step
 * @throws TypeError if an argument is of the wrong kind; ShapeError if `x` is not 1-D; RangeError for a bad number
 * @example
 * moduleBasicsForward(0, [1, 2, 3], 4).shape // => [4]
 */
export function moduleBasicsForward(
  seed: number,
  x: NDArray | Float32Array | readonly number[],
  features: number,
): NDArray {
  const input = asarray(x);
  if (input.ndim !== 1)
    throw new ShapeError(
      `moduleBasicsForward: "x" expected one axis [inFeatures], got shape ${formatShape(input.shape)}`,
    );
  const model = new ModuleBasics(input.shape[0]!, features, new nnx.Rngs(int(seed, 'moduleBasicsForward: "seed"')));
  return model(input);
}
