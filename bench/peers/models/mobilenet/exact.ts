/** MobileNetV2 in float64 loops: what all others are checked against. */
import { multiplyRowExactly } from "../../plain.ts";
import { same } from "../../sweep/images.ts";
import type { MobileNet, Unit } from "./model.ts";
import { EPSILON, IMAGE } from "./model.ts";

export function mobilenet({ blocks, dense }: MobileNet): { run: (input: Float32Array) => Float64Array } {
  const run = (input: Float32Array): Float64Array => {
    let x: Float64Array = Float64Array.from(input);
    let side = IMAGE;
    for (const { units, residual } of blocks) {
      let y = x;
      for (const one of units) {
        y = unit(y, side, one);
        side = Math.ceil(side / one.stride);
      }
      x = residual ? y.map((value, i) => value + x[i]!) : y;
    }
    const logits = Float64Array.from(dense.bias);
    multiplyRowExactly(means(x, dense.n), 0, dense.n, dense.kernel, logits, 0, dense.m);
    return logits;
  };
  return { run };
}

function unit(x: Float64Array, side: number, one: Unit): Float64Array {
  const { from, to, size, stride, depthwise, kernel, norm, relu6 } = one;
  const [low, , rows] = same(side, size, stride);
  const y = new Float64Array(rows * rows * to);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < rows; column++) {
      const at = (row * rows + column) * to;
      for (let place = 0; place < size * size; place++) {
        const i = row * stride + Math.floor(place / size) - low;
        const j = column * stride + (place % size) - low;
        if (i < 0 || i >= side || j < 0 || j >= side) continue;
        const pixel = (i * side + j) * from;
        if (depthwise) for (let c = 0; c < to; c++) y[at + c] = y[at + c]! + x[pixel + c]! * kernel[place * to + c]!;
        else multiplyRowExactly(x, pixel, from, kernel.subarray(place * from * to), y, at, to);
      }
    }
  }
  return y.map((value, i) => {
    const c = i % to;
    const factor = norm.scale[c]! / Math.sqrt(norm.variance[c]! + EPSILON);
    const normed = (value - norm.mean[c]!) * factor + norm.bias[c]!;
    return relu6 ? Math.min(Math.max(normed, 0), 6) : normed;
  });
}

function means(x: Float64Array, features: number): Float64Array {
  const sums = new Float64Array(features);
  for (let i = 0; i < x.length; i++) sums[i % features] = sums[i % features]! + x[i]!;
  return sums.map((sum) => (sum * features) / x.length);
}
