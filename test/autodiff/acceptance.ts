/** When a gradient is right: the rules for recorded ones. */

export const UNIT = 2 ** -22;

/** The root of the mean square of all elements of some arrays. */
export function rms(arrays: readonly ArrayLike<number>[]): number {
  let sum = 0;
  let n = 0;
  for (const array of arrays) for (let i = 0; i < array.length; i++, n++) sum += array[i]! ** 2;
  return n === 0 ? 0 : Math.sqrt(sum / n);
}

/** The greatest difference between two arrays; Infinity if a NaN or the lengths differ. */
export function largestError(got: ArrayLike<number>, want: ArrayLike<number>): number {
  if (got.length !== want.length) return Infinity;
  let worst = 0;
  for (let i = 0; i < want.length; i++) {
    const error = got[i] === want[i] || (got[i] !== got[i] && want[i] !== want[i]) ? 0 : Math.abs(got[i]! - want[i]!);
    if (!(error <= worst)) worst = error === error ? error : Infinity;
  }
  return worst;
}

/**
 * What is wrong with a gradient that should be accurate; "" if nothing is. Its largest error against float64 may be 4
 * times that of JAX's float32, or 2^-22 of the rms of all gradients of the case.
 */
export function inaccuracy(
  got: ArrayLike<number>,
  jax: ArrayLike<number>,
  exact: ArrayLike<number>,
  scale: number,
): string {
  const limit = Math.max(4 * largestError(jax, exact), UNIT * scale);
  const error = largestError(got, exact);
  return error <= limit ? "" : `error ${error} is more than ${limit}: got ${show(got)}, expected ${show(exact)}`;
}

/**
 * What is wrong with a gradient at ties, zeros and infinities: special values are JAX's, others within 4 ulp.
 *
 * @param noise what counts as zero on both sides, where JAX's zero is a difference of rounded numbers
 */
export function unconventional(got: ArrayLike<number>, jax: ArrayLike<number>, noise = 0): string {
  for (let i = 0; i < jax.length; i++)
    if (!isConventional(got[i]!, jax[i]!) && !(Math.abs(got[i]!) <= noise && Math.abs(jax[i]!) <= noise))
      return `element ${i}: got ${show(got)}, expected ${show(jax)}`;
  return got.length === jax.length ? "" : `got ${got.length} elements, expected ${jax.length}`;
}

function isConventional(got: number, jax: number): boolean {
  if (got === jax || (got !== got && jax !== jax)) return true;
  return Number.isFinite(got) && Number.isFinite(jax) && jax !== 0 && Math.abs(got - jax) <= 4 * ulp(jax);
}

/** The distance of float32 numbers about `x`. */
export function ulp(x: number): number {
  const words = new Uint32Array(1);
  const float = new Float32Array(words.buffer);
  float[0] = Math.max(Math.abs(x), 2 ** -126);
  const from = float[0];
  words[0] = words[0]! + 1;
  return float[0] - from;
}

function show(x: ArrayLike<number>): string {
  return `[${Array.from({ length: Math.min(x.length, 24) }, (_, i) => x[i]!.toPrecision(9)).join(", ")}]`;
}
