import type { Kernels } from "../base/index.ts";
import { WASM_FROM } from "./thresholds.ts";

/** Kernels that call `small` or, from the threshold of each on, those that `large` gives for the size of the work. */
export function dispatchBySize(small: Kernels, large: (size: number) => Kernels): Kernels {
  const { draws, normals, unary, arithmetic, rows, sums, products, batches, windowed, relus } = WASM_FROM;
  const kernelsFor = (size: number, from: number): Kernels => (size < from ? small : large(size));
  return {
    name: "wasm",
    threefry2x32: (k0, k1, x0, x1) => kernelsFor(x0.length, draws).threefry2x32(k0, k1, x0, x1),
    bits64: (k0, k1, start, out) => kernelsFor(out.length, draws).bits64(k0, k1, start, out),
    bits32: (k0, k1, start, out) => kernelsFor(out.length, draws).bits32(k0, k1, start, out),
    bits16: (k0, k1, start, out) => kernelsFor(out.length, draws).bits16(k0, k1, start, out),
    bits8: (k0, k1, start, out) => kernelsFor(out.length, draws).bits8(k0, k1, start, out),
    bits32Original: (k0, k1, out) => kernelsFor(out.length, draws).bits32Original(k0, k1, out),
    uniformF32: (k0, k1, start, minval, maxval, out, fused) =>
      kernelsFor(out.length, draws).uniformF32(k0, k1, start, minval, maxval, out, fused),
    uniformFromBitsF32: (bits, minval, maxval, out, fused) =>
      kernelsFor(out.length, draws).uniformFromBitsF32(bits, minval, maxval, out, fused),
    normalF32: (k0, k1, start, out, fused) => kernelsFor(out.length, normals).normalF32(k0, k1, start, out, fused),
    normalFromBitsF32: (bits, out, fused) => kernelsFor(out.length, normals).normalFromBitsF32(bits, out, fused),
    truncatedNormalF32: (k0, k1, start, minval, maxval, least, most, out, fused) =>
      kernelsFor(out.length, normals).truncatedNormalF32(k0, k1, start, minval, maxval, least, most, out, fused),
    truncatedNormalFromBitsF32: (bits, minval, maxval, least, most, out, fused) =>
      kernelsFor(out.length, normals).truncatedNormalFromBitsF32(bits, minval, maxval, least, most, out, fused),
    unaryF32: (op, x, out, fused) => kernelsFor(out.length, unary).unaryF32(op, x, out, fused),
    binaryF32: (op, x, y, out, xRun, yRun) => kernelsFor(out.length, arithmetic).binaryF32(op, x, y, out, xRun, yRun),
    selectF32: (condition, x, y, out, xRun, yRun) =>
      kernelsFor(out.length, arithmetic).selectF32(condition, x, y, out, xRun, yRun),
    reluF32: (x, out) => kernelsFor(out.length, relus).reluF32(x, out),
    activateF32: (op, x, out, fused, a, b) => kernelsFor(out.length, unary).activateF32(op, x, out, fused, a, b),
    powF32: (x, y, out) => kernelsFor(out.length, unary).powF32(x, y, out),
    sumF32: (x, n, inner, out, size, centres) =>
      kernelsFor(centres ? 4 * x.length : x.length, sums).sumF32(x, n, inner, out, size, centres),
    softmaxF32: (x, n, out, fused, log) => kernelsFor(out.length, rows).softmaxF32(x, n, out, fused, log),
    normalizeF32: (x, n, scale, bias, epsilon, centered, out) =>
      kernelsFor(out.length, rows).normalizeF32(x, n, scale, bias, epsilon, centered, out),
    standardizeF32: (x, n, inner, size, mean, variance, scale, bias, epsilon, out) =>
      kernelsFor(out.length, rows).standardizeF32(x, n, inner, size, mean, variance, scale, bias, epsilon, out),
    matvecF32: (x, w, out, pinned) => kernelsFor(x.length * out.length, products).matvecF32(x, w, out, pinned),
    matmulF32: (x, w, out, rows, pinned, bias) =>
      kernelsFor(rows * w.length, rows === 1 ? products : batches).matmulF32(x, w, out, rows, pinned, bias),
    convolveF32: (x, w, bias, windows, out, pinned) =>
      kernelsFor(windows.lines.length * windows.places * w.length, products).convolveF32(
        x,
        w,
        bias,
        windows,
        out,
        pinned,
      ),
    extremesF32: (x, windows, least, out) =>
      kernelsFor(out.length * windows.runs.length, windowed).extremesF32(x, windows, least, out),
    attentionF32: (query, key, value, out, sizes, options, fused) =>
      kernelsFor(query.length * sizes.keys, products).attentionF32(query, key, value, out, sizes, options, fused),
  };
}
