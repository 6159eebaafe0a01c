import { splitPowers } from "../exp";
import { exp } from "./exp";

/** `powersF32` of assembly/exp.ts, for the attention of this module. */
export function powersF32(ptr: usize, n: u32, fused: bool): void {
  const end = ptr + ((<usize>n) << 2);
  if (fused) for (; ptr < end; ptr += 16) v128.store(ptr, exp(v128.load(ptr)));
  else splitPowers(ptr, end);
}
