/** Layers and models, from one Linear of 3 to 4 to a GPT. */
import type { NDArray } from "flaxen";
import { nnx, numpy as jnp, random } from "flaxen";
import { CNN } from "../../examples/cnn.ts";
import { Gpt } from "../../examples/gpt/model.ts";
import { MLP } from "../../examples/mlp.ts";
import type { Row } from "./row.ts";

const GPT = { vocabulary: 65, length: 64, width: 64, heads: 4, layers: 3 } as const;

function rngs(): nnx.Rngs {
  return new nnx.Rngs(0);
}

function drawn(...shape: number[]): NDArray {
  return random.normal(random.key(1), shape);
}

const LAYERS: Row[] = [
  {
    name: "Linear of 3 to 4, x [3]",
    make: () => {
      const layer = new nnx.Linear(3, 4, { rngs: rngs() });
      const x = drawn(3);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = layer(x);
        return y;
      };
    },
  },
  {
    name: "Linear of 3 to 4, x [8, 3]",
    make: () => {
      const layer = new nnx.Linear(3, 4, { rngs: rngs() });
      const x = drawn(8, 3);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = layer(x);
        return y;
      };
    },
  },
  {
    name: "Linear of 256 to 256, x [256]",
    make: () => {
      const layer = new nnx.Linear(256, 256, { rngs: rngs() });
      const x = drawn(256);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = layer(x);
        return y;
      };
    },
  },
  {
    name: "Linear of 64 to 64 in bfloat16, x [8, 64]",
    make: () => {
      const layer = new nnx.Linear(64, 64, { rngs: rngs(), dtype: "bfloat16" });
      const x = drawn(8, 64);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = layer(x);
        return y;
      };
    },
  },
  {
    name: "Embed of 65 by 64, 16 tokens",
    make: () => {
      const layer = new nnx.Embed(65, 64, { rngs: rngs() });
      const tokens = random.randint(random.key(2), [16], 0, 65);
      let y = tokens;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = layer(tokens);
        return y;
      };
    },
  },
  {
    name: "LayerNorm of [1, 64]",
    make: () => {
      const layer = new nnx.LayerNorm(64, { rngs: rngs() });
      const x = drawn(1, 64);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = layer(x);
        return y;
      };
    },
  },
  {
    name: "LayerNorm of [128, 256]",
    make: () => {
      const layer = new nnx.LayerNorm(256, { rngs: rngs() });
      const x = drawn(128, 256);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = layer(x);
        return y;
      };
    },
  },
  {
    name: "BatchNorm of [8, 14, 14, 32], running averages",
    make: () => {
      const layer = new nnx.BatchNorm(32, { rngs: rngs(), useRunningAverage: true });
      const x = drawn(8, 14, 14, 32);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = layer(x);
        return y;
      };
    },
  },
  {
    name: "GroupNorm of [4, 8, 8, 32], 4 groups",
    make: () => {
      const layer = new nnx.GroupNorm(32, { rngs: rngs(), numGroups: 4 });
      const x = drawn(4, 8, 8, 32);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = layer(x);
        return y;
      };
    },
  },
  {
    name: "Conv 3x3 of 2 to 4, [1, 5, 5, 2]",
    make: () => {
      const layer = new nnx.Conv(2, 4, [3, 3], { rngs: rngs() });
      const x = drawn(1, 5, 5, 2);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = layer(x);
        return y;
      };
    },
  },
  {
    name: "Conv 3x3 of 32 to 64, [1, 14, 14, 32]",
    make: () => {
      const layer = new nnx.Conv(32, 64, [3, 3], { rngs: rngs() });
      const x = drawn(1, 14, 14, 32);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = layer(x);
        return y;
      };
    },
  },
  {
    name: "maxPool 2x2 of [1, 28, 28, 32]",
    make: () => {
      const x = drawn(1, 28, 28, 32);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = nnx.maxPool(x, [2, 2], { strides: [2, 2] });
        return y;
      };
    },
  },
  {
    name: "LSTMCell of 16 to 32, x [16]",
    make: () => {
      const layer = new nnx.OptimizedLSTMCell(16, 32, { rngs: rngs() });
      const x = drawn(16);
      const carry = layer.initializeCarry([16], rngs());
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) [, y] = layer(carry, x);
        return y;
      };
    },
  },
  {
    name: "attention of [1, 32, 64], 4 heads",
    make: () => {
      const layer = new nnx.MultiHeadAttention(4, 64, { rngs: rngs(), decode: false });
      const x = drawn(1, 32, 64);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = layer(x, { isCausal: true });
        return y;
      };
    },
  },
  {
    name: "attention, a step over a cache of 64",
    make: () => {
      const layer = new nnx.MultiHeadAttention(4, 64, { rngs: rngs(), decode: true });
      const x = drawn(1, 1, 64);
      let y = x;
      let step = 0;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) {
          if (step % 64 === 0) layer.initCache([1, 64, 64]);
          y = layer(x);
          step++;
        }
        return y;
      };
    },
  },
];

const MODELS: Row[] = [
  {
    name: "MLP of 64, 128, 10, batch 1",
    make: () => {
      const model = new MLP(64, 128, 10, { rngs: rngs() });
      model.eval();
      const x = drawn(1, 64);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = model(x);
        return y;
      };
    },
  },
  {
    name: "MLP of 64, 128, 10, batch 128",
    make: () => {
      const model = new MLP(64, 128, 10, { rngs: rngs() });
      model.eval();
      const x = drawn(128, 64);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = model(x);
        return y;
      };
    },
  },
  {
    name: "CNN, one image of 28x28",
    make: () => {
      const model = new CNN({ rngs: rngs() });
      model.eval();
      const x = drawn(1, 28, 28, 1);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = model(x);
        return y;
      };
    },
  },
  {
    name: "GPT, a step over its cache",
    make: () => {
      const model = new Gpt(GPT, rngs());
      const tokens = jnp.array([[7]], "int32");
      let y = tokens;
      let step = 0;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) {
          const start = step++ % GPT.length;
          if (start === 0) model.initCache(1);
          y = model(tokens, { decode: true, start });
        }
        return y;
      };
    },
  },
  {
    name: "GPT, a sequence of 64",
    make: () => {
      const model = new Gpt(GPT, rngs());
      const tokens = random.randint(random.key(2), [1, 64], 0, GPT.vocabulary);
      let y = tokens;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = model(tokens);
        return y;
      };
    },
  },
];

export const MODELS_AND_LAYERS: readonly Row[] = [...LAYERS, ...MODELS];
