import { kernels } from "../../backend/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, emptyData } from "../arraydata.ts";
import { isFloat } from "../dtype.ts";
import { reduction } from "./axes.ts";
import { REDUCTION_LOOPS } from "./reductionloops.ts";

/** Terms of a running sum in one go. */
const BLOCK = 1024;

/**
 * Running sums or products along `axis`, ascending, one accumulator. Running sums of floats begin anew every 1,024
 * terms; what the blocks before a term add up to, a running sum of their sums in the same way, is added to it.
 */
export function cumulativeData(kind: "cumsum" | "cumprod", x: ArrayData, axis: number): ArrayData {
  const integer = !isFloat(x.dtype);
  const { data, n, inner } = reduction(integer ? x : castData(x, "float32"), [axis], true);
  const dtype = x.dtype === "bool" ? "int32" : x.dtype;
  const out = emptyData(x.shape, integer ? dtype : "float32");
  const to = out.storage.data;
  const width = n * inner;
  if (integer) {
    const loop = kind === "cumsum" ? REDUCTION_LOOPS.integerSum : REDUCTION_LOOPS.integerProduct;
    for (let i = 0; i < to.length; i += width) for (let j = i; j < i + inner; j++) loop(data, j, inner, i + width, to);
  } else if (to.length > 0) {
    const [from, floats] = [data as Float32Array, to as Float32Array];
    if (kind === "cumprod") kernels().cumulateF32("multiply", from, floats, n, inner);
    else runningSums(from, floats, n, inner);
  }
  return castData(out, dtype);
}

/** Running sums of `x` [outer, n, inner] to `out`, which may be `x`. */
function runningSums(x: Float32Array, out: Float32Array, n: number, inner: number): void {
  if (n <= BLOCK) return kernels().cumulateF32("add", x, out, n, inner);
  const width = n * inner;
  const block = BLOCK * inner;
  const whole = Math.floor(n / BLOCK) * block;
  const blocks = Math.ceil(n / BLOCK);
  const sums = new Float32Array((out.length / width) * blocks * inner);
  for (let line = 0, to = 0; line < out.length; line += width) {
    const [rest, end] = [line + whole, line + width];
    kernels().cumulateF32("add", x.subarray(line, rest), out.subarray(line, rest), BLOCK, inner);
    if (rest < end) kernels().cumulateF32("add", x.subarray(rest, end), out.subarray(rest, end), n % BLOCK, inner);
    for (let at = line; at < end; at += block, to += inner) {
      const last = Math.min(at + block, end);
      sums.set(out.subarray(last - inner, last), to);
    }
  }
  runningSums(sums, sums, blocks, inner);
  for (let line = 0, before = 0; line < out.length; line += width, before += blocks * inner) {
    for (let i = line + block; i < line + width; i++) {
      const j = i - line;
      out[i] = sums[before + (Math.floor(j / block) - 1) * inner + (j % inner)]! + out[i]!;
    }
  }
}
