/**
 * The models in loops, without a library. Made for float32 it is a contender; made for float64 it is what all others
 * are checked against.
 */
import type { Floats, MultiplyRow } from "../plain.ts";
import { multiplyRow } from "../plain.ts";
import type { Block, Cnn, Conv, Dense, Gpt, Mlp, ModelLibrary, Norm } from "./model.ts";
import { CACHED, CONTEXT, EPSILON, HEAD, HEADS, SIDE, WIDTH } from "./model.ts";

/** The models, run in arrays of the type that `make` makes. */
export function plain<F extends Floats>(make: (size: number) => F, multiply: MultiplyRow) {
  const dense = (x: Floats, { n, m, kernel, bias }: Dense, rows = 1): F => {
    const y = make(rows * m);
    for (let row = 0; row < rows; row++) {
      y.set(bias, row * m);
      multiply(x, row * n, n, kernel, y, row * m, m);
    }
    return y;
  };

  /** Each pixel's 3x3 neighbourhood as a row, times the kernel as a matrix. */
  const convolve = (x: Floats, side: number, { from, to, kernel, bias }: Conv): F => {
    const y = make(side * side * to);
    const patch = make(9 * from);
    for (let pixel = 0; pixel < side * side; pixel++) {
      gather(x, side, from, pixel, patch);
      y.set(bias, pixel * to);
      multiply(patch, 0, 9 * from, kernel, y, pixel * to, to);
    }
    return y;
  };

  /** One block of the decoder, added to `x`. */
  const step = (x: F, block: Block, cache: Cache): void => {
    const h = normalise(x, block.attentionNorm, make(WIDTH));
    const at = CACHED * WIDTH;
    cache.keys.set(dense(h, block.key), at);
    cache.values.set(dense(h, block.value), at);
    const attended = attend(dense(h, block.query), cache, make(CONTEXT), make(WIDTH));
    add(x, dense(attended, block.out));
    const hidden = dense(normalise(x, block.mlpNorm, make(WIDTH)), block.up);
    for (let i = 0; i < hidden.length; i++) hidden[i] = gelu(hidden[i]!);
    add(x, dense(hidden, block.down));
  };

  return {
    mlp({ batch, layers }: Mlp) {
      return {
        run(input: Float32Array): F {
          const [first, second, last] = layers as [Dense, Dense, Dense];
          return dense(relu(dense(relu(dense(input, first, batch)), second, batch)), last, batch);
        },
      };
    },

    cnn({ convs, dense: last }: Cnn) {
      return {
        run(input: Float32Array): F {
          let x: Floats = input;
          let side = SIDE;
          for (const conv of convs) {
            const y: F = relu(convolve(x, side, conv));
            side /= 2;
            x = maxPool(y, side, conv.to, make(side * side * conv.to));
          }
          return dense(x, last);
        },
      };
    },

    gpt(weights: Gpt) {
      const caches = weights.blocks.map(({ keys, values }) => ({
        keys: lengthened(keys, make),
        values: lengthened(values, make),
      }));
      return {
        run(token: number): F {
          const x = make(WIDTH);
          for (let i = 0; i < WIDTH; i++)
            x[i] = weights.tokens[token * WIDTH + i]! + weights.positions[CACHED * WIDTH + i]!;
          weights.blocks.forEach((block, i) => step(x, block, caches[i]!));
          return dense(normalise(x, weights.norm, make(WIDTH)), weights.head);
        },
      };
    },
  };
}

export const library: ModelLibrary = { name: "plain JS", ...plain((size) => new Float32Array(size), multiplyRow) };

type Make<F extends Floats> = (size: number) => F;

interface Cache {
  readonly keys: Floats;
  readonly values: Floats;
}

/** A cache with room for the token at hand. */
function lengthened<F extends Floats>(cached: Float32Array, make: Make<F>): F {
  const cache = make(CONTEXT * WIDTH);
  cache.set(cached);
  return cache;
}

/** Writes into `out` what the heads of the query [WIDTH] find in the cache; `scores` is room for one head's. */
function attend<F extends Floats>(query: F, { keys, values }: Cache, scores: F, out: F): F {
  for (let head = 0; head < HEADS; head++) {
    const first = head * HEAD;
    let most = -Infinity;
    for (let t = 0; t < CONTEXT; t++) {
      let sum = 0;
      for (let i = 0; i < HEAD; i++) sum += query[first + i]! * keys[t * WIDTH + first + i]!;
      scores[t] = sum / Math.sqrt(HEAD);
      most = Math.max(most, scores[t]!);
    }
    let total = 0;
    for (let t = 0; t < CONTEXT; t++) total += scores[t] = Math.exp(scores[t]! - most);
    for (let t = 0; t < CONTEXT; t++) {
      const share = scores[t]! / total;
      for (let i = 0; i < HEAD; i++) out[first + i] = out[first + i]! + share * values[t * WIDTH + first + i]!;
    }
  }
  return out;
}

function normalise<F extends Floats>(x: F, { scale, bias }: Norm, y: F): F {
  let mean = 0;
  for (let i = 0; i < WIDTH; i++) mean += x[i]!;
  mean /= WIDTH;
  let variance = 0;
  for (let i = 0; i < WIDTH; i++) variance += (x[i]! - mean) * (x[i]! - mean);
  const factor = 1 / Math.sqrt(variance / WIDTH + EPSILON);
  for (let i = 0; i < WIDTH; i++) y[i] = (x[i]! - mean) * factor * scale[i]! + bias[i]!;
  return y;
}

/** The approximation by tanh, as Flax's gelu is by default. */
function gelu(x: number): number {
  return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
}

/** The neighbourhood of a pixel, row by row; outside of the image are zeros. */
function gather(x: Floats, side: number, channels: number, pixel: number, patch: Floats): void {
  const row = Math.floor(pixel / side);
  const column = pixel % side;
  let at = 0;
  for (let i = row - 1; i <= row + 1; i++) {
    for (let j = column - 1; j <= column + 1; j++) {
      const inside = i >= 0 && i < side && j >= 0 && j < side;
      const first = (i * side + j) * channels;
      for (let c = 0; c < channels; c++) patch[at++] = inside ? x[first + c]! : 0;
    }
  }
}

function maxPool<F extends Floats>(x: Floats, side: number, channels: number, y: F): F {
  const line = 2 * side * channels;
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      for (let c = 0; c < channels; c++) {
        const at = 2 * row * line + 2 * column * channels + c;
        y[(row * side + column) * channels + c] = Math.max(
          x[at]!,
          x[at + channels]!,
          x[at + line]!,
          x[at + line + channels]!,
        );
      }
    }
  }
  return y;
}

function relu<F extends Floats>(x: F): F {
  for (let i = 0; i < x.length; i++) if (x[i]! < 0) x[i] = 0;
  return x;
}

function add(x: Floats, y: Floats): void {
  for (let i = 0; i < x.length; i++) x[i] = x[i]! + y[i]!;
}
