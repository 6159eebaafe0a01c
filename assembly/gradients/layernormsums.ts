import { normTerms } from "./normback";

/**
 * For each row ct = ct * (x - mean) * scale and x = -(ct * (root * scale)), in place: what `layerNormSumsF32` sums.
 *
 * `ctPtr`, `xPtr` [rows, n], `scalePtr` [n], `meanPtr`, `rootPtr` [rows], all float32. Up to three elements behind a
 * row are read.
 */
export function layerNormTermsF32(
  ctPtr: usize,
  xPtr: usize,
  scalePtr: usize,
  meanPtr: usize,
  rootPtr: usize,
  rows: u32,
  n: u32,
): void {
  normTerms(ctPtr, xPtr, scalePtr, meanPtr, rootPtr, rows, n, false);
}
