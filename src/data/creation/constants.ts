/** The constants of jax.numpy, as JavaScript numbers: arrays round them to their dtype. */

/** The ratio of a circle's circumference to its diameter. */
export const pi: number = Math.PI;

/** The base of the natural logarithm. */
export const e: number = Math.E;

/** Euler's constant. */
export const eulerGamma: number = 0.5772156649015329;

/** Positive infinity. */
export const inf: number = Infinity;

/** Not a number. */
export const nan: number = NaN;

/** In an index, a new axis of size 1. */
export const newaxis: null = null;
