/**
 * The models, and the weights of the first three: the same for all libraries, in Flax's layouts. Those of the others
 * are in folders of their own.
 */
import type { nnx as Nnx, random as Random } from "../../../src/index.ts";
import { flaxen } from "../libraries.ts";
import type { Lstm } from "./lstm/model.ts";
import type { MobileNet } from "./mobilenet/model.ts";

/** A dense layer: kernel [n, m] row-major, bias [m]. */
export interface Dense {
  readonly n: number;
  readonly m: number;
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

/** A 3x3 convolution, stride 1, padding "SAME": kernel [3, 3, from, to], bias [to]. */
export interface Conv {
  readonly from: number;
  readonly to: number;
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

/** Layer normalisation over the width: scale and bias [WIDTH]. */
export interface Norm {
  readonly scale: Float32Array;
  readonly bias: Float32Array;
}

/** 784-512-256-10 with relu between. Input [batch, 784], output [batch, 10]. */
export interface Mlp {
  readonly batch: number;
  readonly layers: readonly Dense[];
}

/** Twice convolution, relu and max pooling by 2, then a dense layer. Input [28, 28, 1], output [10]. */
export interface Cnn {
  readonly convs: readonly Conv[];
  readonly dense: Dense;
}

/** A block of the decoder: x + attention(norm(x)), then x + down(gelu(up(norm(x)))). */
export interface Block {
  readonly attentionNorm: Norm;
  readonly query: Dense;
  readonly key: Dense;
  readonly value: Dense;
  readonly out: Dense;
  readonly mlpNorm: Norm;
  readonly up: Dense;
  readonly down: Dense;
  /** What the tokens before this one left, each [CACHED, HEADS, HEAD]. */
  readonly keys: Float32Array;
  readonly values: Float32Array;
}

/**
 * One step of a decoder: a token in, the logits [VOCABULARY] of the next one out. The token is the last of CONTEXT;
 * the keys and values of those before it are handed over with the weights, so that no library has to move them in
 * and out on every call.
 */
export interface Gpt {
  readonly tokens: Float32Array;
  readonly positions: Float32Array;
  readonly blocks: readonly Block[];
  readonly norm: Norm;
  readonly head: Dense;
}

export const SIDE = 28;
export const WIDTH = 256;
export const HEADS = 8;
export const HEAD = WIDTH / HEADS;
export const HIDDEN = 4 * WIDTH;
export const VOCABULARY = 256;
export const CONTEXT = 256;
export const CACHED = CONTEXT - 1;
export const EPSILON = 1e-6;
const BLOCKS = 4;

/** A model that is ready to be called. */
export interface Runner<Input> {
  readonly run: (input: Input) => Float32Array | Promise<Float32Array>;
  readonly dispose?: () => unknown;
}

/** What each library's file exports as `library`; a model that it does not have is left out. */
export interface ModelLibrary {
  readonly name: string;
  readonly mlp?: (weights: Mlp) => Made<Float32Array>;
  readonly cnn?: (weights: Cnn) => Made<Float32Array>;
  readonly gpt?: (weights: Gpt) => Made<number>;
  readonly mobilenet?: (weights: MobileNet) => Made<Float32Array>;
  readonly lstm?: (weights: Lstm) => Made<Float32Array>;
}

type Made<Input> = Runner<Input> | Promise<Runner<Input>>;

export function drawMlp(batch: number): Mlp {
  const draw = source(1);
  return { batch, layers: [draw.dense(784, 512), draw.dense(512, 256), draw.dense(256, 10)] };
}

export function drawCnn(): Cnn {
  const draw = source(2);
  return { convs: [draw.conv(1, 16), draw.conv(16, 32)], dense: draw.dense((SIDE / 4) ** 2 * 32, 10) };
}

export function drawGpt(): Gpt {
  const draw = source(3);
  const block = (): Block => ({
    attentionNorm: draw.norm(),
    query: draw.dense(WIDTH, WIDTH),
    key: draw.dense(WIDTH, WIDTH),
    value: draw.dense(WIDTH, WIDTH),
    out: draw.dense(WIDTH, WIDTH),
    mlpNorm: draw.norm(),
    up: draw.dense(WIDTH, HIDDEN),
    down: draw.dense(HIDDEN, WIDTH),
    keys: draw.values(CACHED * WIDTH, 1),
    values: draw.values(CACHED * WIDTH, 1),
  });
  return {
    tokens: draw.values(VOCABULARY * WIDTH, 1),
    positions: draw.values(CONTEXT * WIDTH, 1),
    blocks: Array.from({ length: BLOCKS }, block),
    norm: draw.norm(),
    head: draw.dense(WIDTH, VOCABULARY),
  };
}

/** An input of `size` normals. */
export function drawInput(size: number): Float32Array {
  return source(4).values(size, 1);
}

/** Weights of one seed, each array from a key of its own. */
function source(seed: number) {
  const { nnx, random } = flaxen as { nnx: typeof Nnx; random: typeof Random };
  const rngs = new nnx.Rngs(seed);
  const values = (size: number, scale: number): Float32Array =>
    (random.normal(rngs.params(), [size]).data as Float32Array).map((value) => value * scale);
  const dense = (n: number, m: number): Dense => ({
    n,
    m,
    kernel: values(n * m, 1 / Math.sqrt(n)),
    bias: values(m, 0.1),
  });
  const conv = (from: number, to: number): Conv => ({
    from,
    to,
    kernel: values(9 * from * to, 1 / Math.sqrt(9 * from)),
    bias: values(to, 0.1),
  });
  const norm = (): Norm => ({ scale: values(WIDTH, 0.1).map((value) => 1 + value), bias: values(WIDTH, 0.1) });
  return { values, dense, conv, norm };
}
