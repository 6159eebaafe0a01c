/** The programs of the playground's menu, each whole. */
export interface Example {
  readonly id: string;
  readonly title: string;
  readonly code: string;
}

export const EXAMPLES: readonly Example[] = [
  {
    id: "mlp",
    title: "An MLP and its weights",
    code: `import { nnx, random, type NDArray } from "flaxen";

class MLP extends nnx.Module<[x: NDArray], NDArray> {
  hidden: nnx.Linear;
  out: nnx.Linear;

  constructor({ rngs }: { rngs: nnx.Rngs }) {
    super();
    this.hidden = new nnx.Linear(8, 16, { rngs });
    this.out = new nnx.Linear(16, 4, { rngs });
  }

  __call__(x: NDArray) {
    return this.out(nnx.relu(this.hidden(x)));
  }
}

// What is exported is shown.
export const model = new MLP({ rngs: new nnx.Rngs(0) });
export const x = random.normal(random.key(1), [6, 8]);
export const y = model(x);
`,
  },
  {
    id: "random",
    title: "Random numbers with JAX's bits",
    code: `import { random } from "flaxen";

const key = random.key(42);
const [a, b, c] = random.split(key, 3);

export const normals = random.normal(a, [16, 24]);
export const uniform = random.uniform(b, [8, 12], { minval: -1, maxval: 1 });
export const shuffled = random.permutation(c, 12);
`,
  },
  {
    id: "conv",
    title: "What a convolution sees",
    code: `import { nnx, numpy as jnp } from "flaxen";

// A cross of 12 by 12.
const line = jnp.arange(12).sub(5.5);
const near = jnp.less(jnp.abs(line), 1.5).astype("float32");
export const image = jnp.maximum(near.reshape([12, 1]), near.reshape([1, 12]));

export const conv = new nnx.Conv(1, 4, [3, 3], { rngs: new nnx.Rngs(3) });
const seen = nnx.relu(conv(image.reshape([1, 12, 12, 1])));
// One map for each of the four features.
export const maps = jnp.transpose(seen, [0, 3, 1, 2]);
`,
  },
  {
    id: "attention",
    title: "A causal attention pattern",
    code: `import { nnx, random, numpy as jnp } from "flaxen";

const length = 10;
const features = 16;
const query = random.normal(random.key(0), [length, features]);
const keys = random.normal(random.key(1), [length, features]);

const scores = query.matmul(keys.T).div(jnp.sqrt(features));
const mask = jnp.tril(jnp.ones([length, length]));
export const weights = nnx.softmax(jnp.where(mask, scores, -1e9));
// Each row sums to one, and looks at no later position.
export const rows = jnp.sum(weights, 1);
`,
  },
  {
    id: "train",
    title: "Train a line and plot its loss",
    code: `import { nnx, random, numpy as jnp, optax, type NDArray } from "flaxen";

const x = random.normal(random.key(0), [64, 2]);
const y = x.matmul(jnp.array([[2], [-1]])).add(0.5);

export const model = new nnx.Linear(2, 1, { rngs: new nnx.Rngs(0) });
const optimizer = new nnx.Optimizer(model, optax.adam(0.05), { wrt: nnx.Param });
const lossOf = (m: (x: NDArray) => NDArray) => jnp.mean(jnp.square(m(x).sub(y)));

// A list of more than eight numbers is drawn as a curve.
export const loss: number[] = [];
for (let step = 0; step < 120; step++) {
  const [value, grads] = nnx.valueAndGrad(lossOf)(model);
  optimizer.update(model, grads);
  loss.push(value.item());
}
`,
  },
  {
    id: "state",
    title: "Split a model, look at its state",
    code: `import { nnx } from "flaxen";

const rngs = new nnx.Rngs(0, { dropout: 1 });
const net = new nnx.Sequential(
  new nnx.Linear(4, 8, { rngs }),
  nnx.relu,
  new nnx.BatchNorm(8, { rngs }),
  new nnx.Dropout(0.2, { rngs }),
  new nnx.Linear(8, 2, { rngs }),
);

const [graphdef, learned, rest] = nnx.split(net, nnx.Param, nnx.Rest);
export { learned, rest, graphdef };
export { rngs };
`,
  },
  {
    id: "weights",
    title: "Write a file of weights and read it",
    code: `import { nnx } from "flaxen";
import { open, loadInto, save } from "flaxen/weights";

const trained = new nnx.Linear(4, 3, { rngs: new nnx.Rngs(7) });
const bytes = save(trained);

const file = await open(bytes);
export const names = [...file.names];

const fresh = new nnx.Linear(4, 3, { rngs: new nnx.Rngs(0) });
export const before = fresh.kernel.get();
await loadInto(fresh, file);
export const after = fresh.kernel;
`,
  },
];
