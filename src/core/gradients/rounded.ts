/**
 * Arithmetic of `binaryF32` on numbers that are flushed already: rounded once, subnormals become zeros of their sign.
 */
import { flush } from "../../base/index.ts";

const { fround } = Math;

export function plus(a: number, b: number): number {
  return flush(fround(a + b));
}

export function times(a: number, b: number): number {
  return flush(fround(a * b));
}

export function over(a: number, b: number): number {
  return flush(fround(a / b));
}

/** A float32, flushed. */
export function rounded(x: number): number {
  return flush(fround(x));
}
