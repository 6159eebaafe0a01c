import { flush } from "./constants";
import { erf } from "./erf";
import { exp, logistic } from "./exp";
import { log, log1pNear, log1pOf } from "./log";
import { a, map, PASS } from "./map";
import { Unary } from "../opcodes";
import { expm1, tanh } from "./tanh";

/**
 * The function `op` of each element, one of those that this module has, in the profile `fma`. Subnormals count as zeros
 * of their sign, going in and coming out.
 *
 * `xPtr` [n], `outPtr` [n] float32 (the same address is allowed), both with room up to a multiple of 4.
 */
export function unaryF32(op: Unary, xPtr: usize, outPtr: usize, n: u32): void {
  switch (op) {
    case Unary.exp:
      return map<Exp>(xPtr, outPtr, n);
    case Unary.expm1:
      return map<Expm1>(xPtr, outPtr, n);
    case Unary.log:
      return map<Log>(xPtr, outPtr, n);
    case Unary.log1p:
      return log1pF32(xPtr, outPtr, n);
    case Unary.tanh:
      return map<Tanh>(xPtr, outPtr, n);
    case Unary.erf:
      return map<Erf>(xPtr, outPtr, n);
    default:
      return map<Logistic>(xPtr, outPtr, n);
  }
}

/** In two passes, because one is more than V8 has registers for. */
function log1pF32(xPtr: usize, outPtr: usize, n: u32): void {
  for (const end = xPtr + ((<usize>n) << 2); xPtr < end; xPtr += PASS, outPtr += PASS) {
    const bytes = min(PASS, end - xPtr);
    for (let i: usize = 0; i < bytes; i += 16) v128.store(a + i, log1pNear(flush(v128.load(xPtr + i))));
    for (let i: usize = 0; i < bytes; i += 16)
      v128.store(outPtr + i, log1pOf(flush(v128.load(xPtr + i)), v128.load(a + i)));
  }
}

class Exp {
  // @ts-ignore: decorator
  @inline
  of(x: v128): v128 {
    return exp(x);
  }
}

class Expm1 {
  // @ts-ignore: decorator
  @inline
  of(x: v128): v128 {
    return expm1(x);
  }
}

class Log {
  // @ts-ignore: decorator
  @inline
  of(x: v128): v128 {
    return log(x);
  }
}

class Tanh {
  // @ts-ignore: decorator
  @inline
  of(x: v128): v128 {
    return tanh(x);
  }
}

class Erf {
  // @ts-ignore: decorator
  @inline
  of(x: v128): v128 {
    return erf(x);
  }
}

class Logistic {
  // @ts-ignore: decorator
  @inline
  of(x: v128): v128 {
    return logistic(x);
  }
}
