import type { CellName } from "../../base/index.ts";
import { GATES } from "../../base/index.ts";
import { matmulF32 } from "../matmul.ts";
import { binaryF32 } from "../binary.ts";
import { cellF32 } from "./cell.ts";

export function stepsF32(
  op: CellName,
  x: Float32Array,
  w: readonly Float32Array[],
  bias: Float32Array | undefined,
  hidden: Float32Array,
  state: Float32Array | undefined,
  out: Float32Array,
  n: number,
  _immutable: boolean,
  fused: boolean,
): void {
  const gates = GATES[op] * n;
  const width = gates / w.length;
  const sums = new Float32Array(gates);
  for (let t = 0; t * n < out.length; t++) {
    const [row, next] = [x.subarray(t * gates, (t + 1) * gates), out.subarray(t * n, (t + 1) * n)];
    w.forEach((kernel, i) => matmulF32(hidden, kernel, undefined, sums.subarray(i * width, (i + 1) * width), 1));
    if (bias !== undefined) binaryF32("add", sums, bias, sums);
    if (op === "lstm") cellF32(op, row, sums, state!.slice(), state!, next, n, fused);
    else cellF32(op, row, sums, state && hidden, next, undefined, n, fused);
    hidden = next;
  }
}
