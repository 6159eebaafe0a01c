import type * as Flaxen from "../../../src/index.ts";
import { flaxen } from "../libraries.ts";
import type { Dense, Mlp, ModelLibrary } from "./model.ts";

const { nnx, numpy } = flaxen as typeof Flaxen;
type NDArray = Flaxen.NDArray;

class DenseLayer extends nnx.Module<[x: NDArray], NDArray> {
  readonly kernel: Flaxen.nnx.Param;
  readonly bias: Flaxen.nnx.Param;

  constructor({ n, m, kernel, bias }: Dense) {
    super();
    this.kernel = new nnx.Param(numpy.array(kernel).reshape([n, m]));
    this.bias = new nnx.Param(numpy.array(bias));
  }

  __call__(x: NDArray): NDArray {
    return numpy.add(x.matmul(this.kernel), this.bias);
  }
}

function mlp({ batch, layers }: Mlp) {
  const [first, second, last] = layers.map((layer) => new DenseLayer(layer));
  const shape = batch === 1 ? [784] : [batch, 784];
  const run = (input: Float32Array): Float32Array => {
    const x = numpy.array(input).reshape(shape);
    return last!(relu(second!(relu(first!(x))))).data as Float32Array;
  };
  return { run };
}

function relu(x: NDArray): NDArray {
  const values = x.data as Float32Array;
  for (let i = 0; i < values.length; i++) if (values[i]! < 0) values[i] = 0;
  return x;
}

export const library: ModelLibrary = { name: "flaxen", mlp };
