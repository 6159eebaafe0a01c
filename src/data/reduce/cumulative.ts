import type { ArrayData } from "../arraydata.ts";
import { castData, zerosData } from "../arraydata.ts";
import type { TypedArray } from "../dtype.ts";
import { isFloat } from "../dtype.ts";
import { reduction } from "./axes.ts";
import type { ReductionLoop } from "./reductionloops.ts";
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
  const out = zerosData(x.shape, integer ? dtype : "float32");
  const to = out.storage.data;
  const loop = LOOPS[kind][integer ? "integer" : "float"];
  const width = n * inner;
  for (let i = 0; i < to.length; i += width) for (let j = i; j < i + inner; j++) loop(data, j, inner, i + width, to);
  return castData(out, dtype);
}

function runningSums(x: TypedArray, at: number, step: number, end: number, steps?: TypedArray): number {
  const width = BLOCK * step;
  if (steps === undefined || end - at <= width) return REDUCTION_LOOPS.sum(x, at, step, end, steps);
  const sums = new Float32Array(Math.ceil((end - at) / width));
  for (let block = 0, from = at; block < sums.length; block++, from += width)
    sums[block] = REDUCTION_LOOPS.sum(x, from, step, Math.min(from + width, end), steps);
  runningSums(sums, 0, 1, sums.length, sums);
  for (let block = 1, from = at + width; block < sums.length; block++, from += width)
    for (let i = from; i < Math.min(from + width, end); i += step) steps[i] = sums[block - 1]! + steps[i]!;
  return sums[sums.length - 1]!;
}

const LOOPS: Record<"cumsum" | "cumprod", Record<"integer" | "float", ReductionLoop>> = {
  cumsum: { integer: REDUCTION_LOOPS.integerSum, float: runningSums },
  cumprod: { integer: REDUCTION_LOOPS.integerProduct, float: REDUCTION_LOOPS.product },
};
