import type { NDArray, Shape } from "../../array/index.ts";
import { sizeOf } from "../../array/index.ts";

/**
 * `bias` reshaped so that it broadcasts to a result. A bias of another size, set by the user, is left as it is.
 */
export function biasOf(bias: NDArray, shape: Shape): NDArray {
  return bias.size === sizeOf(shape) ? bias.reshape(shape) : bias;
}
