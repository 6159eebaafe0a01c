import type { AttentionCotangents, AttentionOptions, AttentionSizes } from "./attention.ts";
import type { BackendName } from "./kernels.ts";
import type { CellBackName } from "./opcodes.ts";
import type { PoolWindows, Windows } from "./windows.ts";

/** The numbers of a step of Adam. */
export interface AdamNumbers {
  /** What updates are multiplied by: minus the learning rate. */
  readonly rate: number;
  /** How much of the average of gradients stays, one minus that, and what the average is divided by. */
  readonly b1: number;
  readonly rest1: number;
  readonly c1: number;
  /** The same of the average of squares. */
  readonly b2: number;
  readonly rest2: number;
  readonly c2: number;
  readonly eps: number;
  readonly epsRoot: number;
  /** Not used where it is 0. */
  readonly weightDecay: number;
}

/** A step of an optimizer: `sgdF32` or `adamF32` without a gradient and without the parameters that come out. */
export type Descent =
  | { readonly kind: "sgd"; readonly p: Float32Array; readonly rate: number }
  | {
      readonly kind: "adam";
      readonly p: Float32Array;
      readonly m: Float32Array;
      readonly v: Float32Array;
      readonly mOut: Float32Array;
      readonly vOut: Float32Array;
      readonly numbers: AdamNumbers;
    };

/**
 * The kernels of gradients and optimizers: a contract like `Kernels`, for programs that train. All of `Kernels` holds
 * here too: the order of arguments, row-major arrays, subnormals as zeros of their sign where a method does not say
 * otherwise.
 */
export interface GradientKernels {
  readonly name: BackendName;

  /**
   * out = x transposed times y: the sum over k of the outer products of row k of `x` and row k of `y`.
   *
   * - Order: in blocks of 256 rows, k ascending, one accumulator an output that starts at +0, product and sum rounded.
   *   The sums of the blocks are then added ascending. Subnormals are kept.
   * - With a `descent`, `out` is what that step makes of its parameters, the sums being the gradient.
   * - `x` [rows, n], `y` [rows, m], `out` and the arrays of `descent` [n, m], all float32; `rows`, n and m at least 1.
   *   `out` may not overlap another argument.
   */
  outerF32(x: Float32Array, y: Float32Array, out: Float32Array, rows: number, descent?: Descent): void;

  /**
   * out = x times w transposed: out[i, j] = the sum over k ascending of x[i, k] * w[j, k].
   *
   * - One accumulator an output that starts at +0, product and sum rounded. Subnormals are kept.
   * - `x` [rows, n], `w` [m, n], `out` [rows, m], all float32; `rows`, n and m at least 1. `out` may not overlap
   *   another argument.
   */
  matmulTransposedF32(x: Float32Array, w: Float32Array, out: Float32Array, rows: number): void;

  /**
   * The gradient of the kernel of `convolveF32`: what `outerF32` gives of the windows of `x`, one a row.
   *
   * - The elements of a window are its runs in turn, as `convolveF32` adds them; rows are the lines' places in turn.
   * - `x` float32 as far as the windows reach, `ct` [rows, m], `out` [elements of a window, m], all float32; rows and m
   *   at least 1. `out` may not overlap another argument.
   */
  convolveKernelF32(x: Float32Array, ct: Float32Array, out: Float32Array, windows: Windows): void;

  /**
   * The gradient of a pool of extremes: each element of `ct` is added to the element of `x` that was its maximum or
   * minimum.
   *
   * - The first of equal ones: an element gives way to the next of its window if it is not at least as great, or as
   *   small, which no NaN is.
   * - Order: lines ascending, places ascending, every sum rounded. What gets nothing is +0. The runs of one window do
   *   not overlap.
   * - `x`, `out` float32 as far as the windows reach or further, of one length, `ct` [lines, places, run] float32.
   *   `out` may not overlap another argument.
   */
  extremesBackF32(
    op: "maximum" | "minimum",
    x: Float32Array,
    ct: Float32Array,
    out: Float32Array,
    windows: Windows,
  ): void;

  /**
   * The gradient of a pool of sums: each element of `ct` is added to all elements of `out` that its window sees.
   *
   * - Order: the places of all segments in their order, every sum rounded, subnormals kept. What gets nothing is +0.
   * - `ct` [places, features], `out` as far as the windows reach or further, both float32. `out` may not overlap `ct`.
   */
  poolSumBackF32(ct: Float32Array, out: Float32Array, windows: PoolWindows): void;

