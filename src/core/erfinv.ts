import { horner, table } from "./horner.ts";
import { log1p } from "./log.ts";

const { fround } = Math;

/** In w - 2.5: 2.8102264e-8 3.4327394e-7 -3.5233877e-6 -4.3915065e-6 0.00021858087 -0.001253725 -0.0041776816 0.24664073 1.5014094 */
const CENTRE = table(0x32f16588, 0x34b84b36, 0xb66c7357, 0xb6935ac1, 0x396532db, 0xbaa45408, 0xbb88e4ef, 0x3e7c8f63, 0x3fc02e2f);

/** In sqrt(w) - 3: -0.00020021426 0.00010095056 0.0013493432 -0.0036734284 0.0057395077 -0.0076224613 0.0094388705 1.001674 2.8329768 */
const TAIL = table(0xb951f09b, 0x38d3b56b, 0x3ab0dc72, 0xbb70bde7, 0x3bbc127b, 0xbbf9c5d7, 0x3c1aa57e, 0x3f8036db, 0x40354f7e);

/**
 * The inverse error function of a float32 `x` in (-1, 1); at -1 and 1 it is infinite, outside NaN.
 *
 * Source: Giles, "Approximating the erfinv function" (GPU Computing Gems, 2011), as `chlo.erf_inv` expands it in
 * jaxlib 0.10.2.
 */
export function erfInv(x: number, fused: boolean): number {
  if (Math.abs(x) === 1) return x * Infinity;
  const w = -log1p(fround(x * -x), fused);
  const p = w < 5 ? horner(CENTRE, fround(w - 2.5), fused) : horner(TAIL, fround(fround(Math.sqrt(w)) - 3), fused);
  return fround(p * x);
}
