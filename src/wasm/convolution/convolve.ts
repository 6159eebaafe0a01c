import type { Epilogue, Windows } from "../../base/index.ts";
import { addBlocks, PRODUCT_BLOCK } from "../../base/index.ts";
import { copyOut } from "../copy.ts";
import { blockOf, windowsOf } from "../deep.ts";
import type { Instance } from "../instance.ts";
import { addBias } from "../matvec.ts";
import { packedBytes, packPanels } from "../pack.ts";
import { inShares } from "../shares.ts";
import { applyEpilogue, epilogueElements, loadEpilogue } from "./epilogue.ts";
import type { ConvolutionExports } from "./exports.ts";
import { packGroups } from "./packgroups.ts";
import { holdsProduct, multiplyPoints } from "./pointwise.ts";
import { allocate, eachLineBlock, wordsAt } from "../windowlines.ts";

const FLOAT = 4;
/** Threads share places in so many: those that the kernel takes together where there are groups. */
const UNIT = 16;

/** A window's sums take its runs in turn, so that k ascends. */
export function convolve(
  instance: Instance,
  exports: ConvolutionExports,
  x: Float32Array,
  w: Float32Array,
  bias: Float32Array | undefined,
  out: Float32Array,
  windows: Windows,
  immutable: boolean,
  groups = 1,
  epilogue?: Epilogue,
): void {
  const { runs, run } = windows;
  if (runs.length * run <= PRODUCT_BLOCK)
    return convolveBlock(instance, exports, x, w, bias, out, windows, immutable, groups, run, epilogue);
  convolveBlocks(instance, exports, x, w, bias, out, windows, immutable, groups);
  applyEpilogue(instance, exports, out, out.length / (windows.lines.length * windows.places), epilogue);
}

/** Of one block. The windows of a group begin `apart` elements behind those of the group before. */
function convolveBlock(
  instance: Instance,
  exports: ConvolutionExports,
  x: Float32Array,
  w: Float32Array,
  bias: Float32Array | undefined,
  out: Float32Array,
  windows: Windows,
  immutable: boolean,
  groups: number,
  apart: number,
  epilogue?: Epilogue,
): void {
  const { weights } = instance;
  const { lines, places, step, runs, run } = windows;
  const n = runs.length * run;
  const m = out.length / (lines.length * places);
  if (!immutable) weights.drop(w);
  // First, because it may evict copies of weights.
  const isMatrix = holdsProduct(instance, windows, n, m, groups);
  const kept = !immutable
    ? 0
    : groups === 1
      ? weights.find(w, n, m)
      : weights.findGroups(w, n, m, groups, (ptr) => packGroups(instance, exports, w, n, m, groups, ptr));
  const packedPtr = kept === 0 ? allocate(instance, packedBytes(n, m, groups)) : kept;
  try {
    if (kept === 0 && groups === 1) packPanels(instance, w, n, m, packedPtr);
    else if (kept === 0) packGroups(instance, exports, w, n, m, groups, packedPtr);
    if (isMatrix) return multiplyPoints(instance, exports, packedPtr, x, bias, out, n, m, epilogue);
    eachLineBlock(
      instance,
      x,
      groups === 1 ? windows : { ...windows, run: (groups - 1) * apart + run },
      { results: m, addresses: 1, extra: runs.length + (bias ? m : 0) + epilogueElements(epilogue, m) },
      (xPtr, first, count, yPtr, extraPtr) => {
        const { floats } = instance;
        const placesPtr = yPtr + FLOAT * count * places * m;
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
        const normPtr = extraPtr + FLOAT * (runs.length + (bias ? m : 0));
        const finish = epilogue && loadEpilogue(instance, epilogue, m, normPtr);
        const biasPtr = bias ? extraPtr + FLOAT * runs.length : 0;
        const rows = addresses.length;
        inShares(instance, exports, rows * w.length, rows, UNIT, (row, many, kernels) => {
          const y = yPtr + FLOAT * row * m;
          kernels.convolveF32(
            placesPtr + FLOAT * row,
            extraPtr,
            packedPtr,
            biasPtr,
            y,
            many,
            runs.length,
            run,
            m / groups,
            groups,
            FLOAT * apart,
          );
          finish?.(kernels, y, many, m);
        });
        copyOut(floats, count * places * m, out, first * places * m, yPtr / FLOAT);
      },
    );
  } finally {
    if (kept === 0) instance.release(packedPtr, packedBytes(n, m, groups));
  }
}

/** Of several blocks. */
function convolveBlocks(
  instance: Instance,
  exports: ConvolutionExports,
  x: Float32Array,
  w: Float32Array,
  bias: Float32Array | undefined,
  out: Float32Array,
  windows: Windows,
  immutable: boolean,
  groups: number,
): void {
  const { run } = windows;
  const n = windows.runs.length * run;
  addBlocks(n, out, (from, count, part) => {
    const seen = windowsOf(windows, from, count);
    convolveBlock(instance, exports, x, blockOf(w, n, from), undefined, part, seen, immutable, groups, run);
  });
  addBias(instance, out, bias);
}
