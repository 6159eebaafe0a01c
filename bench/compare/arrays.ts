/** Work on arrays: elementwise, sums, layout, indexing, products. */
import type { NDArray } from "flaxen";
import { nnx, numpy as jnp, random } from "flaxen";
import type { Row } from "./row.ts";

const { add, exp, maximum, mean, sum, tanh, where } = jnp;

function drawn(...shape: number[]): NDArray {
  return random.normal(random.key(1), shape);
}

const SMALL: Row[] = [
  {
    name: "x @ W, 3x4",
    make: () => {
      const x = drawn(3);
      const w = drawn(3, 4);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = x.matmul(w);
        return y;
      };
    },
  },
  {
    name: "array of 8 numbers",
    make: () => {
      const numbers = [1, 2, 3, 4, 5, 6, 7, 8];
      let y = drawn(8);
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = jnp.array(numbers);
        return y;
      };
    },
  },
  {
    name: "x.add(y) of 8",
    make: () => {
      const x = drawn(8);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = x.add(x);
        return y;
      };
    },
  },
  {
    name: "add(x, y) of 8",
    make: () => {
      const x = drawn(8);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = add(x, x);
        return y;
      };
    },
  },
  {
    name: "x.mul(2) of 8",
    make: () => {
      const x = drawn(8);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = x.mul(2);
        return y;
      };
    },
  },
  {
    name: "add of [2, 4] and [4]",
    make: () => {
      const x = drawn(2, 4);
      const z = drawn(4);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = x.add(z);
        return y;
      };
    },
  },
  {
    name: "add of 8 int32",
    make: () => {
      const x = jnp.arange(8);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = x.add(x);
        return y;
      };
    },
  },
  {
    name: "x.gt(0) of 8",
    make: () => {
      const x = drawn(8);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = x.gt(0);
        return y;
      };
    },
  },
  {
    name: "relu of 8",
    make: () => {
      const x = drawn(8);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = nnx.relu(x);
        return y;
      };
    },
  },
  {
    name: "exp of 8",
    make: () => {
      const x = drawn(8);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = exp(x);
        return y;
      };
    },
  },
  {
    name: "sum of 8",
    make: () => {
      const x = drawn(8);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = x.sum();
        return y;
      };
    },
  },
  {
    name: "reshape of 8",
    make: () => {
      const x = drawn(8);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = x.reshape([2, 4]);
        return y;
      };
    },
  },
  {
    name: "transpose of 3x4",
    make: () => {
      const x = drawn(3, 4);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = x.transpose();
        return y;
      };
    },
  },
  {
    name: "x.slice(1) of [4, 8]",
    make: () => {
      const x = drawn(4, 8);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = x.slice(1);
        return y;
      };
    },
  },
  {
    name: "x.at(1).set(0) of [4, 8]",
    make: () => {
      const x = drawn(4, 8);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = x.at(1).set(0);
        return y;
      };
    },
  },
];

const ELEMENTWISE: Row[] = [
  {
    name: "add of 64",
    make: () => {
      const x = drawn(64);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = x.add(x);
        return y;
      };
    },
  },
  {
    name: "add of 4096",
    make: () => {
      const x = drawn(4096);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = x.add(x);
        return y;
      };
    },
  },
  {
    name: "add of 1,000,000",
    make: () => {
      const x = drawn(1_000_000);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = x.add(x);
        return y;
      };
    },
  },
  {
    name: "add of [128, 256] and [256]",
    make: () => {
      const x = drawn(128, 256);
      const z = drawn(256);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = x.add(z);
        return y;
      };
    },
  },
  {
    name: "add of [64, 1] and [1, 64]",
    make: () => {
      const x = drawn(64, 1);
      const z = drawn(1, 64);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = x.add(z);
        return y;
      };
    },
  },
  {
    name: "maximum of 4096",
    make: () => {
      const x = drawn(4096);
      const z = x.neg();
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = maximum(x, z);
        return y;
      };
    },
  },
  {
    name: "where of 4096",
    make: () => {
      const x = drawn(4096);
      const condition = x.gt(0);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = where(condition, x, 0);
        return y;
      };
    },
  },
  {
    name: "add of 4096 bfloat16",
    make: () => {
      const x = drawn(4096).astype("bfloat16");
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = x.add(x);
        return y;
      };
    },
  },
  {
    name: "relu of 4096",
    make: () => {
      const x = drawn(4096);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = nnx.relu(x);
        return y;
      };
    },
  },
  {
    name: "gelu of 4096",
    make: () => {
      const x = drawn(4096);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = nnx.gelu(x);
        return y;
      };
    },
  },
  {
    name: "exp of 64",
    make: () => {
      const x = drawn(64);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = exp(x);
        return y;
      };
    },
  },
  {
    name: "tanh of 65,536",
    make: () => {
      const x = drawn(65_536);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = tanh(x);
        return y;
      };
    },
  },
];

