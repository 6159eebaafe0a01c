import type { PoolWindows } from "../../base/index.ts";
import { ARITHMETIC } from "../../base/index.ts";
import { copyOut } from "../copy.ts";
import type { Arena } from "../memory.ts";
import { eachSegmentBlock } from "../segments.ts";
import type { ConvolutionExports } from "./exports.ts";

export function pool(
  arena: Arena,
  exports: ConvolutionExports,
  op: "add" | "maximum" | "minimum",
  x: Float32Array,
  out: Float32Array,
  windows: PoolWindows,
  factor: number | "mean" = 0,
): void {
  const { step, features } = windows;
  const by = factor === "mean" ? NaN : factor;
  eachSegmentBlock(arena, windows, "pool", ({ count, low, high, before, size }, segmentsPtr, outPtr, xPtr) => {
    arena.floats.set(high - low === x.length ? x : x.subarray(low, high), xPtr / 4);
    exports.poolF32(ARITHMETIC[op], segmentsPtr, outPtr, count, 4 * step, features, by);
    copyOut(arena.floats, size, out, before, outPtr / 4);
  });
}
