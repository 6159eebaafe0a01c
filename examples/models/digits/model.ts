/** The digits classifier as it was written in Flax: model_digits.py, line by line. */
import { nnx } from "flaxen";
import type { NDArray } from "flaxen";

/**
 * conv-bn-relu-pool, conv-relu-pool, linear-relu-dropout, linear: [batch, 28, 28, 1] in [0, 1] to [batch, 10] logits.
 */
export class DigitsCNN extends nnx.Module<[x: NDArray], NDArray> {
  declare readonly conv1: nnx.Conv;
  declare readonly bn1: nnx.BatchNorm;
  declare readonly conv2: nnx.Conv;
  declare linear1: nnx.Linear | nnx.LoRA;
  declare readonly dropout: nnx.Dropout;
  declare linear2: nnx.Linear | nnx.LoRA;

  constructor({ rngs }: { rngs: nnx.Rngs }) {
    super();
    this.conv1 = new nnx.Conv(1, 16, [3, 3], { rngs });
    this.bn1 = new nnx.BatchNorm(16, { rngs });
    this.conv2 = new nnx.Conv(16, 32, [3, 3], { rngs });
    this.linear1 = new nnx.Linear(7 * 7 * 32, 64, { rngs });
    this.dropout = new nnx.Dropout(0.25, { rngs });
    this.linear2 = new nnx.Linear(64, 10, { rngs });
  }

  override __call__(x: NDArray): NDArray {
    x = nnx.relu(this.bn1(this.conv1(x)));
    x = nnx.avgPool(x, [2, 2], { strides: [2, 2] });
    x = nnx.relu(this.conv2(x));
    x = nnx.avgPool(x, [2, 2], { strides: [2, 2] });
    x = x.reshape([x.shape[0]!, -1]);
    x = nnx.relu(this.linear1(x));
    x = this.dropout(x);
    return this.linear2(x);
  }
}
