/** Steps of optimizers on one array of parameters, float32 and of one shape throughout: new arrays, one pass each. */
import { gradientKernels } from "../../backend/index.ts";
import type { AdamNumbers, Descent } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { emptyData } from "../arraydata.ts";
import { descendPending } from "./pendingouter.ts";

/** p + rate * g. */
export function sgdData(p: ArrayData, g: ArrayData, rate: number): ArrayData {
  const out = emptyData(p.shape, "float32");
  if (!descendPending(g, of(out), { kind: "sgd", p: of(p), rate }))
    gradientKernels().sgdF32(of(p), of(g), of(out), rate);
  return out;
}

/** The parameters after a step with momentum, and the trace. */
export function momentumData(
  p: ArrayData,
  g: ArrayData,
  trace: ArrayData,
  rate: number,
  decay: number,
  nesterov: boolean,
): [p: ArrayData, trace: ArrayData] {
  const [out, next] = [emptyData(p.shape, "float32"), emptyData(p.shape, "float32")];
  gradientKernels().momentumF32(of(p), of(g), of(trace), of(out), of(next), rate, decay, nesterov);
  return [out, next];
}

/** The parameters after a step of Adam, and the averages of gradients and of their squares. */
export function adamData(
  p: ArrayData,
  g: ArrayData,
  m: ArrayData,
  v: ArrayData,
  numbers: AdamNumbers,
): [p: ArrayData, m: ArrayData, v: ArrayData] {
  const [out, mOut, vOut] = [
    emptyData(p.shape, "float32"),
    emptyData(p.shape, "float32"),
    emptyData(p.shape, "float32"),
  ];
  const step: Descent = { kind: "adam", p: of(p), m: of(m), v: of(v), mOut: of(mOut), vOut: of(vOut), numbers };
  if (!descendPending(g, of(out), step))
    gradientKernels().adamF32(step.p, of(g), step.m, step.v, of(out), step.mOut, step.vOut, numbers);
  return [out, mOut, vOut];
}

function of(x: ArrayData): Float32Array {
  return x.storage.data as Float32Array;
}
