import { log1p } from "./log.ts";

const { fround, sqrt } = Math;

// The centre, in t = w - 2.5, highest power first: 32F16588 34B84B36 B66C7357 B6935AC1 396532DB BAA45408 BB88E4EF 3E7C8F63 3FC02E2F
const C0 = fround(2.8102264e-8);
const C1 = fround(3.4327394e-7);
const C2 = fround(-3.5233877e-6);
const C3 = fround(-4.3915065e-6);
const C4 = fround(0.00021858087);
const C5 = fround(-0.001253725);
const C6 = fround(-0.0041776816);
const C7 = fround(0.24664073);
const C8 = fround(1.5014094);

// The tails, in t = sqrt(w) - 3: B951F09B 38D3B56B 3AB0DC72 BB70BDE7 3BBC127B BBF9C5D7 3C1AA57E 3F8036DB 40354F7E
const T0 = fround(-0.00020021426);
const T1 = fround(0.00010095056);
const T2 = fround(0.0013493432);
const T3 = fround(-0.0036734284);
const T4 = fround(0.0057395077);
const T5 = fround(-0.0076224613);
const T6 = fround(0.0094388705);
const T7 = fround(1.001674);
const T8 = fround(2.8329768);

/**
 * The inverse error function of a float32 `x` in (-1, 1); at -1 and 1 it is infinite, outside NaN. Profile `fma`
 * (`fround(p * t + c)` is the fused step).
 *
 * Source: Giles, "Approximating the erfinv function" (GPU Computing Gems, 2011), as `chlo.erf_inv` expands it in
 * jaxlib 0.10.2.
 */
export function erfInv(x: number): number {
  if (Math.abs(x) === 1) return x * Infinity;
  const w = -log1p(fround(x * -x));
  let p: number;
  if (w < 5) {
    const t = fround(w - 2.5);
    p = fround(C0 * t + C1);
    p = fround(p * t + C2);
    p = fround(p * t + C3);
    p = fround(p * t + C4);
    p = fround(p * t + C5);
    p = fround(p * t + C6);
    p = fround(p * t + C7);
    p = fround(p * t + C8);
  } else {
    const t = fround(fround(sqrt(w)) - 3);
    p = fround(T0 * t + T1);
    p = fround(p * t + T2);
    p = fround(p * t + T3);
    p = fround(p * t + T4);
    p = fround(p * t + T5);
    p = fround(p * t + T6);
    p = fround(p * t + T7);
    p = fround(p * t + T8);
  }
  return fround(p * x);
}