  /**
   * out[i] = ct[i] where x[i] is above 0, and 0 elsewhere: at 0, at NaN and for subnormals.
   *
   * - Bits of `ct` are copied as they are, subnormals too.
   * - `ct`, `x`, `out` [n] float32; `out` may be one of the others.
   */
  reluBackF32(ct: Float32Array, x: Float32Array, out: Float32Array): void;

  /**
   * out = ct times the derivative of gelu by tanh at x: with t = tanh((x + x^3 * c) * r), r = sqrt(2 / pi) and c =
   * 0.044715, ct * (0.5 * (t + 1)) + d + d * c * (3 * x^2), where d = 0.5 * ct * x * (1 - t) * (1 + t) * r.
   *
   * - Every operation is rounded; tanh has the bits of `unaryF32`. A NaN or infinity may come of a large x.
   * - `ct`, `x`, `out` [n] float32; `out` may be one of the others.
   */
  geluBackF32(ct: Float32Array, x: Float32Array, out: Float32Array, fused: boolean): void;

  /**
   * out = y * (ct - sum(ct * y)) for each row: the cotangent of the input of a softmax that gave `y`.
   *
   * - Every operation is rounded; the sum has the order of `sumF32`, and keeps subnormals.
   * - `ct`, `y`, `out` [rows, n] float32, n from 1 to `LONGEST_ROW`. `out` may not overlap another argument.
   */
  softmaxBackF32(ct: Float32Array, y: Float32Array, out: Float32Array, n: number): void;

  /**
   * The cotangents of `attentionF32`'s query, key and value for the cotangent `ct` of its result.
   *
   * - The weights are computed again, as `attentionF32` computes them.
   * - Towards a weight goes the dense sum of ct times value over the width, times the multiplier; from the weights of a
   *   row to its scores as `softmaxBackF32` says. Masked scores get +0, the others are multiplied by the scale.
   * - Towards a query go the dense sums of these times key over the keys.
   * - Towards a key and a value go dense sums over the query heads that share them, ascending, and in each over the
   *   queries: of these times query, and of the weights times the multiplier times ct.
   * - A dense sum has one accumulator that starts at +0, goes ascending and keeps subnormals. The steps between flush
   *   them.
   * - `ct` [batch, queries, heads, valueWidth], the others as in `attentionF32`, all float32. Rows of keys and values
   *   behind the first `keys` get +0. The arrays that are written may not overlap another argument.
   */
  attentionBackF32(
    ct: Float32Array,
    query: Float32Array,
    key: Float32Array,
    value: Float32Array,
    out: AttentionCotangents,
    sizes: AttentionSizes,
    options: AttentionOptions,
    fused: boolean,
  ): void;

  /**
   * The cotangent of the logits in a cross-entropy: out = e * (ct[r] / sum(e)) in row r, where e = exp(x - max(row)),
   * minus ct[r] in column labels[r].
   *
   * - A maximum that is not finite counts as 0, and a NaN is none. exp has the bits of `unaryF32`.
   * - Every operation is rounded; the sum has the order of `sumF32`. 0 - ct, or 0 elsewhere, is added last.
   * - `ct` [rows], `x`, `out` [rows, n], all float32, n from 1 to `LONGEST_ROW`. `labels` [rows] int32: one that is no
   *   column is in none. `out` may be `x`.
   */
  crossEntropyBackF32(ct: Float32Array, x: Float32Array, labels: Int32Array, out: Float32Array, fused: boolean): void;

  /**
   * What goes back to the statistics of a layer norm: out[0, r] = the sum over row r of ct * (x - mean[r]) * scale, and
   * out[1, r] = the sum of -(ct * (root[r] * scale)).
   *
   * - Every operation is rounded; the sums have the order of `sumF32`, and keep subnormals.
   * - `ct`, `x` [rows, n], `scale` [n], `mean`, `root` [rows], `out` [2, rows], all float32; n from 1 to `LONGEST_ROW`.
   *   `out` may not overlap another argument.
   */
  layerNormSumsF32(
    ct: Float32Array,
    x: Float32Array,
    scale: Float32Array,
    mean: Float32Array,
    root: Float32Array,
    out: Float32Array,
  ): void;

