import type { AttentionOptions, AttentionSizes } from "./attention.ts";
import type { ActivationName, BinaryOperation, Comparison, ExactUnary, UnaryName } from "./opcodes.ts";
import type { Windows } from "./windows.ts";

/** How long the rows of `normalizeF32` may be: what WebAssembly holds at a time. */
export const LONGEST_ROW = 16384;

/**
 * The contract between the library and its numeric backends.
 *
 * `src/core` implements it in TypeScript, `src/wasm` on WebAssembly SIMD; for the same arguments both write the
 * same bits (a NaN may differ in sign and payload only). Methods take typed arrays and numbers, write into `out`,
 * keep no reference to any argument save a pinned matrix, and allocate nothing a caller can see.
 *
 * `k0`, `k1` are the two uint32 words of a threefry key. `start` is the linear index of the first element drawn, an
 * integer from 0 to 2^53 - 1: element `i` of `out` is element `start + i` of the key's stream, whatever the length.
 *
 * `fused` is the profile: true (`fma`) rounds a product and the sum it enters once, together; false (`nofma`) rounds
 * the product before. The elementary functions take subnormals, and give results that would be subnormal, as zeros of
 * their sign.
 */
export interface Kernels {
  readonly name: BackendName;

  /** threefry2x32 of the counter pairs (`x0`[i], `x1`[i]), in place. `x0` [n] uint32, `x1` [n] uint32. */
  threefry2x32(k0: number, k1: number, x0: Uint32Array, x1: Uint32Array): void;

  /** 64 random bits an element, as the word pairs y0, y1 (high, low). `out` [2n] uint32. */
  bits64(k0: number, k1: number, start: number, out: Uint32Array): void;

  /** 32 random bits an element: y0 ^ y1. `out` [n] uint32. */
  bits32(k0: number, k1: number, start: number, out: Uint32Array): void;

  /** The low 16 bits of `bits32`. `out` [n] uint16. */
  bits16(k0: number, k1: number, start: number, out: Uint16Array): void;

  /** The low 8 bits of `bits32`. `out` [n] uint8. */
  bits8(k0: number, k1: number, start: number, out: Uint8Array): void;

  /**
   * The original (pre jax 0.5) layout: the counters 0 .. n-1, padded with one 0 to an even length, are cut in two
   * halves that are hashed as pairs; `out` [n] uint32 is the first words, then the second words. n below 2^32 - 1.
   */
  bits32Original(k0: number, k1: number, out: Uint32Array): void;

  /** `uniformFromBitsF32` of `bits32`. `out` [n] float32. */
  uniformF32(
    k0: number,
    k1: number,
    start: number,
    minval: number,
    maxval: number,
    out: Float32Array,
    fused: boolean,
  ): void;

  /**
   * float32 in [minval, maxval): f = (the top 23 bits as a fraction), then max(minval, f * (maxval - minval) + minval).
   * `minval`, `maxval` are float32 values. `bits` [n] uint32, `out` [n] float32.
   */
  uniformFromBitsF32(bits: Uint32Array, minval: number, maxval: number, out: Float32Array, fused: boolean): void;

  /** `normalFromBitsF32` of `bits32`. `out` [n] float32. */
  normalF32(k0: number, k1: number, start: number, out: Float32Array, fused: boolean): void;

  /** sqrt(2) * erfInv(u), u uniform in [nextafter(-1, 0), 1). `bits` [n] uint32, `out` [n] float32. */
  normalFromBitsF32(bits: Uint32Array, out: Float32Array, fused: boolean): void;

  /** `truncatedNormalFromBitsF32` of `bits32`. `out` [n] float32. */
  truncatedNormalF32(
    k0: number,
    k1: number,
    start: number,
    minval: number,
    maxval: number,
    least: number,
    most: number,
    out: Float32Array,
    fused: boolean,
  ): void;

  /**
   * sqrt(2) * erfInv(u), u as `uniformFromBitsF32` draws it, then kept from `least` to `most`: a NaN stays, and `most` wins
   * where the two are in the wrong order. All four bounds are float32 values. `bits` [n] uint32, `out` [n] float32.
   */
  truncatedNormalFromBitsF32(
    bits: Uint32Array,
    minval: number,
    maxval: number,
    least: number,
    most: number,
    out: Float32Array,
    fused: boolean,
  ): void;

  /** The function named `op` of each element. `x` [n], `out` [n], both float32; `out` may be `x`. */
  unaryF32(op: UnaryName, x: Float32Array, out: Float32Array, fused: boolean): void;

