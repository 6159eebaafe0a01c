import type { CellBackName } from "../../base/index.ts";
import { flush } from "../../base/index.ts";
import { plus, times } from "./rounded.ts";

/** From the cotangent of one element of the result and what it was computed of to the cotangents of these. */
type Back = (ct: number, inputs: readonly number[]) => readonly number[];

const BACK: Record<CellBackName, Back> = {
  lstm: (ct, [i, f, g, c]) => [
    throughLogistic(times(ct, g!), i!),
    throughLogistic(times(ct, c!), f!),
    throughTanh(times(ct, i!), g!),
    times(ct, f!),
  ],
  gru: (ct, [r, z, m, q, h]) => {
    const d = throughTanh(times(ct, plus(1, -z!)), m!);
    return [
      throughLogistic(times(d, q!), r!),
      throughLogistic(plus(times(ct, h!), -times(ct, m!)), z!),
      d,
      times(d, r!),
      times(ct, z!),
    ];
  },
  hidden: (ct, [o, t]) => [throughLogistic(times(ct, t!), o!), throughTanh(times(ct, o!), t!)],
};

/** `d` times the slope of a logistic function that gave `y`. */
function throughLogistic(d: number, y: number): number {
  return times(d, times(y, plus(1, -y)));
}

/** `d` times the slope of a tanh that gave `y`. */
function throughTanh(d: number, y: number): number {
  return times(times(d, plus(1, -y)), plus(1, y));
}

export function cellBackF32(
  op: CellBackName,
  ct: Float32Array,
  inputs: readonly Float32Array[],
  out: readonly Float32Array[],
): void {
  const back = BACK[op];
  for (let i = 0; i < ct.length; i++) {
    const cts = back(
      flush(ct[i]!),
      inputs.map((input) => flush(input[i]!)),
    );
    cts.forEach((value, k) => (out[k]![i] = value));
  }
}
