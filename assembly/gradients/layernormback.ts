import { normBack } from "./normback";

/**
 * For each row ct = ct * (root * scale) + slope * (x * 2) + shift, in place.
 *
 * `ctPtr`, `xPtr` [rows, n], `scalePtr` [n], `rootPtr`, `slopePtr`, `shiftPtr` [rows], all float32. Up to three
 * elements behind a row are read.
 */
export function layerNormBackF32(
  ctPtr: usize,
  xPtr: usize,
  scalePtr: usize,
  rootPtr: usize,
  slopePtr: usize,
  shiftPtr: usize,
  rows: u32,
  n: u32,
): void {
  normBack(ctPtr, xPtr, scalePtr, rootPtr, slopePtr, shiftPtr, rows, n, false);
}
