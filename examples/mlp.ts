/**
 * A multilayer perceptron, as in Flax's own guide: `npm run example -- mlp`.
 *
 * The same class in Python, from the same seed, has the same weights to the bit.
 */
import { fileURLToPath } from "node:url";
import { nnx, numpy as jnp, random } from "flaxen";
import type { NDArray } from "flaxen";

export class MLP extends nnx.Module<[x: NDArray], NDArray> {
  linear1: nnx.Linear;
  dropout: nnx.Dropout;
  norm: nnx.BatchNorm;
  linear2: nnx.Linear;

  constructor(din: number, dmid: number, dout: number, { rngs }: { rngs: nnx.Rngs }) {
    super();
    this.linear1 = new nnx.Linear(din, dmid, { rngs });
    this.dropout = new nnx.Dropout(0.1, { rngs });
    this.norm = new nnx.BatchNorm(dmid, { rngs });
    this.linear2 = new nnx.Linear(dmid, dout, { rngs });
  }

  override __call__(x: NDArray): NDArray {
    x = nnx.gelu(this.dropout(this.norm(this.linear1(x))));
    return this.linear2(x);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const model = new MLP(64, 128, 10, { rngs: new nnx.Rngs(0) });
  model.eval();
  const x = random.normal(random.key(1), [3, 64]);
  console.log(nnx.tabulate(model, x));
  console.log("logits", model(x));
  console.log("classes", jnp.argmax(model(x), { axis: -1 }).tolist());
}
