import { erf } from "./erf";
import { erfInv, fusedErfInvF32 } from "./erfinv";
import { expF32, logisticF32 } from "./exp";
import { flush } from "./fma";
import { log, log1p } from "./log";
import { Unary } from "./opcodes";
import { PASS } from "./scratch";
import { expm1, tanh } from "./tanh";
import { trigonometric } from "./trigonometry";

/**
 * The function `op` of each element, in the profile `fused`. Subnormals count as zeros of their sign, going in and
 * coming out.
 *
 * `xPtr` [n], `outPtr` [n] float32 (the same address is allowed), both with room up to a multiple of 16.
 */
export function unaryF32(op: Unary, xPtr: usize, outPtr: usize, n: u32, fused: bool): void {
  if (op == Unary.erfInv && fused) {
    fusedErfInvF32(xPtr, outPtr, n);
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
  if (op == Unary.sqrt) {
    for (const end = xPtr + ((<usize>n) << 2); xPtr < end; xPtr += 16, outPtr += 16)
      v128.store(outPtr, f32x4.sqrt(flush(v128.load(xPtr))));
    return;
  }
  // Near 0 these give x itself, subnormals too, as XLA's select does. Of the others only erf_inv has subnormal results.
  const keep = op == Unary.tanh || op == Unary.expm1;
  for (const end = xPtr + ((<usize>n) << 2); xPtr < end; xPtr += PASS * 4, outPtr += PASS * 4) {
    const count = min<u32>(PASS, (<u32>(end - xPtr)) >> 2);
    const bytes = (<usize>count) << 2;
    for (let i: usize = 0; i < bytes; i += 32) {
      const low = v128.load(xPtr + i);
      const high = v128.load(xPtr + i, 16);
      v128.store(outPtr + i, keep ? low : flush(low));
      v128.store(outPtr + i, keep ? high : flush(high), 16);
    }
    apply(op, outPtr, count, fused);
  }
}

function apply(op: Unary, ptr: usize, n: u32, fused: bool): void {
  switch (op) {
    case Unary.expm1:
      return expm1(ptr, n, fused);
    case Unary.log:
      return log(ptr, n, fused);
    case Unary.log1p:
      return log1p(ptr, n, fused);
    case Unary.tanh:
      return tanh(ptr, n, fused);
    case Unary.erf:
      return erf(ptr, n);
    case Unary.erfInv:
      return erfInv(ptr, n, false);
    default:
      return trigonometric(op, ptr, n);
  }
}
