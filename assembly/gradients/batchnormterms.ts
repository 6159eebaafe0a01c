import { normTerms } from "./normback";

/**
 * For each row ct = ct * (x - mean), in place: what the gradient of a batch norm sums.
 *
 * `ctPtr`, `xPtr` [rows, n], `meanPtr` [n], all float32; up to three elements behind them are read.
 */
export function batchNormTermsF32(ctPtr: usize, xPtr: usize, meanPtr: usize, rows: u32, n: u32): void {
  normTerms(ctPtr, xPtr, 0, meanPtr, 0, rows, n, true);
}
