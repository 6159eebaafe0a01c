import { flush } from "../base/index.ts";
import { fusedLog, fusedRational, RATIONAL_BELOW, splitLog, splitRational } from "./log.ts";

const { abs, fround, sqrt } = Math;

/** The coefficients in w - 2.5, highest power first. */
const C8 = fround(2.8102264e-8); // 32F16588
const C7 = fround(3.4327394e-7); // 34B84B36
const C6 = fround(-3.5233877e-6); // B66C7357
const C5 = fround(-4.3915065e-6); // B6935AC1
const C4 = fround(0.00021858087); // 396532DB
const C3 = fround(-0.001253725); // BAA45408
const C2 = fround(-0.0041776816); // BB88E4EF
const C1 = fround(0.24664073); // 3E7C8F63
const C0 = fround(1.5014094); // 3FC02E2F

/** The coefficients in sqrt(w) - 3. */
const T8 = fround(-0.00020021426); // B951F09B
const T7 = fround(0.00010095056); // 38D3B56B
const T6 = fround(0.0013493432); // 3AB0DC72
const T5 = fround(-0.0036734284); // BB70BDE7
const T4 = fround(0.0057395077); // 3BBC127B
const T3 = fround(-0.0076224613); // BBF9C5D7
const T2 = fround(0.0094388705); // 3C1AA57E
const T1 = fround(1.001674); // 3F8036DB
const T0 = fround(2.8329768); // 40354F7E

/** Elements a pass. */
const CHUNK = 1024;
const ws = new Float64Array(CHUNK);

/**
 * The inverse error function of each float32 in (-1, 1). At -1 and 1 it is infinite, outside it is NaN. `out` may be
 * `x`.
 *
 * Two passes, each a short chain of operations that a processor overlaps with the next element's. One pass takes 1.5
 * times as long.
 *
 * Source: Giles, "Approximating the erfinv function" (GPU Computing Gems, 2011), as `chlo.erf_inv` expands it in jaxlib
 * 0.10.2.
 */
export function erfInvF32(x: Float32Array, out: Float32Array, fused: boolean): void {
  for (let start = 0; start < x.length; start += CHUNK) {
    const end = Math.min(x.length, start + CHUNK);
    if (fused) {
      fusedLogs(x, start, end);
      fusedInverses(x, out, start, end);
    } else {
      splitLogs(x, start, end);
      splitInverses(x, out, start, end);
    }
  }
}

/** w = -log1p(-x^2) of the elements from `start` to `end`, to `ws`. */
function fusedLogs(x: Float32Array, start: number, end: number): void {
  for (let i = start; i < end; i++) {
    const s = fround(x[i]! * x[i]!);
    ws[i - start] = -(s < RATIONAL_BELOW ? fusedRational(-s) : fusedLog(fround(1 - s)));
  }
}

/** Like `fusedLogs`, each product rounded. */
function splitLogs(x: Float32Array, start: number, end: number): void {
  for (let i = start; i < end; i++) {
    const s = fround(x[i]! * x[i]!);
    ws[i - start] = -(s < RATIONAL_BELOW ? splitRational(-s) : splitLog(fround(1 - s)));
  }
}

/** The results, from `ws` and x. */
function fusedInverses(x: Float32Array, out: Float32Array, start: number, end: number): void {
  for (let i = start; i < end; i++) {
    const w = ws[i - start]!;
    const u = x[i]!;
    const p = w < 5 ? fusedCentre(fround(w - 2.5)) : fusedTail(fround(fround(sqrt(w)) - 3));
    // Flushing the result covers subnormal x too, because p is less than 1 there.
    out[i] = flush(abs(u) === 1 ? u * Infinity : fround(p * u));
  }
}

/** Like `fusedInverses`, each product rounded. */
function splitInverses(x: Float32Array, out: Float32Array, start: number, end: number): void {
  for (let i = start; i < end; i++) {
    const w = ws[i - start]!;
    const u = x[i]!;
    const p = w < 5 ? splitCentre(fround(w - 2.5)) : splitTail(fround(fround(sqrt(w)) - 3));
    out[i] = flush(abs(u) === 1 ? u * Infinity : fround(p * u));
  }
}

/** The polynomial where w < 5. Written out, as in log.ts. */
function fusedCentre(t: number): number {
  let p = fround(C8 * t + C7);
  p = fround(p * t + C6);
  p = fround(p * t + C5);
  p = fround(p * t + C4);
  p = fround(p * t + C3);
  p = fround(p * t + C2);
  p = fround(p * t + C1);
  return fround(p * t + C0);
}

/** The polynomial elsewhere. */
function fusedTail(t: number): number {
  let p = fround(T8 * t + T7);
  p = fround(p * t + T6);
  p = fround(p * t + T5);
  p = fround(p * t + T4);
  p = fround(p * t + T3);
  p = fround(p * t + T2);
  p = fround(p * t + T1);
  return fround(p * t + T0);
}

/** Like `fusedCentre`, each product rounded. */
function splitCentre(t: number): number {
  let p = fround(fround(C8 * t) + C7);
  p = fround(fround(p * t) + C6);
  p = fround(fround(p * t) + C5);
  p = fround(fround(p * t) + C4);
  p = fround(fround(p * t) + C3);
  p = fround(fround(p * t) + C2);
  p = fround(fround(p * t) + C1);
  return fround(fround(p * t) + C0);
}

/** Like `fusedTail`, each product rounded. */
function splitTail(t: number): number {
  let p = fround(fround(T8 * t) + T7);
  p = fround(fround(p * t) + T6);
  p = fround(fround(p * t) + T5);
  p = fround(fround(p * t) + T4);
  p = fround(fround(p * t) + T3);
  p = fround(fround(p * t) + T2);
  p = fround(fround(p * t) + T1);
  return fround(fround(p * t) + T0);
}
