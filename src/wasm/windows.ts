import { LimitError } from "../base/index.ts";
import type { Windows } from "../base/index.ts";
import { pack, packedBytes } from "./matvec.ts";
import type { Arena } from "./memory.ts";
import type { Residents } from "./residents.ts";

const { ceil, min } = Math;

/** Lines are taken so many at a time that what they see and what comes of them fills about this many elements: 1 MiB. */
const BLOCK_ELEMENTS = 2 ** 18;
const FLOAT = 4;

/** Every window of `x` times `w`, packed, plus the bias. A line's sums take the runs in turn, so that k ascends. */
export function convolve(arena: Arena, residents: Residents, x: Float32Array, w: Float32Array, bias: Float32Array | undefined, windows: Windows, out: Float32Array, pinned: boolean): void {
  const { lines, places, step, runs, run } = windows;
  const n = runs.length * run;
  const m = out.length / (lines.length * places);
  const width = 4 * ceil(m / 4);
  if (!pinned) residents.drop(w);
  const kept = pinned ? residents.find(w, n, m) : 0;
  const packedPtr = kept === 0 ? allocate(arena, packedBytes(n, m)) : kept;
  try {
    if (kept === 0) pack(arena, w, n, m, packedPtr);
    byLines(arena, x, windows, width, bias ? width : 0, (xPtr, first, count, yPtr, y, extraPtr, extra) => {
      const { exports } = arena;
      y.fill(0);
      for (let line = 0; line < count; line++) {
        const from = xPtr + FLOAT * (lines[first + line]! - lines[first]!);
        const to = yPtr + FLOAT * line * places * width;
        for (let q = 0; q < runs.length; q++) {
          for (let c = 0, panel = 0; c < m; c += panel) {
            panel = panelWidth(m - c);
            exports.matmulPanelsF32(from + FLOAT * runs[q]!, step, packedPtr + FLOAT * (n * c + panel * q * run), to + FLOAT * c, width, places, run, min(panel, m - c));
          }
        }
      }
      if (bias) {
        extra.set(bias);
        exports.addBiasF32(yPtr, count * places, width, extraPtr);
      }
      store(y, out, first * places, count * places, m, width);
    });
  } finally {
    if (kept === 0) arena.release(packedPtr, packedBytes(n, m));
  }
}

/** The largest, or smallest, element of every window of `x`. */
export function extremes(arena: Arena, x: Float32Array, windows: Windows, least: boolean, out: Float32Array): void {
  const { lines, places, step, runs, run } = windows;
  byLines(arena, x, windows, run, runs.length, (xPtr, first, count, yPtr, y, extraPtr, extra) => {
    const offsets = new Uint32Array(extra.buffer, extra.byteOffset, runs.length);
    for (let q = 0; q < runs.length; q++) offsets[q] = FLOAT * runs[q]!;
    for (let line = 0; line < count; line++) {
      const from = xPtr + FLOAT * (lines[first + line]! - lines[first]!);
      arena.exports.extremesF32(from, FLOAT * step, places, extraPtr, runs.length, run, yPtr + FLOAT * line * places * run, least);
    }
    out.set(y, first * places * run);
  });
}

/** What works on `count` lines from line `first` on: what they see, room for `y` and for `extra` elements. */
type Lines = (xPtr: number, first: number, count: number, yPtr: number, y: Float32Array, extraPtr: number, extra: Float32Array) => void;

/** Runs `kernel` on a block of lines at a time, in linear memory that lives for the block; `width` results a place. */
function byLines(arena: Arena, x: Float32Array, { lines, places, step, runs, run }: Windows, width: number, extra: number, kernel: Lines): void {
  const reach = runs[runs.length - 1]! + (places - 1) * step + run;
  for (let first = 0, count = 0; first < lines.length; first += count) {
    const start = lines[first]!;
    const elements = (many: number): number => extra + many * places * width + lines[first + many - 1]! - start + reach;
    for (count = 1; first + count < lines.length && elements(count + 1) <= BLOCK_ELEMENTS; ) count++;
    const bytes = FLOAT * elements(count);
    const ptr = allocate(arena, bytes);
    const yPtr = ptr + FLOAT * extra;
    const xPtr = yPtr + FLOAT * count * places * width;
    const { buffer } = arena.exports.memory;
    try {
      new Float32Array(buffer, xPtr).set(x.subarray(start, lines[first + count - 1]! + reach));
      kernel(xPtr, first, count, yPtr, new Float32Array(buffer, yPtr, count * places * width), ptr, new Float32Array(buffer, ptr, extra));
    } finally {
      arena.release(ptr, bytes);
    }
  }
}

function allocate(arena: Arena, bytes: number): number {
  const ptr = arena.allocate(bytes);
  if (ptr === 0) throw new LimitError(`convolution: cannot hold ${bytes} bytes of an image in WebAssembly memory`);
  return ptr;
}

/** The width of the next panel of a packed matrix when `left` columns remain. */
function panelWidth(left: number): number {
  return left >= 32 ? 32 : left >= 16 ? 16 : left >= 8 ? 8 : 4;
}

/** Copies rows of `width` sums to rows of `out`, without the columns that pad them. */
function store(sums: Float32Array, out: Float32Array, row: number, rows: number, m: number, width: number): void {
  if (m === width) out.set(sums, row * m);
  else for (let i = 0; i < rows; i++) for (let j = 0; j < m; j++) out[(row + i) * m + j] = sums[i * width + j]!;
}
