/** Windows of `M` numbers, float32, and the Bessel function of one of them. */
import type { Given } from "../../base/index.ts";
import { inOrder, int, refuseSurplus } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import { I0 } from "../../data/index.ts";
import { ones } from "../creation/arrays.ts";
import { arange } from "../creation/ranges.ts";
import { abs, square, subtract } from "../elementwise/arithmetic.ts";
import { cos, floating, sqrt } from "../elementwise/elementary.ts";
import type { NDArray } from "../ndarray.ts";
import { asNDArray, unary } from "../ndarray.ts";

const { PI } = Math;

/** A window by its formula, of the places 0 to M - 1; ones for at most one number. */
function windowOf(M: number, fn: string, formula: (n: NDArray, last: number) => NDArray): NDArray {
  const size = int(M, `${fn}: "M"`);
  return size <= 1 ? ones([Math.max(size, 0)]) : formula(arange(size).astype("float32"), size - 1);
}

/**
 * The triangular window, which is 0 at both ends.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/window_functions.py` (`bartlett`).
 * @example
 * bartlett(5).tolist() // => [0, 0.5, 1, 0.5, 0]
 */
export function bartlett(M: number): NDArray {
  if (arguments.length > 1) refuseSurplus("bartlett", "M", arguments);
  return windowOf(M, "bartlett", (n, last) => subtract(1, abs(n.mul(2).sub(last)).div(last)));
}

/**
 * The Hann window.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/window_functions.py` (`hanning`).
 * @example
 * hanning(3).tolist() // => [0, 1, 0]
 */
export function hanning(M: number): NDArray {
  if (arguments.length > 1) refuseSurplus("hanning", "M", arguments);
  return windowOf(M, "hanning", (n, last) => subtract(1, cos(n.mul(2 * PI).div(last))).mul(0.5));
}

/**
 * The Hamming window.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/window_functions.py` (`hamming`).
 * @example
 * hamming(3).round(2).tolist() // => [0.08, 1, 0.08]
 */
export function hamming(M: number): NDArray {
  if (arguments.length > 1) refuseSurplus("hamming", "M", arguments);
  return windowOf(M, "hamming", (n, last) => subtract(0.54, cos(n.mul(2 * PI).div(last)).mul(0.46)));
}

/**
 * The Blackman window.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/window_functions.py` (`blackman`).
 * @example
 * blackman(5).round(2).tolist() // => [-0, 0.34, 1, 0.34, -0]
 */
export function blackman(M: number): NDArray {
  if (arguments.length > 1) refuseSurplus("blackman", "M", arguments);
  return windowOf(M, "blackman", (n, last) =>
    subtract(0.42, cos(n.mul(2 * PI).div(last)).mul(0.5)).add(cos(n.mul(4 * PI).div(last)).mul(0.08)),
  );
}

/**
 * The Kaiser window.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/window_functions.py` (`kaiser`).
 * @param beta how narrow it is
 * @example
 * kaiser(3, 0).tolist() // => [1, 1, 1]
 */
export function kaiser(M: number, ...places: Given<[beta: ArrayLike], "beta">): NDArray;
export function kaiser(): NDArray {
  return inOrder(kaiserOf, arguments, 2, "kaiser M beta");
}

function kaiserOf(M: number, beta: ArrayLike): NDArray {
  const width = asNDArray(beta, 'kaiser: "beta"');
  return windowOf(M, "kaiser", (n, last) => {
    const ratio = n.sub(last / 2).div(last / 2);
    return i0(sqrt(subtract(1, square(ratio))).mul(width)).div(i0(width));
  });
}

/**
 * The modified Bessel function of the first kind and order 0 of each element, a float, within 0.501 ulp.
 *
 * Source: its power series. JAX's differs by its rounding.
 * @example
 * i0([0, 1]).tolist() // => [1, 1.2660658]
 */
export function i0(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("i0", "x", arguments);
  return unary(I0, floating(x, 'i0: "x"'));
}
