import type { Kernels } from "../base/index.ts";
import { WASM_FROM } from "./thresholds.ts";

/** Kernels that call `small` or, from the threshold of each on, those that `large` gives for the size of the work. */
export function dispatchBySize(small: Kernels, large: (size: number) => Kernels): Kernels {
  const { draws, normals, unary, arithmetic, sums, products, batches, relus } = WASM_FROM;
  const { reductions, transposed } = WASM_FROM;
  const choose = (size: number, from: number): Kernels => (size < from ? small : large(size));
  return {
    name: "wasm",
    threefry2x32: (k0, k1, x0, x1) => choose(x0.length, draws).threefry2x32(k0, k1, x0, x1),
    bits64: (k0, k1, start, out) => choose(out.length, draws).bits64(k0, k1, start, out),
    bits32: (k0, k1, start, out) => choose(out.length, draws).bits32(k0, k1, start, out),
    bits16: (k0, k1, start, out) => choose(out.length, draws).bits16(k0, k1, start, out),
    bits8: (k0, k1, start, out) => choose(out.length, draws).bits8(k0, k1, start, out),
    bits32Original: (k0, k1, out) => choose(out.length, draws).bits32Original(k0, k1, out),
    uniformF32: (k0, k1, start, minval, maxval, out, fused) =>
      choose(out.length, draws).uniformF32(k0, k1, start, minval, maxval, out, fused),
    uniformFromBitsF32: (bits, minval, maxval, out, fused) =>
      choose(out.length, draws).uniformFromBitsF32(bits, minval, maxval, out, fused),
    normalF32: (k0, k1, start, out, fused) => choose(out.length, normals).normalF32(k0, k1, start, out, fused),
    normalFromBitsF32: (bits, out, fused) => choose(out.length, normals).normalFromBitsF32(bits, out, fused),
    truncatedNormalF32: (k0, k1, start, minval, maxval, clipMin, clipMax, out, fused) =>
      choose(out.length, normals).truncatedNormalF32(k0, k1, start, minval, maxval, clipMin, clipMax, out, fused),
    truncatedNormalFromBitsF32: (bits, minval, maxval, clipMin, clipMax, out, fused) =>
      choose(out.length, normals).truncatedNormalFromBitsF32(bits, minval, maxval, clipMin, clipMax, out, fused),
    unaryF32: (op, x, out, fused) => choose(out.length, unary).unaryF32(op, x, out, fused),
    binaryF32: (op, x, y, out, xRepeat, yRepeat) =>
      choose(out.length, arithmetic).binaryF32(op, x, y, out, xRepeat, yRepeat),
    selectF32: (condition, x, y, out, xRepeat, yRepeat) =>
      choose(out.length, arithmetic).selectF32(condition, x, y, out, xRepeat, yRepeat),
    transposeF32: (x, out, shape, axes) => choose(out.length, transposed).transposeF32(x, out, shape, axes),
    reluF32: (x, out) => choose(out.length, relus).reluF32(x, out),
    activateF32: (op, x, a, b, out, fused) => choose(out.length, unary).activateF32(op, x, a, b, out, fused),
    powF32: (x, y, out) => choose(out.length, unary).powF32(x, y, out),
    sumF32: (x, centres, out, n, inner, size) =>
      choose(centres ? 4 * x.length : x.length, sums).sumF32(x, centres, out, n, inner, size),
    reduceF32: (op, x, out, n, inner) => choose(x.length, reductions).reduceF32(op, x, out, n, inner),
    argReduceF32: (op, x, out, n, inner) => choose(x.length, reductions).argReduceF32(op, x, out, n, inner),
    cumulateF32: (op, x, out, n, inner) => choose(x.length, reductions).cumulateF32(op, x, out, n, inner),
    matvecF32: (x, w, out, immutable) => choose(x.length * out.length, products).matvecF32(x, w, out, immutable),
    matmulF32: (x, w, bias, out, rows, immutable) =>
      choose(rows * w.length, rows === 1 ? products : batches).matmulF32(x, w, bias, out, rows, immutable),
    matmulBatchF32: (x, w, out, count, rows) =>
      choose((x.length / count / rows) * out.length, batches).matmulBatchF32(x, w, out, count, rows),
    matmulHalfF32: (format, x, w, bias, out, rows, immutable) =>
      choose(rows * w.length, rows === 1 ? products : batches).matmulHalfF32(format, x, w, bias, out, rows, immutable),
  };
}
