import { normBack } from "./normback";

/**
 * For each row ct = ct * factor + slope * (x * 2) + shift, in place.
 *
 * `ctPtr`, `xPtr` [rows, n], `factorPtr`, `slopePtr`, `shiftPtr` [n], all float32; up to three elements behind them are
 * read.
 */
export function batchNormBackF32(
  ctPtr: usize,
  xPtr: usize,
  factorPtr: usize,
  slopePtr: usize,
  shiftPtr: usize,
  rows: u32,
  n: u32,
): void {
  normBack(ctPtr, xPtr, factorPtr, 0, slopePtr, shiftPtr, rows, n, true);
}
