/** Sizes of padding "SAME", and kernels in the layouts of the other libraries. */
import { transposed } from "../transposed.ts";
import type { Shape } from "./contest.ts";

/** The padding before and after an axis, and its outputs. */
export function same(size: number, kernel: number, stride: number, dilation = 1): [number, number, number] {
  const outputs = Math.ceil(size / stride);
  const padding = Math.max(0, (outputs - 1) * stride + (kernel - 1) * dilation + 1 - size);
  return [padding >> 1, padding - (padding >> 1), outputs];
}

/** A kernel [rows, columns, from, to] as [to, from, rows, columns], which onnxruntime-web takes. */
export function outputsFirst(kernel: Float32Array, shape: Shape): Float32Array {
  return transposed(kernel, shape, [3, 2, 0, 1]);
}

/** A kernel [rows, columns, from, to] as [to, rows, columns, from], which LiteRT.js takes. */
export function inputsLast(kernel: Float32Array, shape: Shape): Float32Array {
  return transposed(kernel, shape, [3, 0, 1, 2]);
}

/** A kernel turned by half a turn: Flax slides it as it is, a gradient of a convolution the other way round. */
export function turned(kernel: Float32Array, [rows, columns, from, to]: Shape): Float32Array {
  const block = from! * to!;
  const places = rows! * columns!;
  const out = new Float32Array(kernel.length);
  for (let i = 0; i < places; i++) out.set(kernel.subarray(i * block, (i + 1) * block), (places - 1 - i) * block);
  return out;
}
