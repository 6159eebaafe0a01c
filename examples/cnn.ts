/**
 * The convolutional network of Flax's MNIST tutorial: `npm run example -- cnn`.
 *
 * The weights are those of the same class in Python from the same seed; trained ones would come in by `nnx.update`.
 */
import { fileURLToPath } from "node:url";
import { nnx, random } from "flaxen";
import type { NDArray } from "flaxen";

export class CNN extends nnx.Module<[x: NDArray], NDArray> {
  conv1: nnx.Conv;
  norm1: nnx.BatchNorm;
  conv2: nnx.Conv;
  norm2: nnx.BatchNorm;
  linear1: nnx.Linear;
  dropout: nnx.Dropout;
  linear2: nnx.Linear;

  constructor({ rngs }: { rngs: nnx.Rngs }) {
    super();
    this.conv1 = new nnx.Conv(1, 32, [3, 3], { rngs });
    this.norm1 = new nnx.BatchNorm(32, { rngs });
    this.conv2 = new nnx.Conv(32, 64, [3, 3], { rngs });
    this.norm2 = new nnx.BatchNorm(64, { rngs });
    this.linear1 = new nnx.Linear(3136, 256, { rngs });
    this.dropout = new nnx.Dropout(0.025, { rngs });
    this.linear2 = new nnx.Linear(256, 10, { rngs });
  }

  override __call__(x: NDArray): NDArray {
    x = nnx.avgPool(nnx.relu(this.norm1(this.conv1(x))), [2, 2], { strides: [2, 2] });
    x = nnx.avgPool(nnx.relu(this.norm2(this.conv2(x))), [2, 2], { strides: [2, 2] });
    x = x.reshape([x.shape[0]!, -1]);
    x = nnx.relu(this.dropout(this.linear1(x)));
    return this.linear2(x);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const model = new CNN({ rngs: new nnx.Rngs(0) });
  const evaluate = nnx.view(model, { deterministic: true, useRunningAverage: true });
  const images = random.normal(random.key(1), [2, 28, 28, 1]);
  console.log(nnx.tabulate(evaluate, images));
  console.log("logits", evaluate(images));
}
