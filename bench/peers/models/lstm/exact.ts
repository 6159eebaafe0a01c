/** The LSTM in float64 loops: what all others are checked against. */
import { multiplyRowExactly } from "../../plain.ts";
import type { Lstm } from "./model.ts";
import { FEATURES, STEPS } from "./model.ts";

export function lstm({ cell, dense }: Lstm): { run: (input: Float32Array) => Float64Array } {
  const run = (input: Float32Array): Float64Array => {
    const [c, h] = [new Float64Array(FEATURES), new Float64Array(FEATURES)];
    for (let step = 0; step < STEPS; step++) {
      const gates = Float64Array.from(cell.bias);
      multiplyRowExactly(input, step * FEATURES, FEATURES, cell.input, gates, 0, gates.length);
      multiplyRowExactly(h, 0, FEATURES, cell.hidden, gates, 0, gates.length);
      for (let i = 0; i < FEATURES; i++) {
        const [enter, forget, value, leave] = [0, 1, 2, 3].map((gate) => gates[gate * FEATURES + i]!);
        c[i] = sigmoid(forget!) * c[i]! + sigmoid(enter!) * Math.tanh(value!);
        h[i] = sigmoid(leave!) * Math.tanh(c[i]!);
      }
    }
    const y = Float64Array.from(dense.bias);
    multiplyRowExactly(h, 0, dense.n, dense.kernel, y, 0, dense.m);
    return y;
  };
  return { run };
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