const REDUCTIONS: Row[] = [
  {
    name: "sum of 65,536",
    make: () => {
      const x = drawn(65_536);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = sum(x);
        return y;
      };
    },
  },
  {
    name: "sum of [128, 256] over axis 0",
    make: () => {
      const x = drawn(128, 256);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = x.sum(0);
        return y;
      };
    },
  },
  {
    name: "mean of [128, 256] over the last axis",
    make: () => {
      const x = drawn(128, 256);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = mean(x, -1);
        return y;
      };
    },
  },
  {
    name: "var of [128, 256] over axis 0",
    make: () => {
      const x = drawn(128, 256);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = x.var(0);
        return y;
      };
    },
  },
  {
    name: "argmax of [32, 64] over the last axis",
    make: () => {
      const x = drawn(32, 64);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = x.argmax(-1);
        return y;
      };
    },
  },
  {
    name: "cumsum of 1024",
    make: () => {
      const x = drawn(1024);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = x.cumsum();
        return y;
      };
    },
  },
  {
    name: "softmax of 8",
    make: () => {
      const x = drawn(8);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = nnx.softmax(x);
        return y;
      };
    },
  },
  {
    name: "softmax of [128, 256]",
    make: () => {
      const x = drawn(128, 256);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = nnx.softmax(x);
        return y;
      };
    },
  },
];

const LAYOUT: Row[] = [
  {
    name: "transpose of [128, 256]",
    make: () => {
      const x = drawn(128, 256);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = x.T;
        return y;
      };
    },
  },
  {
    name: "concatenate of three [16, 32]",
    make: () => {
      const parts = [drawn(16, 32), drawn(16, 32), drawn(16, 32)];
      let y = parts[0]!;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = jnp.concatenate(parts, 1);
        return y;
      };
    },
  },
  {
    name: "take of 64 rows of [512, 32]",
    make: () => {
      const x = drawn(512, 32);
      const rows = random.randint(random.key(2), [64], 0, 512);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = x.take(rows, { axis: 0 });
        return y;
      };
    },
  },
  {
    name: "sort of 1024",
    make: () => {
      const x = drawn(1024);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = x.sort();
        return y;
      };
    },
  },
];

const PRODUCTS: Row[] = [
  {
    name: "x @ W, 256x256",
    make: () => {
      const x = drawn(256);
      const w = drawn(256, 256);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = x.matmul(w);
        return y;
      };
    },
  },
  {
    name: "X @ W, 128x256x256",
    make: () => {
      const x = drawn(128, 256);
      const w = drawn(256, 256);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = x.matmul(w);
        return y;
      };
    },
  },
  {
    name: "batched matmul of [8, 16, 16]",
    make: () => {
      const x = drawn(8, 16, 16);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = jnp.matmul(x, x);
        return y;
      };
    },
  },
  {
    name: "einsum bqhd,bkhd->bhqk of [2, 16, 4, 8]",
    make: () => {
      const x = drawn(2, 16, 4, 8);
      let y = x;
      return (repeats) => {
        for (let i = 0; i < repeats; i++) y = jnp.einsum("bqhd,bkhd->bhqk", x, x);
        return y;
      };
    },
  },
];

export const ARRAYS: readonly Row[] = [...SMALL, ...ELEMENTWISE, ...REDUCTIONS, ...LAYOUT, ...PRODUCTS];