  /**
   * out[i] = x[floor(i / xRun) mod p] op y[floor(i / yRun) mod q], rounded once, subnormals taken and given as zeros of
   * their sign; the greater or smaller of two numbers is NaN where one is, and -0 is below 0. A comparison gives 1 or 0,
   * zeros of either sign are equal. The plain operations are of `x` alone, and `y` is `x`: `abs` and `negative` change the
   * sign bit and nothing else, `round` goes to the nearest whole number, halves to even, zeros keep the sign of `x`.
   *
   * `x` [p], `y` [q] float32, `out` [n] float32, or uint8 of a comparison; the runs are 1 if not given. Operands lie as
   * those of broadcast shapes do: of n, xRun, yRun, p * xRun and q * yRun, each divides the larger ones. `out` may be `x`
   * where n is p.
   */
  binaryF32(
    op: BinaryOperation | Comparison | ExactUnary,
    x: Float32Array,
    y: Float32Array,
    out: Float32Array | Uint8Array,
    xRun?: number,
    yRun?: number,
  ): void;

  /**
   * out[i] = x[floor(i / xRun) mod p] where condition[i] is other than 0, else y[floor(i / yRun) mod q], the bits as they
   * are (a NaN stays one). `condition` [n] uint8, `x` [p], `y` [q], `out` [n] float32, lying as in `binaryF32`. `out` may
   * not overlap another argument.
   */
  selectF32(
    condition: Uint8Array,
    x: Float32Array,
    y: Float32Array,
    out: Float32Array,
    xRun?: number,
    yRun?: number,
  ): void;

  /** Each element, but 0 for what is negative or subnormal; NaN stays. `x` [n], `out` [n], both float32; `out` may be `x`. */
  reluF32(x: Float32Array, out: Float32Array): void;

  /**
   * The activation named `op` of each element, which says what `a` and `b`, float32 values, are in it. Every operation is
   * rounded, elementary functions have the bits of `unaryF32`. `x` [n], `out` [n], both float32; `out` may be `x`.
   */
  activateF32(op: ActivationName, x: Float32Array, out: Float32Array, fused: boolean, a: number, b: number): void;

  /** x to the power y, element by element. `x` [n], `y` [n], `out` [n], all float32; `out` may be `x` or `y`. */
  powF32(x: Float32Array, y: Float32Array, out: Float32Array): void;

  /**
   * Sums over two axes: out[o, j] = the sum over k and i, row-major, of x[o, k, j, i]. `x` [outer, n, inner, size]
   * row-major, `out` [outer, inner], both float32; outer = out.length / inner, `inner` and `size` at least 1, `size` 1
   * where it is left out. With `centres` [m], read in circles, the terms are (x - centre)^2, centre i that of out[i], both
   * operations rounded. One order: term k goes to partial k mod 16 of 16, each of which starts at +0 and takes its terms
   * with k ascending; then, for h = 8, 4, 2, 1 in turn, partial p takes partial p + h (p below h), and partial 0 is the
   * sum. Every sum is rounded to float32, subnormals are kept; of no terms it is +0.
   */
  sumF32(x: Float32Array, n: number, inner: number, out: Float32Array, size?: number, centres?: Float32Array): void;

  /**
   * Softmax of each row of n: e = exp(x - max), s = the sum of e in the order of `sumF32`, out = e * (1 / s), or with `log`
   * out = (x - max) - log(s), every operation rounded. exp and log have the bits of `unaryF32`. Subnormals count as zeros of their sign, save in the sum; a row
   * with a NaN or +Infinity, or of -Infinity alone, gives NaN. `x` and `out` [rows, n] float32, n at least 1; `out` may
   * not overlap `x`.
   */
  softmaxF32(x: Float32Array, n: number, out: Float32Array, fused: boolean, log: boolean): void;

  /**
   * Normalises each row of n: mean = sum(x) / n (+0 unless `centered`), var = max(0, sum(x * x) / n - mean * mean), sums in the
   * order of `sumF32`, r = 1 / sqrt(var + epsilon), out = (x - mean) * (r * scale) + bias. Every operation is rounded to float32,
   * none is fused, subnormals are kept. A scale or bias that is undefined is left out. `x` and `out` [rows, n], `scale` and `bias` [m], all
   * float32; m a multiple of n, and element i of x has element i mod m of them; n at least 1, m, and n, at most `LONGEST_ROW`; `epsilon` a float32 value; `out` may not overlap `x`.
   */
  normalizeF32(
    x: Float32Array,
    n: number,
    scale: Float32Array | undefined,
    bias: Float32Array | undefined,
    epsilon: number,
    centered: boolean,
    out: Float32Array,
  ): void;

