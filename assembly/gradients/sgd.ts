import { flush } from "../fma";
import { plus, times } from "./rounded";

/** p = p + rate * g, in place. `pPtr`, `gPtr` [n] float32 with room up to a multiple of 4. */
export function sgdF32(pPtr: usize, gPtr: usize, n: u32, rate: f32): void {
  const step = flush(f32x4.splat(rate));
  for (const end = pPtr + ((<usize>n) << 2); pPtr < end; pPtr += 16, gPtr += 16)
    v128.store(pPtr, plus(flush(v128.load(pPtr)), times(step, flush(v128.load(gPtr)))));
}
