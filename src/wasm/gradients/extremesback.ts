import type { Windows } from "../../base/index.ts";
import { ARITHMETIC } from "../../base/index.ts";
import type { Arena } from "../memory.ts";
import { wordsAt } from "../windowlines.ts";
import type { GradientExports } from "./exports.ts";
import { places as placesOf } from "./outer.ts";

/** Elements of the image that a block of lines sees: about 256 KiB. */
const SEEN = 65536;

/** A block of lines at a time; what two blocks see both is added up where it is. */
export function extremesBack(
  arena: Arena,
  exports: GradientExports,
  op: "maximum" | "minimum",
  x: Float32Array,
  ct: Float32Array,
  out: Float32Array,
  { lines, places, step, runs, run }: Windows,
): void {
  const reach = runs[runs.length - 1]! + (places - 1) * step + run;
  const perLine = places * run;
  out.fill(0);
  for (let first = 0, count = 0; first < lines.length; first += count) {
    const start = lines[first]!;
    for (count = 1; first + count < lines.length && lines[first + count]! - start + reach <= SEEN;) count++;
    const seen = lines[first + count - 1]! - start + reach;
    const sizes = [4 * count, 4 * runs.length, 4 * seen, 4 * count * perLine, 4 * seen];
    const bytes = sizes.reduce((sum, size) => sum + size + 64, 0);
    const base = arena.allocateOrThrow(bytes, "extremesBackF32");
    try {
      const [linesPtr, offsetsPtr, xPtr, ctPtr, outPtr] = placesOf(base, sizes) as [
        number,
        number,
        number,
        number,
        number,
      ];
      const starts = wordsAt(arena, linesPtr, count);
      for (let line = 0; line < count; line++) starts[line] = 4 * (lines[first + line]! - start);
      const offsets = wordsAt(arena, offsetsPtr, runs.length);
      for (let q = 0; q < runs.length; q++) offsets[q] = 4 * runs[q]!;
      const { floats } = arena;
      floats.set(part(x, start, seen), xPtr / 4);
      floats.set(part(ct, first * perLine, count * perLine), ctPtr / 4);
      floats.set(part(out, start, seen), outPtr / 4);
      exports.extremesBackF32(
        ARITHMETIC[op],
        linesPtr,
        offsetsPtr,
        xPtr,
        ctPtr,
        outPtr,
        count,
        places,
        4 * step,
        runs.length,
        run,
      );
      out.set(floats.subarray(outPtr / 4, outPtr / 4 + seen), start);
    } finally {
      arena.release(base, bytes);
    }
  }
}

function part(x: Float32Array, start: number, n: number): Float32Array {
  return n === x.length ? x : x.subarray(start, start + n);
}
