import type { PoolWindows } from "../../base/index.ts";
import { copyOut } from "../copy.ts";
import type { Arena } from "../memory.ts";
import { eachSegmentBlock } from "../segments.ts";
import type { GradientExports } from "./exports.ts";

/** A block of segments at a time; what two blocks see both is added up where it is. */
export function poolSumBack(
  arena: Arena,
  exports: GradientExports,
  ct: Float32Array,
  out: Float32Array,
  windows: PoolWindows,
): void {
  const { step, features } = windows;
  out.fill(0);
  eachSegmentBlock(
    arena,
    windows,
    "poolSumBackF32",
    ({ count, low, high, before, size }, segmentsPtr, ctPtr, outPtr) => {
      const seen = high - low;
      arena.floats.set(size === ct.length ? ct : ct.subarray(before, before + size), ctPtr / 4);
      arena.floats.set(seen === out.length ? out : out.subarray(low, high), outPtr / 4);
      exports.poolSumBackF32(segmentsPtr, ctPtr, count, 4 * step, features);
      copyOut(arena.floats, seen, out, low, outPtr / 4);
    },
  );
}
