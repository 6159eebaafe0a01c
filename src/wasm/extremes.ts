import type { Windows } from "../base/index.ts";
import { ARITHMETIC } from "../base/index.ts";
import { copyOut } from "./copy.ts";
import type { Arena } from "./memory.ts";
import { eachLineBlock, wordsAt } from "./windowlines.ts";

const FLOAT = 4;

export function extremes(
  arena: Arena,
  op: "maximum" | "minimum",
  x: Float32Array,
  out: Float32Array,
  windows: Windows,
): void {
  const { lines, places, step, runs, run } = windows;
  eachLineBlock(
    arena,
    x,
    windows,
    { results: run, addresses: 1, extra: runs.length },
    (xPtr, first, count, yPtr, extraPtr) => {
      const size = count * places * run;
      const linesPtr = yPtr + FLOAT * size;
      const addresses = wordsAt(arena, linesPtr, count);
      for (let line = 0; line < count; line++) addresses[line] = xPtr + FLOAT * (lines[first + line]! - lines[first]!);
      arena.exports.extremesF32(
        ARITHMETIC[op],
        linesPtr,
        extraPtr,
        yPtr,
        count,
        places,
        FLOAT * step,
        runs.length,
        run,
      );
      copyOut(arena.floats, size, out, first * places * run, yPtr / FLOAT);
    },
  );
}