  /**
   * out[o, k, j, i] = (x[o, k, j, i] - mean) * (r * scale) + bias, r = 1 / sqrt(variance + epsilon), rounded as by `normalizeF32`. `x` and `out`
   * [outer, n, inner, size]; mean, variance, scale and bias are element (o, j) of [outer, inner], each of which may be as
   * many elements as divide it, read in circles; all float32. A scale or bias that is undefined is left out. n, `inner` and `size`
   * at least 1; `epsilon` a float32 value; `out` may not overlap `x`.
   */
  standardizeF32(
    x: Float32Array,
    n: number,
    inner: number,
    size: number,
    mean: Float32Array,
    variance: Float32Array,
    scale: Float32Array | undefined,
    bias: Float32Array | undefined,
    epsilon: number,
    out: Float32Array,
  ): void;

  /**
   * out[j] = sum over k ascending from 0 of x[k] * w[k, j]: every product and every sum rounded to float32, one
   * accumulator an output that starts at +0. `x` [n], `w` [n, m] row-major, `out` [m], all float32; n = x.length,
   * m = out.length. `out` may not overlap `x` or `w`.
   *
   * `pinned` is the caller's promise that the contents of `w` never change while it is reachable, so that a backend
   * may keep a prepared copy, found by the identity of `w`. Without the promise a kept copy is dropped.
   */
  matvecF32(x: Float32Array, w: Float32Array, out: Float32Array, pinned: boolean): void;

  /**
   * out[i] = x[i] @ w for each of `rows` rows, each with the bits of `matvecF32` of that row alone. `x` [rows, n],
   * `w` [n, m], `out` [rows, m], all float32 and row-major; n = x.length / rows, m = out.length / rows; `rows` at
   * least 1. Then `bias` [m], if it is given, is added to every row as by `binaryF32`. `out` may not overlap another
   * argument; `pinned` as in `matvecF32`.
   */
  matmulF32(
    x: Float32Array,
    w: Float32Array,
    out: Float32Array,
    rows: number,
    pinned: boolean,
    bias?: Float32Array,
  ): void;

  /**
   * A convolution: the row of a place is what its window sees of `x`, run by run, and out[place] = row @ w with the bits
   * of `matvecF32`; then `bias`, if it is given, is added with one rounding, subnormals as zeros going in and coming
   * out. `x` float32, `w` [n, m], `bias` [m], `out` [lines, places, m], all float32 and row-major; n = runs * run and at
   * least 1, m = out.length / places, at least one place. `out` may not overlap another argument; `pinned` as in
   * `matvecF32`.
   */
  convolveF32(
    x: Float32Array,
    w: Float32Array,
    bias: Float32Array | undefined,
    windows: Windows,
    out: Float32Array,
    pinned: boolean,
  ): void;

  /**
   * out[place, c] = the largest element c of the runs that the place's window sees of `x`, or with `least` the smallest:
   * NaN where one is NaN, -0 below 0, subnormals as they are. `x` and `out` [lines, places, run] float32; at least one
   * place. `out` may not overlap `x`.
   */
  extremesF32(x: Float32Array, windows: Windows, least: boolean, out: Float32Array): void;

  /**
   * Scaled dot-product attention: out[b, t, h] = the sum over s of weight[b, h, t, s] * value[b, s, h'], h' the value
   * head that query head h shares. `query` [batch, queries, heads, width], `key` [batch, capacity, kvHeads, width],
   * `value` [batch, capacity, kvHeads, valueWidth], `out` [batch, queries, heads, valueWidth], all float32, row-major.
   *
   * A score is the dense sum of query times key over the width, ascending, one accumulator; then times the scale, plus
   * the bias, and replaced where the mask says so. The weights of a row are e^(score - the row's greatest) times the
   * reciprocal of their sum: element s goes to partial sum s mod 16, ascending, then partial p takes p + 8, p + 4, p + 2
   * and p + 1 in turn. The outputs are dense sums over s ascending, one accumulator. Dense sums keep subnormals, the
   * steps between flush them. A row has the same bits whatever rows stand beside it; no keys give zeros. `out` may not
   * overlap another argument.
   */
  attentionF32(
    query: Float32Array,
    key: Float32Array,
    value: Float32Array,
    out: Float32Array,
    sizes: AttentionSizes,
    options: AttentionOptions,
    fused: boolean,
  ): void;
}

/** The names of the two backends. */
export type BackendName = "core" | "wasm";
