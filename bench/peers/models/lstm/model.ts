/** An LSTM over a sequence, and a dense layer on its last output. */
import type { nnx as Nnx, random as Random } from "../../../../src/index.ts";
import type { Cell } from "../../cells.ts";
import { flaxen } from "../../libraries.ts";
import type { Dense } from "../model.ts";

export const STEPS = 100;
export const FEATURES = 256;

/** Input [STEPS, FEATURES], output [10]. */
export interface Lstm {
  readonly cell: Cell;
  readonly dense: Dense;
}

export function drawLstm(): Lstm {
  const { nnx, random } = flaxen as { nnx: typeof Nnx; random: typeof Random };
  const rngs = new nnx.Rngs(6);
  const normals = (size: number, scale: number): Float32Array =>
    (random.normal(rngs.params(), [size]).data as Float32Array).map((value) => value * scale);
  const matrix = (n: number, m: number): Float32Array => normals(n * m, 1 / Math.sqrt(n));
  const cell = {
    width: FEATURES,
    gates: 4,
    input: matrix(FEATURES, 4 * FEATURES),
    hidden: matrix(FEATURES, 4 * FEATURES),
    bias: normals(4 * FEATURES, 0.1),
  };
  return { cell, dense: { n: FEATURES, m: 10, kernel: matrix(FEATURES, 10), bias: normals(10, 0.1) } };
}
