/** Every error of keys and samplers. */
import type { NDArray } from "../../src/index.ts";
import { grad, nnx, numpy as jnp, random } from "../../src/index.ts";
import type { Failure } from "./failure.ts";

const key = random.key(0);
const keys = random.split(key, 3);

export const RANDOM: readonly Failure[] = [
  // Keys.
  ['TypeError: random.key: "seed" expected a number, got "0"', () => random.key("0" as never)],
  [
    'RangeError: random.key: "seed" expected an integer from -2^63 to 2^63 - 1, got 9223372036854775808n',
    () => random.key(2n ** 63n),
  ],
  ['RangeError: random.key: "seed" expected a finite number, got NaN', () => random.key(NaN)],
  [
    'KeyError: random.split: "key" expected a key, got 5. Make one from a seed: random.key(5)',
    () => random.split(5 as never),
  ],
  [
    'KeyError: random.split: "key" expected a key, got an array of length 2. Make one with random.key(seed), or rngs.params() of an nnx.Rngs',
    () => random.split([0, 1] as never),
  ],
  [
    'KeyError: random.split: "key" expected a key, got "key". Make one with random.key(seed), or rngs.params() of an nnx.Rngs',
    () => random.split("key" as never),
  ],
  [
    'KeyError: random.split: "key" expected a key, got Rngs. An Rngs hands out keys, it is not one:',
    () => random.split(new nnx.Rngs(0) as never),
  ],
  [
    'KeyError: random.split: "key" expected a key, got RngStream. A stream gives a key when it is called:',
    () => random.split(new nnx.Rngs(0).params as never),
  ],
  [
    'KeyError: random.bits: "key" expected a key or uint32[2] words, got NDArray float32[2]. Make a key with random.key(seed)',
    () => random.bits(jnp.array([0, 1])),
  ],
  [
    'KeyError: random.foldIn: "key" expected one key, got Key key<fry>[3]. Take one with keys.at(i), or loop over the keys',
    () => random.foldIn(keys, 1),
  ],
  ['RangeError: random.foldIn: "data" expected an integer from 0 to 2^32 - 1, got -1', () => random.foldIn(key, -1)],
  ['LimitError: random.split: "num" expected fewer than 2^30 keys, got 1073741824', () => random.split(key, 2 ** 30)],
  ['ShapeError: random.split: "num"[0] expected a size of at least 0, got -1', () => random.split(key, [-1])],
  [
    'KeyError: random.wrapKeyData: "words" expected uint32 of shape [..., 2], got NDArray uint32[1]',
    () => random.wrapKeyData(jnp.array([1], "uint32")),
  ],
  [
    'KeyError: random.wrapKeyData: "words" expected integers from 0 to 2^32 - 1, got 0.5',
    () => random.wrapKeyData([0.5, 1]),
  ],
  ['RangeError: Key.at: "index" expected -3 to 2, got 3', () => keys.at(3)],
  ["TypeError: Key at: expected an array of keys, got one key. random.split(key) gives an array", () => key.at(0)],

  // What samplers share.
  ['ShapeError: random.normal: "shape"[1] expected a size of at least 0, got -1', () => random.normal(key, [2, -1])],
  [
    'TypeError: random.normal: "dtype" expected "float32", "bfloat16" or "float16", got "int32"',
    () => random.normal(key, [2], "int32" as never),
  ],
  [
    'TypeError: random.exponential: "dtype" expected "float32", got "bfloat16"',
    () => random.exponential(key, [2], "bfloat16" as never),
  ],
  [
    'ShapeError: random.gamma: "shape" expected one that the parameters broadcast to, got [] where they make [3]',
    () => random.gamma(key, [1, 2, 3], []),
  ],
  [
    'TypeError: random.gamma: "a" expected an array, a typed array, a number or nested numbers, got "2"',
    () => random.gamma(key, "2" as never),
  ],
  [
    "ShapeError: random.beta: shapes [2] and [3] do not broadcast: sizes 2 and 3 differ",
    () => random.beta(key, [1, 2], [1, 2, 3]),
  ],

  // One by one.
  [
    'TypeError: random.bits: "dtype" expected "uint32", "uint16" or "uint8", got "int32"',
    () => random.bits(key, [1], "int32" as never),
  ],
  [
    'TypeError: random.uniform: "minval" expected an array, a typed array, a number or nested numbers, got "0"',
    () => random.uniform(key, [1], { minval: "0" as never }),
  ],
  [
    'TypeError: random.randint: "dtype" expected "int32", "uint32", "uint16" or "uint8", got "float32"',
    () => random.randint(key, [2], 0, 3, "float32" as never),
  ],
  [
    'RangeError: random.randint: "maxval" expected an integer from -2^31 to 2^32, got 4294967297',
    () => random.randint(key, [2], 0, 2 ** 32 + 1),
  ],
  [
    'RangeError: random.bernoulli: "mode" expected "low" or "high", got "mid"',
    () => random.bernoulli(key, 0.5, [2], { mode: "mid" as never }),
  ],
  [
    'TypeError: random.bernoulli: "p" expected a float32 array or a number, got int32',
    () => random.bernoulli(key, jnp.array([1n])),
  ],
  [
    'TypeError: random.rademacher: "dtype" expected a dtype of numbers, got "bool"',
    () => random.rademacher(key, [2], "bool" as never),
  ],
  ['ShapeError: random.ball: "d" expected a size of at least 0, got -1', () => random.ball(key, -1)],
  ['TypeError: random.ball: "p" expected a number, got "2"', () => random.ball(key, 2, "2" as never)],
  [
    'ShapeError: random.categorical: "shape" expected one that ends with [1], got [3]',
    () => random.categorical(key, [[1, 2]], { shape: [3] }),
  ],
  [
    'RangeError: random.categorical: "logits" expected at least one category, got none',
    () => random.categorical(key, []),
  ],
  [
    'RangeError: random.categorical: "shape" expected at most 2 draws without replacement, got 3',
    () => random.categorical(key, [1, 2], { shape: [3], replace: false }),
  ],
  [
    'RangeError: random.categorical: "mode" expected "low", "high" or "highest", got "x"',
    () => random.categorical(key, [1, 2], { mode: "x" as never }),
  ],
  [
    'RangeError: random.gumbel: "mode" expected "low", "high" or "highest", got "x"',
    () => random.gumbel(key, [2], "float32", "x" as never),
  ],
  ['RangeError: random.choice: "a" expected at least one item, got none', () => random.choice(key, 0, [1])],
  [
    'RangeError: random.choice: "shape" expected at most 3 draws without replacement, got 4',
    () => random.choice(key, 3, [4], { replace: false }),
  ],
  [
    'RangeError: random.choice: "p" expected shape [3], one for each item, got [2]',
    () => random.choice(key, 3, [1], { p: [0.5, 0.5] }),
  ],
  [
    'RangeError: random.choice: "p" expected shape [3], one for each item, got 1',
    () => random.choice(key, 3, [1], { p: 1 as never }),
  ],
  ['ShapeError: random.dirichlet: "alpha" expected at least one axis, got shape []', () => random.dirichlet(key, 1)],
  ['ShapeError: random.multinomial: "p" expected at least one axis, got shape []', () => random.multinomial(key, 3, 1)],
  [
    'ShapeError: random.multivariateNormal: "mean" expected at least one axis, got shape []',
    () => random.multivariateNormal(key, 1, [[1]]),
  ],
  [
    'ShapeError: random.multivariateNormal: "cov" expected shape [..., 2, 2] for a mean of shape [2], got [1, 1]',
    () => random.multivariateNormal(key, [1, 2], [[1]]),
  ],
  [
    'ShapeError: random.multivariateNormal: "cov" expected shape [..., 1, 1] for a mean of shape [1], got []',
    () => random.multivariateNormal(key, [1], 1),
  ],
  ['ShapeError: random.orthogonal: "n" expected a size of at least 0, got -1', () => random.orthogonal(key, -1)],
  [
    'TypeError: random.permutation: "x" expected a number or an array of at least one axis, got NDArray float32[]',
    () => random.permutation(key, jnp.array(3)),
  ],
  [
    'RangeError: random.sampleLogits: "logits" expected at least one category on the last axis, got shape [1, 0]',
    () => random.sampleLogits(key, [[]]),
  ],
  [
    'RangeError: random.sampleLogits: "logits" expected at least one category on the last axis, got shape []',
    () => random.sampleLogits(key, 1),
  ],
  [
    'RangeError: random.sampleLogits: "topK" expected 1 to 2, the size of the vocabulary, got 3',
    () => random.sampleLogits(key, [1, 2], { topK: 3 }),
  ],
  [
    'TypeError: random.sampleLogits: "topP" expected a number, got "1"',
    () => random.sampleLogits(key, [1, 2], { topP: "1" as never }),
  ],
  [
    'RangeError: random.sampleLogits: "topP" expected a probability in (0, 1], got 0',
    () => random.sampleLogits(key, [1, 2], { topP: 0 }),
  ],
  [
    'RangeError: random.sampleLogits: "temperature" expected a finite number of at least 0, got -1',
    () => random.sampleLogits(key, [1, 2], { temperature: -1 }),
  ],
  [
    'TypeError: random.gamma: "a" expected a constant, since there is no gradient towards it, got an array that is being differentiated. Give it lax.stopGradient(x) if no gradient is wanted',
    () => grad((a: NDArray) => random.gamma(key, a, [3]).sum())(jnp.array(2)),
  ],
];
