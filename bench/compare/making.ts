/** Random draws, construction of models, and what is done with a model as a whole. */
import type { NDArray } from "flaxen";
import { moduleBasicsForward, nnx, random } from "flaxen";
import { Gpt } from "../../examples/gpt/model.ts";
import { MLP } from "../../examples/mlp.ts";
import type { Row } from "./row.ts";

function drawn(...shape: number[]): NDArray {
  return random.normal(random.key(1), shape);
}

const DRAWS: Row[] = [
  {
    name: "random.split",
    make: () => {
      const key = random.key(0);
      let keys = random.split(key);
      return (repeats) => {
        for (let i = 0; i < repeats; i++) keys = random.split(key);
        return random.keyData(keys);
      };
    },
  },
  {
    name: "uniform of 8",
    make: () => {
      const key = random.key(0);
      let y = drawn(8);
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = random.uniform(key, [8]);
        return y;
      };
    },
  },
  {
    name: "normal of [3, 4]",
    make: () => {
      const key = random.key(0);
      let y = drawn(8);
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = random.normal(key, [3, 4]);
        return y;
      };
    },
  },
  {
    name: "normal of 65,536",
    make: () => {
      const key = random.key(0);
      let y = drawn(8);
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = random.normal(key, [65_536]);
        return y;
      };
    },
  },
  {
    name: "truncatedNormal of 4096",
    make: () => {
      const key = random.key(0);
      let y = drawn(8);
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = random.truncatedNormal(key, -2, 2, [4096]);
        return y;
      };
    },
  },
  {
    name: "bernoulli of 1024",
    make: () => {
      const key = random.key(0);
      let y = drawn(8);
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = random.bernoulli(key, 0.3, [1024]);
        return y;
      };
    },
  },
  {
    name: "categorical of 65 logits",
    make: () => {
      const key = random.key(0);
      const logits = drawn(65);
      let y = logits;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = random.categorical(key, logits);
        return y;
      };
    },
  },
  {
    name: "gamma of 64",
    make: () => {
      const key = random.key(0);
      let y = drawn(8);
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = random.gamma(key, 2.5, [64]);
        return y;
      };
    },
  },
  {
    name: "permutation of 1024",
    make: () => {
      const key = random.key(0);
      let y = drawn(8);
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = random.permutation(key, 1024);
        return y;
      };
    },
  },
];

const MODELS: Row[] = [
  {
    name: "moduleBasicsForward of 3 to 4",
    make: () => {
      const x = drawn(3);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = moduleBasicsForward(0, x, 4);
        return y;
      };
    },
  },
  {
    name: "Rngs(0) and Linear of 3 to 4",
    make: () => {
      let layer = new nnx.Linear(3, 4, { rngs: new nnx.Rngs(0) });
      return (repeats) => {
        for (let i = 0; i < repeats; i++) layer = new nnx.Linear(3, 4, { rngs: new nnx.Rngs(0) });
        return layer.kernel.get();
      };
    },
  },
  {
    name: "construction of the MLP",
    make: () => {
      let model = new MLP(64, 128, 10, { rngs: new nnx.Rngs(0) });
      return (repeats) => {
        for (let i = 0; i < repeats; i++) model = new MLP(64, 128, 10, { rngs: new nnx.Rngs(0) });
        return model.linear1.kernel.get();
      };
    },
  },
  {
    name: "nnx.split and merge of the MLP",
    make: () => {
      let model = new MLP(64, 128, 10, { rngs: new nnx.Rngs(0) });
      return (repeats) => {
        for (let i = 0; i < repeats; i++) model = nnx.merge(...nnx.split(model));
        return model.linear1.kernel.get();
      };
    },
  },
  {
    name: "nnx.state and update of the MLP",
    make: () => {
      const model = new MLP(64, 128, 10, { rngs: new nnx.Rngs(0) });
      return (repeats) => {
        for (let i = 0; i < repeats; i++) nnx.update(model, nnx.state(model, nnx.Param));
        return model.linear1.kernel.get();
      };
    },
  },
  {
    name: "nnx.clone of a GPT",
    make: () => {
      const gpt = new Gpt({ vocabulary: 65, length: 64, width: 32, heads: 4, layers: 2 }, new nnx.Rngs(0));
      let copy = gpt;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) copy = nnx.clone(gpt);
        return copy.head.kernel.get();
      };
    },
  },
];

export const MAKING: readonly Row[] = [...DRAWS, ...MODELS];
