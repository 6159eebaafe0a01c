import type { NDArray, Shape } from "../../array/index.ts";
import { sizeOf } from "../../array/index.ts";

/**
 * `bias` in a shape that broadcasts to a result. One of another size, which somebody has put there, is left as it is.
 */
export function biasOf(bias: NDArray, shape: Shape): NDArray {
  return bias.size === sizeOf(shape) ? bias.reshape(shape) : bias;
}
