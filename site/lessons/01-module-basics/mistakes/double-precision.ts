// expect: The values are right to seven digits, but 12 of 329 numbers of the kernel differ in the last bit from Python's. Make the scale in float32: jnp.divide(1, jnp.sqrt(inFeatures)).
import { nnx, random, int, type NDArray } from "flaxen";

export class Projection extends nnx.Module<[x: NDArray], NDArray> {
  kernel: nnx.Param;

  constructor(inFeatures: number, features: number, rngs: nnx.Rngs) {
    super();
    const scale = 1 / Math.sqrt(inFeatures);
    this.kernel = new nnx.Param(random.normal(rngs.params(), [inFeatures, features]).mul(scale));
  }

  __call__(x: NDArray) {
    return x.matmul(this.kernel);
  }
}

export function moduleBasicsForward(seed: number, x: NDArray, features: number) {
  const model = new Projection(x.shape.at(-1)!, int(features), new nnx.Rngs(int(seed)));
  return model(x);
}
