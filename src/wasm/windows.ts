import { LimitError } from "../base/index.ts";
import type { Windows } from "../base/index.ts";
import { copyOut, copyRowsOut } from "./copy.ts";
import { pack, packedBytes } from "./matvec.ts";
import type { Arena } from "./memory.ts";
import type { Residents } from "./residents.ts";

const { ceil } = Math;

/** Lines are taken so many at a time that what they see and what comes of them fills about this many elements: 1 MiB. */
const BLOCK_ELEMENTS = 2 ** 18;
const FLOAT = 4;

/** Every window of `x` times `w`, packed, plus the bias. A line's sums take the runs in turn, so that k ascends. */
export function convolve(
  arena: Arena,
  residents: Residents,
  x: Float32Array,
  w: Float32Array,
  bias: Float32Array | undefined,
  out: Float32Array,
  windows: Windows,
  immutable: boolean,
): void {
  const { lines, places, step, runs, run } = windows;
  const n = runs.length * run;
  const m = out.length / (lines.length * places);
  const width = 4 * ceil(m / 4);
  if (!immutable) residents.drop(w);
  const kept = immutable ? residents.find(w, n, m) : 0;
  const packedPtr = kept === 0 ? allocate(arena, packedBytes(n, m)) : kept;
  try {
    if (kept === 0) pack(arena, w, n, m, packedPtr);
    byLines(
      arena,
      x,
      windows,
      { results: width, spare: 1, extra: runs.length + (bias ? width : 0) },
      (xPtr, first, count, yPtr, extraPtr) => {
        const { floats } = arena;
        const placesPtr = yPtr + FLOAT * count * places * width;
        const addresses = wordsAt(arena, placesPtr, count * places);
        if (bias) floats.set(bias, extraPtr / FLOAT + runs.length);
        for (let line = 0, i = 0; line < count; line++) {
          for (
            let t = 0, from = xPtr + FLOAT * (lines[first + line]! - lines[first]!);
            t < places;
            t++, from += FLOAT * step
          )
            addresses[i++] = from;
        }
        arena.exports.convolveF32(
          placesPtr,
          addresses.length,
          extraPtr,
          runs.length,
          run,
          packedPtr,
          m,
          yPtr,
          width,
          bias ? extraPtr + FLOAT * runs.length : 0,
        );
        copyRowsOut(floats, yPtr / FLOAT, width, out, first * places, count * places, m);
      },
    );
  } finally {
    if (kept === 0) arena.release(packedPtr, packedBytes(n, m));
  }
}

/** The largest, or smallest, element of every window of `x`. */
export function extremes(
  arena: Arena,
  op: "maximum" | "minimum",
  x: Float32Array,
  out: Float32Array,
  windows: Windows,
): void {
  const { lines, places, step, runs, run } = windows;
  byLines(arena, x, windows, { results: run, spare: 1, extra: runs.length }, (xPtr, first, count, yPtr, extraPtr) => {
    const size = count * places * run;
    const linesPtr = yPtr + FLOAT * size;
    const addresses = wordsAt(arena, linesPtr, count);
    for (let line = 0; line < count; line++) addresses[line] = xPtr + FLOAT * (lines[first + line]! - lines[first]!);
    arena.exports.extremesF32(
      linesPtr,
      count,
      FLOAT * step,
      places,
      extraPtr,
      runs.length,
      run,
      yPtr,
      op === "minimum",
    );
    copyOut(arena.floats, size, out, first * places * run, yPtr / FLOAT);
  });
}

/** What works on `count` lines from line `first` on: addresses of what they see, of room for `y`, and of the runs' offsets with room behind them. */
type Lines = (xPtr: number, first: number, count: number, yPtr: number, extraPtr: number) => void;

/** What a block has room for, in elements: results and something behind them for each place, and `extra` before. */
interface Needs {
  readonly results: number;
  readonly spare: number;
  readonly extra: number;
}

/** Runs `kernel` on a block of lines at a time, in linear memory that lives for the block. */
function byLines(
  arena: Arena,
  x: Float32Array,
  { lines, places, step, runs, run }: Windows,
  { results, spare, extra }: Needs,
  kernel: Lines,
): void {
  const reach = runs[runs.length - 1]! + (places - 1) * step + run;
  for (let first = 0, count = 0; first < lines.length; first += count) {
    const start = lines[first]!;
    const elements = (many: number): number =>
      extra + many * places * (results + spare) + lines[first + many - 1]! - start + reach;
    for (count = 1; first + count < lines.length && elements(count + 1) <= BLOCK_ELEMENTS;) count++;
    const bytes = FLOAT * elements(count);
    const ptr = allocate(arena, bytes);
    const yPtr = ptr + FLOAT * extra;
    const xPtr = yPtr + FLOAT * count * places * (results + spare);
    const end = lines[first + count - 1]! + reach;
    try {
      arena.floats.set(start === 0 && end === x.length ? x : x.subarray(start, end), xPtr / FLOAT);
      const offsets = wordsAt(arena, ptr, runs.length);
      for (let q = 0; q < runs.length; q++) offsets[q] = FLOAT * runs[q]!;
      kernel(xPtr, first, count, yPtr, ptr);
    } finally {
      arena.release(ptr, bytes);
    }
  }
}

/** `n` words of the memory from the address `ptr` on. */
function wordsAt(arena: Arena, ptr: number, n: number): Uint32Array {
  return new Uint32Array(arena.exports.memory.buffer, ptr, n);
}

function allocate(arena: Arena, bytes: number): number {
  const ptr = arena.allocate(bytes);
  if (ptr === 0) throw new LimitError(`convolution: cannot hold ${bytes} bytes of an image in WebAssembly memory`);
  return ptr;
}
