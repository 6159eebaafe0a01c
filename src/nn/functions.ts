/** The functions of jax.nn that flax.nnx does not have. */
import type { Given, Places } from "../base/index.ts";
import { describe, inOrder, refuseSurplus } from "../base/index.ts";
import type { ArrayLike, Axes, NDArray, ReduceOptions } from "../array/index.ts";
import {
  asarray,
  broadcastTo,
  exp,
  expm1,
  isFloat,
  log,
  log1p,
  logsumexp,
  sizeOf,
  sqrt,
  square,
  sum,
  tanh,
  where,
} from "../array/index.ts";
import { dotProductAttention as attention, softplus } from "../nnx/index.ts";

function floats(x: ArrayLike): NDArray {
  const given = asarray(x);
  return isFloat(given.dtype) ? given : given.astype("float32");
}

/**
 * x * tanh(softplus(x)).
 *
 * Source: JAX 0.10.2 `jax/_src/nn/functions.py` (`mish`).
 * @example
 * nn.mish([0, 1]).round(2).tolist() // => [0, 0.87]
 */
export function mish(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("nn.mish", "x", arguments);
  const given = floats(x);
  return given.mul(tanh(softplus(given)));
}

/**
 * (x + sqrt(x^2 + b)) / 2.
 *
 * Source: JAX 0.10.2 `jax/_src/nn/functions.py` (`squareplus`).
 * @param b default 4
 * @example
 * nn.squareplus([0, 1.5]).tolist() // => [1, 2]
 */
export function squareplus(x: ArrayLike, ...places: Places<[b: ArrayLike], { readonly b?: ArrayLike }>): NDArray;
export function squareplus(): NDArray {
  return inOrder(squareplusOf, arguments, 2, "nn.squareplus x b");
}

function squareplusOf(x: ArrayLike, b: ArrayLike = 4): NDArray {
  const given = floats(x);
  return given.add(sqrt(square(given).add(b))).div(2);
}

/**
 * 0 up to -1, (x + 1)^2 / 4 up to 1, x above.
 *
 * Source: JAX 0.10.2 `jax/_src/nn/functions.py` (`sparse_plus`).
 * @example
 * nn.sparsePlus([-2, 0, 3]).tolist() // => [0, 0.25, 3]
 */
export function sparsePlus(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("nn.sparsePlus", "x", arguments);
  const given = floats(x);
  return where(given.le(-1), 0, where(given.ge(1), given, square(given.add(1)).mul(0.25)));
}

/**
 * 0 up to -1, (x + 1) / 2 up to 1, 1 above.
 *
 * Source: JAX 0.10.2 `jax/_src/nn/functions.py` (`sparse_sigmoid`).
 * @example
 * nn.sparseSigmoid([-2, 0, 3]).tolist() // => [0, 0.5, 1]
 */
export function sparseSigmoid(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("nn.sparseSigmoid", "x", arguments);
  return floats(x).add(1).mul(0.5).clip(0, 1);
}

/**
 * log(1 - e^-x) for x above 0, by the one of two formulas that is exact there.
 *
 * Source: JAX 0.10.2 `jax/_src/nn/functions.py` (`log1mexp`).
 * @example
 * nn.log1mexp([1]).round(4).tolist() // => [-0.4587]
 */
export function log1mexp(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("nn.log1mexp", "x", arguments);
  const given = floats(x);
  const isSmall = given.lt(Math.LN2);
  // The side that is not chosen stays finite, so that its gradient does.
  const [small, large] = [where(isSmall, given, 0.5), where(isSmall, 1, given)];
  return where(isSmall, log(expm1(small.neg()).neg()), log1p(exp(large.neg()).neg()));
}

/** The options of `nn.logmeanexp`. */
export interface LogmeanexpOptions extends ReduceOptions {
  /** Which elements count: those where it is not 0. Broadcasts to the elements. */
  readonly where?: ArrayLike | null;
}

/**
 * The logarithm of the mean of exponentials over axes, all by default. NaN of no elements.
 *
 * Source: JAX 0.10.2 `jax/_src/nn/functions.py` (`logmeanexp`).
 * @example
 * nn.logmeanexp([2, 2]).item() // => 2
 * nn.logmeanexp([2, 5], { where: [true, false] }).item() // => 2
 */
export function logmeanexp(
  x: ArrayLike,
  ...places: Places<[axis: Axes, where: ArrayLike | null, keepdims: boolean], LogmeanexpOptions>
): NDArray;
export function logmeanexp(): NDArray {
  return inOrder(logmeanexpOf, arguments, 2, "nn.logmeanexp x axis | where keepdims:b");
}

function logmeanexpOf(x: ArrayLike, axis?: Axes, { where: counts, keepdims = false }: LogmeanexpOptions = {}): NDArray {
  const given = floats(x);
  const total = logsumexp(given, axis ?? null, { where: counts ?? null, keepdims });
  if (counts === undefined || counts === null)
    return total.sub(log(sizeOf(given.shape) / Math.max(total.size, 1)).astype(given.dtype));
  const isCounted = broadcastTo(asarray(counts).astype("bool"), given.shape);
  return total.sub(log(sum(isCounted, axis ?? null, { keepdims }).astype(given.dtype)));
}

/** The options of `dotProductAttention`. */
export interface DotProductAttentionOptions {
  /** Added to the scores: broadcasts to [..., heads, queries, keys]. */
  readonly bias?: ArrayLike | null;
  /** Bools: where to attend. */
  readonly mask?: ArrayLike | null;
  /** What scores are multiplied with. Default 1 / sqrt(width). */
  readonly scale?: number | null;
  /** Whether query t sees the keys up to t only. Default false. */
  readonly isCausal?: boolean;
}

/**
 * Scaled dot-product attention, of query, key and value [batch, length, heads, width].
 *
 * Source: JAX 0.10.2 `jax/_src/nn/functions.py` (`dot_product_attention`); `nnx.dotProductAttention` says in which
 * order sums are.
 * @throws ShapeError if the shapes do not fit one another; TypeError if `scale` is not a number
 * @example
 * const x = jnp.ones([1, 5, 2, 4]);
 * nn.dotProductAttention(x, x, x, { isCausal: true }).shape // => [1, 5, 2, 4]
 */
export function dotProductAttention(
  query: ArrayLike,
  ...places: Given<
    [key: ArrayLike, value: ArrayLike],
    "key value",
    [bias: DotProductAttentionOptions["bias"], mask: DotProductAttentionOptions["mask"]],
    DotProductAttentionOptions
  >
): NDArray;
export function dotProductAttention(): NDArray {
  return inOrder(
    dotProductAttentionOf,
    arguments,
    3,
    "nn.dotProductAttention query key value | bias mask * scale isCausal:b querySeqLengths:0 " +
      "keyValueSeqLengths:0 localWindowSize:0 implementation:0 returnResidual:0",
  );
}

function dotProductAttentionOf(
  query: ArrayLike,
  key: ArrayLike,
  value: ArrayLike,
  { bias = null, mask = null, scale = null, isCausal = false }: DotProductAttentionOptions = {},
): NDArray {
  if (scale !== null && typeof scale !== "number")
    throw new TypeError(`nn.dotProductAttention: "scale" expected a number, got ${describe(scale)}`);
  const given = asarray(query);
  const width = given.shape.at(-1) ?? 1;
  const q = scale === null ? given : given.mul(scale * Math.sqrt(width));
  return attention(q, key, value, {
    isCausal,
    ...(bias === null ? {} : { bias }),
    ...(mask === null ? {} : { mask }),
  });
}
