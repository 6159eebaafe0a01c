import type { Descent } from "../../base/index.ts";
import { descend } from "./descend.ts";

const { fround, min } = Math;

/** The rows that are summed in one accumulator. */
const BLOCK = 256;

export function outerF32(x: Float32Array, y: Float32Array, out: Float32Array, rows: number, descent?: Descent): void {
  const n = x.length / rows;
  const m = y.length / rows;
  const part = rows > BLOCK ? new Float32Array(out.length) : out;
  for (let from = 0; from < rows; from += BLOCK) {
    const sums = from === 0 ? out : part;
    sums.fill(0);
    for (let k = from; k < min(rows, from + BLOCK); k++)
      for (let i = 0, at = 0; i < n; i++) {
        const xki = x[k * n + i]!;
        for (let j = k * m; j < (k + 1) * m; j++, at++) sums[at] = fround(sums[at]! + fround(xki * y[j]!));
      }
    if (from > 0) for (let i = 0; i < out.length; i++) out[i] = fround(out[i]! + part[i]!);
  }
  if (descent !== undefined) descend(out, descent);
}
