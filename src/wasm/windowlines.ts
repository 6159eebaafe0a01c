/** Windows that slide over an image, a block of its lines at a time. */
import { LimitError, writeLines } from "../base/index.ts";
import type { Padding, Windows } from "../base/index.ts";
import type { Arena } from "./memory.ts";

const { ceil } = Math;

/** A block of lines, with the part of the image that it sees and its results, fills about this many elements: 1 MiB. */
const BLOCK_ELEMENTS = 2 ** 18;
/** Kernels read up to this many elements past the end of the image. */
const SLACK = 4;
const FLOAT = 4;

/**
 * Works on `count` lines from line `first` on. Gets the addresses of what they see, of room for `y`, and of the runs'
 * offsets with room behind them.
 */
type Lines = (xPtr: number, first: number, count: number, yPtr: number, extraPtr: number) => void;

/** What a block has room for: results and addresses behind them for each place, and `extra` elements before. */
interface Needs {
  readonly results: number;
  readonly addresses: number;
  readonly extra: number;
}

/** Calls `kernel` for a block of lines at a time, in linear memory that is allocated for the block. */
export function eachLineBlock(
  arena: Arena,
  x: Float32Array,
  { lines, places, step, runs, run, padding }: Windows,
  needs: Needs,
  kernel: Lines,
): void {
  const extra = padded(needs.extra);
  const seen = runs[runs.length - 1]! + (places - 1) * step + run;
  const reach = padding === undefined ? seen : ceil(seen / padding.pitch) * padding.pitch;
  for (let first = 0, count = 0; first < lines.length; first += count) {
    const start = lines[first]!;
    const own = (many: number): number => padded(many * places * (needs.results + needs.addresses));
    const elements = (many: number): number => extra + own(many) + lines[first + many - 1]! - start + reach + SLACK + 1;
    for (count = 1; first + count < lines.length && elements(count + 1) <= BLOCK_ELEMENTS;) count++;
    const bytes = FLOAT * elements(count);
    const ptr = allocate(arena, bytes);
    const yPtr = ptr + FLOAT * extra;
    const xPtr = yPtr + FLOAT * (own(count) + oddity(padding, start));
    const end = lines[first + count - 1]! + reach;
    try {
      load(x, padding, start, end, arena.floats, xPtr / FLOAT);
      const offsets = wordsAt(arena, ptr, runs.length);
      for (let q = 0; q < runs.length; q++) offsets[q] = FLOAT * runs[q]!;
      kernel(xPtr, first, count, yPtr, ptr);
    } finally {
      arena.release(ptr, bytes);
    }
  }
}

/** `n` elements, and as many more as end a cache line. */
function padded(n: number): number {
  return (n + 15) & ~15;
}

/**
 * 1 where the elements from `start` on must come to an odd place, for a copy from an even place to an even one or from
 * an odd one to an odd one: V8 copies into shared memory by bytes otherwise, at 4.5 GB/s in place of 35 (Node 20,
 * x86-64, 2026-12).
 */
function oddity(padding: Padding | undefined, start: number): number {
  const piece = padding?.pieces[0];
  return (piece === undefined ? start : piece.from + piece.to) & 1;
}

/** Copies the elements of the image from `start` to `end`: whole lines, where there is padding. */
function load(
  x: Float32Array,
  padding: Padding | undefined,
  start: number,
  end: number,
  to: Float32Array,
  at: number,
): void {
  if (padding === undefined) to.set(start === 0 && end === x.length ? x : x.subarray(start, end), at);
  else writeLines(x, padding, start / padding.pitch, (end - start) / padding.pitch, to, at);
}

/** `n` words of the memory from the address `ptr` on. */
export function wordsAt(arena: Arena, ptr: number, n: number): Uint32Array {
  return new Uint32Array(arena.exports.memory.buffer, ptr, n);
}

/** @throws LimitError if the memory cannot grow to hold `bytes` bytes */
export function allocate(arena: Arena, bytes: number): number {
  const ptr = arena.allocate(bytes);
  if (ptr === 0) throw new LimitError(`convolution: cannot hold ${bytes} bytes of an image in WebAssembly memory`);
  return ptr;
}
