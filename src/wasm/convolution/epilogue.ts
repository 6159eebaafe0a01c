import type { Epilogue } from "../../base/index.ts";
import { copyOut } from "../copy.ts";
import { packedColumns } from "../pack.ts";
import type { Arena } from "../memory.ts";
import type { ConvolutionExports } from "./exports.ts";

const { floor, max, min } = Math;

const FLOAT = 4;

/** The elements that `loadEpilogue` writes for rows [m]. */
export function epilogueElements(epilogue: Epilogue | undefined, m: number): number {
  return epilogue?.norm === undefined ? 0 : 3 * packedColumns(m);
}

/** Does an epilogue, by these kernels, to `rows` rows at an address, `stride` elements apart. */
type Finish = (exports: ConvolutionExports, yPtr: number, rows: number, stride: number) => void;

/** Writes the numbers of `epilogue` to `ptr`, and gives what does it to rows [m]. */
export function loadEpilogue(arena: Arena, { norm, activation }: Epilogue, m: number, ptr: number): Finish {
  if (norm !== undefined) {
    const { mean, variance, scale, bias, epsilon } = norm;
    const { floats } = arena;
    const list = packedColumns(m);
    const at = ptr / FLOAT;
    floats.set(mean, at);
    floats.set(variance, at + list);
    // The scale's place, which the bias takes when the factors are there.
    if (scale === undefined) floats.fill(1, at + 2 * list, at + 2 * list + m);
    else floats.set(scale, at + 2 * list);
    arena.exports.factorsF32(ptr + FLOAT * list, ptr + 2 * FLOAT * list, m, epsilon);
    // Added to anything, -0 changes nothing.
    if (bias === undefined) floats.fill(-0, at + 2 * list, at + 2 * list + m);
    else floats.set(bias, at + 2 * list);
  }
  const limit = activation === undefined ? -1 : activation === "relu" ? Infinity : 6;
  const normPtr = norm === undefined ? 0 : ptr;
  return (exports, yPtr, rows, stride) => exports.epilogueF32(yPtr, rows, m, stride, normPtr, limit);
}

/** Rows that are in linear memory at a time fill about so many elements, 256 KiB. */
const BLOCK_ELEMENTS = 2 ** 16;

/** Does `epilogue`, if there is one, to the rows [m] of `out`, in place. */
export function applyEpilogue(
  arena: Arena,
  exports: ConvolutionExports,
  out: Float32Array,
  m: number,
  epilogue: Epilogue | undefined,
): void {
  if (epilogue === undefined) return;
  const own = epilogueElements(epilogue, m);
  const step = m * max(1, min(out.length / m, floor(BLOCK_ELEMENTS / m)));
  // The kernel reads up to three elements behind a row.
  const bytes = FLOAT * (own + step + 3);
  const ptr = arena.allocateOrThrow(bytes, "convolution");
  try {
    const yPtr = ptr + FLOAT * own;
    const finish = loadEpilogue(arena, epilogue, m, ptr);
    for (let at = 0; at < out.length; at += step) {
      const size = min(step, out.length - at);
      arena.floats.set(out.subarray(at, at + size), yPtr / FLOAT);
      finish(exports, yPtr, size / m, m);
      copyOut(arena.floats, size, out, at, yPtr / FLOAT);
    }
  } finally {
    arena.release(ptr, bytes);
  }
}
