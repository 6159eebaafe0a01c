import type { Kernels } from "./kernels.ts";

/**
 * Below these sizes the TypeScript core answers sooner than a call that carries its arguments into linear memory and
 * back; the bits are the same. Medians of bench/thresholds.ts, Node 20 on x86-64, 2026-11. WebAssembly wins from 6 words
 * or 2 uniforms on and from 1 normal; from 2 (exp, log, logistic, gelu, silu) to 4 (log1p) or 8 (erfInv, sin)
 * elements of an elementary function or an activation; pow is a draw; from 24 products, quotients, comparisons or greater
 * ones of two arrays and 32 sums, which all arithmetic goes by (sign changes win from 48, `where` from 64), and 32 of relu;
 * from 32 products of a vector with a kept matrix and 64 with another, 64 to 96 of several rows; from 32 comparisons of
 * pooling, which were timed by `nnx.maxPool`; from 8 elements standardised, and 3 to 8 squares, each of which counts as four
 * sums.
 */
const WASM_FROM = {
  draws: 8,
  normals: 1,
  unary: 3,
  arithmetic: 32,
  rows: 8,
  sums: 32,
  products: 64,
  batches: 96,
  windowed: 32,
  relus: 32,
} as const;

/** One set of kernels of two, by the size of the work: `small`, or those that `large` gives for it. */
export function choiceBySize(small: Kernels, large: (size: number) => Kernels): Kernels {
  const { draws, normals, unary, arithmetic, rows, sums, products, batches, windowed, relus } = WASM_FROM;
  const pick = (size: number, from: number): Kernels => (size < from ? small : large(size));
  return {
    name: "wasm",
    threefry2x32: (k0, k1, x0, x1) => pick(x0.length, draws).threefry2x32(k0, k1, x0, x1),
    bits64: (k0, k1, start, out) => pick(out.length, draws).bits64(k0, k1, start, out),
    bits32: (k0, k1, start, out) => pick(out.length, draws).bits32(k0, k1, start, out),
    bits16: (k0, k1, start, out) => pick(out.length, draws).bits16(k0, k1, start, out),
    bits8: (k0, k1, start, out) => pick(out.length, draws).bits8(k0, k1, start, out),
    bits32Original: (k0, k1, out) => pick(out.length, draws).bits32Original(k0, k1, out),
    uniformF32: (k0, k1, start, minval, maxval, out, fused) =>
      pick(out.length, draws).uniformF32(k0, k1, start, minval, maxval, out, fused),
    uniformFromBitsF32: (bits, minval, maxval, out, fused) =>
      pick(out.length, draws).uniformFromBitsF32(bits, minval, maxval, out, fused),
    normalF32: (k0, k1, start, out, fused) => pick(out.length, normals).normalF32(k0, k1, start, out, fused),
    normalFromBitsF32: (bits, out, fused) => pick(out.length, normals).normalFromBitsF32(bits, out, fused),
    truncatedNormalF32: (k0, k1, start, minval, maxval, least, most, out, fused) =>
      pick(out.length, normals).truncatedNormalF32(k0, k1, start, minval, maxval, least, most, out, fused),
    truncatedNormalFromBitsF32: (bits, minval, maxval, least, most, out, fused) =>
      pick(out.length, normals).truncatedNormalFromBitsF32(bits, minval, maxval, least, most, out, fused),
    unaryF32: (op, x, out, fused) => pick(out.length, unary).unaryF32(op, x, out, fused),
    binaryF32: (op, x, y, out, xRun, yRun) => pick(out.length, arithmetic).binaryF32(op, x, y, out, xRun, yRun),
    selectF32: (condition, x, y, out, xRun, yRun) =>
      pick(out.length, arithmetic).selectF32(condition, x, y, out, xRun, yRun),
    reluF32: (x, out) => pick(out.length, relus).reluF32(x, out),
    activateF32: (op, x, out, fused, a, b) => pick(out.length, unary).activateF32(op, x, out, fused, a, b),
    powF32: (x, y, out) => pick(out.length, unary).powF32(x, y, out),
    sumF32: (x, n, inner, out, size, centres) =>
      pick(centres ? 4 * x.length : x.length, sums).sumF32(x, n, inner, out, size, centres),
    softmaxF32: (x, n, out, fused, log) => pick(out.length, rows).softmaxF32(x, n, out, fused, log),
    normalizeF32: (x, n, scale, bias, epsilon, centered, out) =>
      pick(out.length, rows).normalizeF32(x, n, scale, bias, epsilon, centered, out),
    standardizeF32: (x, n, inner, size, mean, variance, scale, bias, epsilon, out) =>
      pick(out.length, rows).standardizeF32(x, n, inner, size, mean, variance, scale, bias, epsilon, out),
    matvecF32: (x, w, out, pinned) => pick(x.length * out.length, products).matvecF32(x, w, out, pinned),
    matmulF32: (x, w, out, rows, pinned, bias) =>
      pick(rows * w.length, rows === 1 ? products : batches).matmulF32(x, w, out, rows, pinned, bias),
    convolveF32: (x, w, bias, windows, out, pinned) =>
      pick(windows.lines.length * windows.places * w.length, products).convolveF32(x, w, bias, windows, out, pinned),
    extremesF32: (x, windows, least, out) =>
      pick(out.length * windows.runs.length, windowed).extremesF32(x, windows, least, out),
    attentionF32: (query, key, value, out, sizes, options, fused) =>
      pick(query.length * sizes.keys, products).attentionF32(query, key, value, out, sizes, options, fused),
  };
}