  /**
   * The cotangent of the input of a layer norm: out = ct * (root[r] * scale) + slope[r] * (x * 2) + shift[r] in row r.
   *
   * - Every operation is rounded, sums from the left.
   * - `ct`, `x`, `out` [rows, n], `scale` [n], `root`, `slope`, `shift` [rows], all float32; n from 1 to `LONGEST_ROW`.
   *   `out` may be `ct` or `x`.
   */
  layerNormBackF32(
    ct: Float32Array,
    x: Float32Array,
    scale: Float32Array,
    root: Float32Array,
    slope: Float32Array,
    shift: Float32Array,
    out: Float32Array,
  ): void;

  /**
   * What the gradient of a batch norm sums over rows: out = ct * (x - mean[j]) in column j.
   *
   * - Both operations are rounded.
   * - `ct`, `x`, `out` [rows, n], `mean` [n], all float32; n from 1 to `LONGEST_ROW`. `out` may be `ct` or `x`.
   */
  batchNormTermsF32(ct: Float32Array, x: Float32Array, mean: Float32Array, out: Float32Array): void;

  /**
   * The cotangent of the input of a batch norm: out = ct * factor[j] + slope[j] * (x * 2) + shift[j] in column j.
   *
   * - Every operation is rounded, sums from the left.
   * - `ct`, `x`, `out` [rows, n], `factor`, `slope`, `shift` [n], all float32; n from 1 to `LONGEST_ROW`. `out` may be
   *   `ct` or `x`.
   */
  batchNormBackF32(
    ct: Float32Array,
    x: Float32Array,
    factor: Float32Array,
    slope: Float32Array,
    shift: Float32Array,
    out: Float32Array,
  ): void;

  /**
   * The cotangents of what a recurrent cell computes from its gates, for the cotangent `ct` of the result. `inputs` are
   * the gates as their functions gave them, and what else the formula has. The slopes are L(d, y) = d * (y * (1 - y))
   * of logistic, and T(d, y) = (d * (1 - y)) * (1 + y) of tanh.
   *
   * - lstm, f * c + i * g of i, f, g, c: L(ct * g, i), L(ct * c, f), T(ct * i, g), ct * f.
   * - gru, (1 - z) * m + z * h of r, z, m, q, h, where m = tanh(x + r * q). With d = T(ct * (1 - z), m): L(d * q, r),
   *   L(ct * h - ct * m, z), d, d * r, ct * z.
   * - hidden, o * t of o, t: L(ct * t, o), T(ct * o, t).
   * - Every operation is rounded. All arrays [n] float32, as many in `out` as in `inputs`. One of `out` may be the
   *   input of its place.
   */
  cellBackF32(op: CellBackName, ct: Float32Array, inputs: readonly Float32Array[], out: readonly Float32Array[]): void;

  /** out = p + rate * g, two roundings. `p`, `g`, `out` [n] float32; `out` may be one of the others. */
  sgdF32(p: Float32Array, g: Float32Array, out: Float32Array, rate: number): void;

  /**
   * tOut = g + decay * t; out = p + rate * tOut, or with `nesterov` out = p + rate * (g + decay * tOut).
   *
   * - Every operation is rounded. All arrays [n] float32; `out` may be `p`, and `tOut` may be `t`.
   */
  momentumF32(
    p: Float32Array,
    g: Float32Array,
    t: Float32Array,
    out: Float32Array,
    tOut: Float32Array,
    rate: number,
    decay: number,
    nesterov: boolean,
  ): void;

  /**
   * A step of Adam:
   *
   * - mOut = rest1 * g + b1 * m; vOut = rest2 * (g * g) + b2 * v
   * - u = (mOut / c1) / (sqrt(vOut / c2 + epsRoot) + eps), then u + weightDecay * p where that is not 0
   * - out = p + rate * u
   *
   * Every operation is rounded, numbers to float32 first. All arrays [n] float32; `out` may be `p`, `mOut` `m` and
   * `vOut` `v`.
   */
  adamF32(
    p: Float32Array,
    g: Float32Array,
    m: Float32Array,
    v: Float32Array,
    out: Float32Array,
    mOut: Float32Array,
    vOut: Float32Array,
    numbers: AdamNumbers,
  ): void;
}
