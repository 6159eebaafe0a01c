/** The LSTM of flaxen's layers. */
import type * as Flaxen from "../../../../src/index.ts";
import type { Cell } from "../../cells.ts";
import { flaxen } from "../../libraries.ts";
import type { Dense, Runner } from "../model.ts";
import type { Lstm } from "./model.ts";
import { FEATURES, STEPS } from "./model.ts";

const { nnx, numpy } = flaxen as typeof Flaxen;
type NDArray = Flaxen.NDArray;

const rngs = new nnx.Rngs(0);

class LstmModel extends nnx.Module<[x: NDArray], NDArray> {
  readonly lstm: Flaxen.nnx.RNN<readonly [c: NDArray, h: NDArray]>;
  readonly dense: Flaxen.nnx.Linear;

  constructor({ cell, dense }: Lstm) {
    super();
    this.lstm = new nnx.RNN(loadedCell(cell));
    this.dense = loadedLinear(dense);
  }

  override __call__(x: NDArray): NDArray {
    const outputs = this.lstm(x) as NDArray;
    return this.dense(outputs.slice(":", -1));
  }
}

export function lstm(weights: Lstm): Runner<Float32Array> {
  const model = new LstmModel(weights);
  const run = (input: Float32Array): Float32Array =>
    model(numpy.asarray(input).reshape([1, STEPS, FEATURES])).data as Float32Array;
  return { run };
}

export function loadedCell({ width, gates, input, hidden, bias }: Cell): Flaxen.nnx.OptimizedLSTMCell {
  const cell = new nnx.OptimizedLSTMCell(width, width, { rngs });
  cell.dense_i.kernel.set(numpy.array(input).reshape([width, gates * width]));
  cell.dense_h.kernel.set(numpy.array(hidden).reshape([width, gates * width]));
  cell.dense_h.bias!.set(numpy.array(bias));
  return cell;
}

function loadedLinear({ n, m, kernel, bias }: Dense): Flaxen.nnx.Linear {
  const layer = new nnx.Linear(n, m, { rngs });
  layer.kernel.set(numpy.array(kernel).reshape([n, m]));
  layer.bias!.set(numpy.array(bias));
  return layer;
}
