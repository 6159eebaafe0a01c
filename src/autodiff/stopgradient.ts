import { refuseSurplus } from "../base/index.ts";
import type { ArrayLike } from "../array/index.ts";
import { asarray, DATA, isArray, NDArray } from "../array/index.ts";

/**
 * The same values as a constant: no gradient flows back through it. Plain arrays and objects of arrays are taken item
 * by item.
 *
 * Source: JAX 0.10.2 `jax/_src/ad_util.py` (`stop_gradient`).
 * @example
 * grad((x) => x.mul(lax.stopGradient(x)))(3).item() // => 3
 */
export function stopGradient<T>(x: T): T extends NDArray | number ? NDArray : T {
  if (arguments.length > 1) refuseSurplus("lax.stopGradient", "x", arguments);
  return stop(x) as never;
}

function stop(x: unknown): unknown {
  if (x === null || x === undefined) return x;
  if (Array.isArray(x) && x.some((item) => typeof item === "object")) return x.map(stop);
  if (typeof x === "object" && !isArray(x) && Object.getPrototypeOf(x) === Object.prototype)
    return Object.fromEntries(Object.entries(x).map(([key, item]) => [key, stop(item)]));
  const array: NDArray = asarray(x as ArrayLike);
  const { plain } = array[DATA];
  return plain === undefined ? array : new NDArray(plain);
}
