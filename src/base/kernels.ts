import type { HalfDType } from "./half.ts";
import type { ActivationName, BinaryOperation, Comparison, ExactUnary, UnaryName } from "./opcodes.ts";

/** How long the rows of `normalizeF32` may be: what WebAssembly holds at a time. */
export const LONGEST_ROW = 16384;
/** How long the columns of `softmaxColumnsF32` and `logSumExpF32` may be: a block of `sumF32`. */
export const LONGEST_COLUMN = 1024;
/** How many elements a matrix of `matmulBatchF32` may have. */
export const BATCH_MATRIX = 4096;

/** The names of the two backends. */
export type BackendName = "core" | "wasm";

/**
 * The contract between the library and its numeric backends.
 *
 * - Implementations: `src/core` in TypeScript, `src/wasm` on WebAssembly SIMD. For the same arguments both write the
 *   same bits; a NaN may differ in sign and payload only.
 * - Arguments: typed arrays and numbers. Results are written into `out`. No reference to an argument is kept, except to
 *   an immutable matrix. Nothing is allocated that a caller can see.
 * - Order: operation, inputs, output, sizes, `fused`.
 * - Arrays are row-major. Float arguments are float32 values.
 * - `k0`, `k1` are the two uint32 words of a threefry key.
 * - `start` is the linear index of the first element drawn, an integer from 0 to 2^53 - 1. Element `i` of `out` is
 *   element `start + i` of the key's stream, whatever the length.
 * - `fused` is the profile. true (`fma`): a product and the sum it enters are rounded once, together. false (`nofma`):
 *   the product is rounded before.
 * - Subnormals count as zeros of their sign, going in and coming out, where a method does not say otherwise.
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
   * 32 random bits an element in the original layout, that of JAX before 0.5.
   *
   * - The counters 0 .. n-1, padded with one 0 to an even length, are cut in two halves that are hashed as pairs.
   * - `out` [n] uint32: the first words, then the second words. n below 2^32 - 1.
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
   * float32 in [minval, maxval): max(minval, f * (maxval - minval) + minval), f the top 23 bits as a fraction.
   *
   * - `bits` [n] uint32, `out` [n] float32.
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
    clipMin: number,
    clipMax: number,
    out: Float32Array,
    fused: boolean,
  ): void;

  /**
   * sqrt(2) * erfInv(u), u as `uniformFromBitsF32` draws it, then clipped to [clipMin, clipMax].
   *
   * - A NaN stays. `clipMax` wins where the two are in the wrong order.
   * - `bits` [n] uint32, `out` [n] float32.
   */
  truncatedNormalFromBitsF32(
    bits: Uint32Array,
    minval: number,
    maxval: number,
    clipMin: number,
    clipMax: number,
    out: Float32Array,
    fused: boolean,
  ): void;

  /** The function `op` of each element. `x` [n], `out` [n], both float32; `out` may be `x`. */
  unaryF32(op: UnaryName, x: Float32Array, out: Float32Array, fused: boolean): void;

  /**
   * out[i] = x[floor(i / xRepeat) mod p] op y[floor(i / yRepeat) mod q], rounded once.
   *
   * - Broadcasting: each element repeats `xRepeat` or `yRepeat` times (1 if not given); the sequence then starts again.
   *   Of n, xRepeat, yRepeat, p * xRepeat and q * yRepeat, each divides the larger ones.
   * - Arithmetic: the maximum or minimum of two numbers is NaN where one is; -0 is below 0.
   * - A comparison gives 1 or 0. Zeros of either sign are equal.
   * - An operation on `x` alone takes `x` as its `y`. `abs` and `negative` change the sign bit and nothing else.
   *   `round` goes to the nearest whole number, halves to even. Zeros keep the sign of `x`.
   * - `x` [p], `y` [q] float32; `out` [n] float32, or uint8 for a comparison. `out` may be `x` where n is p.
   */
  binaryF32(
    op: BinaryOperation | Comparison | ExactUnary,
    x: Float32Array,
    y: Float32Array,
    out: Float32Array | Uint8Array,
    xRepeat?: number,
    yRepeat?: number,
  ): void;

  /**
   * out[i] = x[floor(i / xRepeat) mod p] where condition[i] is not 0, else y[floor(i / yRepeat) mod q].
   *
   * - Bits are copied as they are, subnormals too; a NaN stays one.
   * - `condition` [n] uint8; `x` [p], `y` [q], `out` [n] float32. Operands are broadcast as in `binaryF32`.
   * - `out` may not overlap another argument.
   */
  selectF32(
    condition: Uint8Array,
    x: Float32Array,
    y: Float32Array,
    out: Float32Array,
    xRepeat?: number,
    yRepeat?: number,
  ): void;

  /**
   * `x` [...shape] with its axes in another order: axis i of `out` is axis `axes[i]` of `x`.
   *
   * - Words are copied as they are, whatever they are: subnormals, the bits of a NaN, integers.
   * - `x`, `out` of as many elements as `shape` says. `out` may not overlap `x`.
   */
  transposeF32(x: Float32Array, out: Float32Array, shape: readonly number[], axes: readonly number[]): void;

  /**
   * Each element, but 0 where it is negative or subnormal; NaN stays. `x` [n], `out` [n], float32; `out` may be `x`.
   */
  reluF32(x: Float32Array, out: Float32Array): void;

  /**
   * The activation `op` of each element; base/opcodes.ts says what `a` and `b` are in it.
   *
   * - Every operation is rounded. Elementary functions have the bits of `unaryF32`.
   * - `x` [n], `out` [n], both float32; `out` may be `x`.
   */
  activateF32(op: ActivationName, x: Float32Array, a: number, b: number, out: Float32Array, fused: boolean): void;

  /** x to the power y, element by element. `x` [n], `y` [n], `out` [n], all float32; `out` may be `x` or `y`. */
  powF32(x: Float32Array, y: Float32Array, out: Float32Array): void;

  /**
   * Sums over two axes: out[o, j] = the sum over k and i, row-major, of x[o, k, j, i].
   *
   * - With `centres` [m], read cyclically, the terms are (x - centre)^2, where centre i belongs to out[i]. Both
   *   operations are rounded.
   * - Order: the terms are cut into blocks of 1,024. In a block term k goes to partial sum k mod 16 of 16, each of
   *   which starts at +0 and takes its terms with k ascending.
   * - Blocks are added partial by partial, in pairs, pairs of pairs, and so on, the earlier plus the later: block j,
   *   from 1, takes as many kept results as j can be halved, one for each halving, and is kept in their place. The
   *   last block takes all that are kept, the latest first.
   * - At the end, for h = 8, 4, 2, 1 in turn, partial p takes partial p + h (p below h). Partial 0 is the sum.
   * - Every sum is rounded to float32. Subnormals are kept. The sum of no terms is +0.
   * - `x` [outer, n, inner, size], `out` [outer, inner], both float32; outer = out.length / inner. `inner` and `size`
   *   at least 1; `size` is 1 if not given.
   */
  sumF32(
    x: Float32Array,
    centres: Float32Array | undefined,
    out: Float32Array,
    n: number,
    inner: number,
    size?: number,
  ): void;

  /**
   * out[o, j] = the product, maximum or minimum (`op`) over k of x[o, k, j].
   *
   * - A product goes ascending from 1 with one accumulator. Every step is rounded; subnormals count as zeros.
   * - An extreme is NaN where one is; -0 is below 0. One that is subnormal becomes a zero.
   * - Of no elements: 1, -Infinity or Infinity.
   * - `x` [outer, n, inner], `out` [outer, inner], both float32; `inner` at least 1.
   */
  reduceF32(op: "multiply" | "maximum" | "minimum", x: Float32Array, out: Float32Array, n: number, inner: number): void;

  /**
   * out[o, j] = the k of the first maximum or minimum (`op`) of x[o, k, j]; of the first NaN where there is one.
   *
   * - Zeros of either sign are equal. Subnormals are told apart.
   * - `x` [outer, n, inner] float32, `out` [outer, inner] int32; n and `inner` at least 1.
   */
  argReduceF32(op: "maximum" | "minimum", x: Float32Array, out: Int32Array, n: number, inner: number): void;

  /**
   * out[o, k, j] = the sum or product (`op`) of x[o, 0, j] to x[o, k, j].
   *
   * - Ascending with one accumulator, from +0 or 1. Every step is rounded. A sum keeps subnormals; in a product they
   *   count as zeros.
   * - `x`, `out` [outer, n, inner], both float32; `inner` at least 1. `out` may be `x`.
   */
  cumulateF32(op: "add" | "multiply", x: Float32Array, out: Float32Array, n: number, inner: number): void;

  /**
   * out[j] = the sum over k, ascending from 0, of x[k] * w[k, j].
   *
   * - Every product and every sum is rounded to float32, or with `config.products` "fused" each multiply-add once, here
   *   and in all that has the bits of this. One accumulator an output, which starts at +0. Subnormals are
   *   kept.
   * - More than 4,096 terms are cut into blocks of so many, each with an accumulator of its own; the sums of the blocks
   *   are added ascending.
   * - `immutable` is the caller's promise that the contents of `w` never change while it is reachable. A backend may
   *   then keep a packed copy, found by the identity of `w`. Without the promise a kept copy is dropped.
   * - `x` [n], `w` [n, m], `out` [m], all float32; n = x.length, m = out.length. `out` may not overlap `x` or `w`.
   */
  matvecF32(x: Float32Array, w: Float32Array, out: Float32Array, immutable: boolean): void;

  /**
   * out[i] = x[i] @ w + bias for each of `rows` rows.
   *
   * - Each row has the bits of `matvecF32` of that row alone. Then `bias` [m], if given, is added as by `binaryF32`.
   * - `x` [rows, n], `w` [n, m], `out` [rows, m], all float32; n = x.length / rows, m = out.length / rows; `rows` at
   *   least 1. `immutable` as in `matvecF32`. `out` may not overlap another argument.
   */
  matmulF32(
    x: Float32Array,
    w: Float32Array,
    bias: Float32Array | undefined,
    out: Float32Array,
    rows: number,
    immutable: boolean,
  ): void;

  /**
   * out[i] = x[i] @ w[i] for each of `count` pairs of small matrices.
   *
   * - Each product has the bits of `matmulF32` of that pair alone.
   * - `x` [count, rows, n], `w` [count, n, m], `out` [count, rows, m], all float32; n = x.length / count / rows, m =
   *   out.length / count / rows; `count` and `rows` at least 1. A matrix of each has at most 4,096 elements
   *   (`BATCH_MATRIX`). `out` may not overlap another argument.
   */
  matmulBatchF32(x: Float32Array, w: Float32Array, out: Float32Array, count: number, rows: number): void;

  /**
   * `matmulF32` of a `w` in 16 bits: the bits of the product with the float32 numbers that its words stand for.
   *
   * - `w` [n, m] uint16, the words of `format`. `immutable` as in `matvecF32`; a backend may keep its copy narrow.
   * - `x`, `bias`, `out`, `rows` as in `matmulF32`.
   */
  matmulHalfF32(
    format: HalfDType,
    x: Float32Array,
    w: Uint16Array,
    bias: Float32Array | undefined,
    out: Float32Array,
    rows: number,
    immutable: boolean,
  ): void;
}
