import type { Windows } from "../base/index.ts";
import { addBlocks, PRODUCT_BLOCK } from "../base/index.ts";
import { copyRowsOut } from "./copy.ts";
import { blockOf, windowsOf } from "./deep.ts";
import type { Instance } from "./instance.ts";
import { addBias } from "./matvec.ts";
import { packedBytes, packPanels } from "./pack.ts";
import { allocate, eachLineBlock, wordsAt } from "./windowlines.ts";

const { ceil } = Math;

const FLOAT = 4;

/** A window's sums take its runs in turn, so that k ascends. */
export function convolve(
  instance: Instance,
  x: Float32Array,
  w: Float32Array,
  bias: Float32Array | undefined,
  out: Float32Array,
  windows: Windows,
  immutable: boolean,
): void {
  const { weights } = instance;
  const { lines, places, step, runs, run } = windows;
  const n = runs.length * run;
  const m = out.length / (lines.length * places);
  if (n > PRODUCT_BLOCK) return convolveBlocks(instance, x, w, bias, out, windows, immutable);
  const width = 4 * ceil(m / 4);
  if (!immutable) weights.drop(w);
  const kept = immutable ? weights.find(w, n, m) : 0;
  const packedPtr = kept === 0 ? allocate(instance, packedBytes(n, m)) : kept;
  try {
    if (kept === 0) packPanels(instance, w, n, m, packedPtr);
    eachLineBlock(
      instance,
      x,
      windows,
      { results: width, addresses: 1, extra: runs.length + (bias ? width : 0) },
      (xPtr, first, count, yPtr, extraPtr) => {
        const { floats } = instance;
        const placesPtr = yPtr + FLOAT * count * places * width;
        const addresses = wordsAt(instance, placesPtr, count * places);
        if (bias) floats.set(bias, extraPtr / FLOAT + runs.length);
        for (let line = 0, i = 0; line < count; line++) {
          for (
            let t = 0, from = xPtr + FLOAT * (lines[first + line]! - lines[first]!);
            t < places;
            t++, from += FLOAT * step
          )
            addresses[i++] = from;
        }
        instance.exports.convolveF32(
          placesPtr,
          extraPtr,
          packedPtr,
          bias ? extraPtr + FLOAT * runs.length : 0,
          yPtr,
          addresses.length,
          runs.length,
          run,
          m,
          width,
        );
        copyRowsOut(floats, yPtr / FLOAT, width, out, first * places, count * places, m);
      },
    );
  } finally {
    if (kept === 0) instance.release(packedPtr, packedBytes(n, m));
  }
}

/** Like `convolve`, of several blocks. */
function convolveBlocks(
  instance: Instance,
  x: Float32Array,
  w: Float32Array,
  bias: Float32Array | undefined,
  out: Float32Array,
  windows: Windows,
  immutable: boolean,
): void {
  const n = windows.runs.length * windows.run;
  addBlocks(n, out, (from, count, part) =>
    convolve(instance, x, blockOf(w, n, from), undefined, part, windowsOf(windows, from, count), immutable),
  );
  addBias(instance, out, bias);
}
