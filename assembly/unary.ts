import { erf, erfInv, expm1, log, log1p, tanh } from "./elementary";
import { flush } from "./fma";
import { fusedErfInvF32 } from "./inverse";
import { round } from "./lanes";
import { expF32, logisticF32 } from "./powers";
import { fusedTanhF32 } from "./tanh";
import { cos, sin, tan } from "./trigonometry";
import { fraction } from "./uniform";

/** The functions by number; src/wasm/kernels.ts has the same list. */
export const enum Unary {
  exp,
  expm1,
  log,
  log1p,
  tanh,
  erf,
  erfInv,
  logistic,
  sqrt,
  sin,
  cos,
  tan,
}

/**
 * The function `op` of each element: `xPtr` [n] float32, `outPtr` [n] float32 (the same address is allowed), both with
 * room up to a multiple of 8. `fused` is the profile. Subnormals count as zeros of their sign, on the way in and out.
 */
export function unaryF32(op: Unary, fused: bool, xPtr: usize, outPtr: usize, n: u32): void {
  if (op == Unary.erfInv && fused) {
    fusedErfInvF32(xPtr, outPtr, n);
    return;
  }
  if (op == Unary.tanh && fused) {
    fusedTanhF32(xPtr, outPtr, n);
    return;
  }
  if (op == Unary.exp) {
    expF32(xPtr, outPtr, n, fused);
    return;
  }
  if (op == Unary.logistic) {
    logisticF32(xPtr, outPtr, n, fused);
    return;
  }
  // Near 0 these give x itself, subnormals too, as XLA's select does; no other result of theirs is subnormal.
  const keep = op == Unary.tanh || op == Unary.expm1;
  const end = xPtr + (<usize>n << 2);
  for (; xPtr < end; xPtr += 8, outPtr += 8) {
    const loaded = v128.load64_zero(xPtr);
    const x = f64x2.promote_low_f32x4(keep ? loaded : flush(loaded));
    const y = f32x4.demote_f64x2_zero(apply(op, x, fused));
    v128.store64_lane(outPtr, keep ? y : flush(y), 0);
  }
}

function apply(op: Unary, x: v128, fused: bool): v128 {
  switch (op) {
    case Unary.expm1: return expm1(x, fused);
    case Unary.log: return log(x, fused);
    case Unary.log1p: return log1p(x, fused);
    case Unary.tanh: return tanh(x, fused);
    case Unary.erf: return erf(x);
    case Unary.erfInv: return erfInv(x, false);
    case Unary.sqrt: return f64x2.sqrt(x);
    case Unary.sin: return f64x2(sin(f64x2.extract_lane(x, 0)), sin(f64x2.extract_lane(x, 1)));
    case Unary.cos: return f64x2(cos(f64x2.extract_lane(x, 0)), cos(f64x2.extract_lane(x, 1)));
    case Unary.tan: return f64x2(tan(f64x2.extract_lane(x, 0)), tan(f64x2.extract_lane(x, 1)));
    default: return unreachable();
  }
}

/**
 * As `normalFromBitsF32`, in the profile that rounds every product: `bitsPtr` [n] uint32, `outPtr` [n] float32 (the same
 * address is allowed), both with room up to a multiple of 2.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_normal_real`).
 */
export function splitNormalFromBitsF32(bitsPtr: usize, outPtr: usize, n: u32): void {
  const end = bitsPtr + (<usize>n << 2);
  for (; bitsPtr < end; bitsPtr += 8, outPtr += 8) {
    const f = fraction(v128.load64_zero(bitsPtr));
    // The span from the float32 after -1 to 1 rounds to 2.
    const u = f64x2.promote_low_f32x4(f32x4.add(f32x4.add(f, f), f32x4.splat(-0.99999994)));
    const y = round(f64x2.mul(erfInv(u, false), f64x2.splat(1.4142135381698608))); // sqrt(2) 3FB504F3
    v128.store64_lane(outPtr, f32x4.demote_f64x2_zero(y), 0);
  }
}
