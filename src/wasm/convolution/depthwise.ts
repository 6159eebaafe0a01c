import type { Epilogue, Windows } from "../../base/index.ts";
import { addBlocks, PRODUCT_BLOCK } from "../../base/index.ts";
import { copyOut } from "../copy.ts";
import { addBias } from "../matvec.ts";
import type { Arena } from "../memory.ts";
import { applyEpilogue, epilogueElements, loadEpilogue } from "./epilogue.ts";
import type { ConvolutionExports } from "./exports.ts";
import { inShares } from "../shares.ts";
import { eachLineBlock, wordsAt } from "../windowlines.ts";

const FLOAT = 4;

/** The weights go into linear memory as they are, for each block of lines. */
export function depthwise(
  arena: Arena,
  exports: ConvolutionExports,
  x: Float32Array,
  w: Float32Array,
  bias: Float32Array | undefined,
  out: Float32Array,
  windows: Windows,
  epilogue?: Epilogue,
): void {
  const { lines, places, step, runs, run } = windows;
  const n = runs.length;
  const m = w.length / n;
  if (n > PRODUCT_BLOCK) {
    depthwiseBlocks(arena, exports, x, w, bias, out, windows);
    return applyEpilogue(arena, exports, out, m, epilogue);
  }
  eachLineBlock(
    arena,
    x,
    windows,
    { results: m, addresses: 1, extra: n + (n & 1) + w.length + (bias ? m : 0) + epilogueElements(epilogue, m) },
    (xPtr, first, count, yPtr, extraPtr) => {
      const { floats } = arena;
      const size = count * places * m;
      const linesPtr = yPtr + FLOAT * size;
      const wPtr = extraPtr + FLOAT * (n + (n & 1));
      const biasPtr = bias ? wPtr + FLOAT * w.length : 0;
      const addresses = wordsAt(arena, linesPtr, count);
      for (let line = 0; line < count; line++) addresses[line] = xPtr + FLOAT * (lines[first + line]! - lines[first]!);
      floats.set(w, wPtr / FLOAT);
      if (bias) floats.set(bias, biasPtr / FLOAT);
      const normPtr = wPtr + FLOAT * (w.length + (bias ? m : 0));
      const finish = epilogue && loadEpilogue(arena, epilogue, m, normPtr);
      inShares(arena, exports, size * n, count, 1, (line, many, kernels) => {
        const [lines, y] = [linesPtr + FLOAT * line, yPtr + FLOAT * line * places * m];
        kernels.depthwiseF32(lines, extraPtr, wPtr, biasPtr, y, many, places, FLOAT * step, n, m, m / run);
        finish?.(kernels, y, many * places, m);
      });
      copyOut(floats, size, out, first * places * m, yPtr / FLOAT);
    },
  );
}

/** Like `depthwise`, of several blocks. */
function depthwiseBlocks(
  arena: Arena,
  exports: ConvolutionExports,
  x: Float32Array,
  w: Float32Array,
  bias: Float32Array | undefined,
  out: Float32Array,
  windows: Windows,
): void {
  const { runs } = windows;
  const m = w.length / runs.length;
  addBlocks(runs.length, out, (from, count, part) =>
    depthwise(arena, exports, x, w.subarray(from * m, (from + count) * m), undefined, part, {
      ...windows,
      runs: runs.slice(from, from + count),
    }),
  );
  addBias(arena, out, bias);
}
