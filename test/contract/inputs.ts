/**
 * Inputs that several contract tests share: shapes at the edges of lanes, chunks and regions, and values where formulas
 * change.
 */
import type { Windows } from "../../src/base/index.ts";
import { EDGES, words } from "./backends.ts";

/** Broadcasts [outer, varying, repeat]: of outer * varying * repeat results an operand has the `varying` elements. */
export const BROADCASTS = [
  [1, 1, 1],
  [1, 1, 5],
  [1, 5, 1],
  [7, 1, 1],
  [1, 3, 2],
  [2, 3, 4],
  [5, 7, 3],
  [3, 64, 1],
  [1, 64, 64],
  [2, 16, 100],
  [1, 2, 4095],
  [1, 3, 4097],
  [1, 2, 9001],
  [3, 1500, 3],
  [2, 4095, 2],
  [2, 1, 5000],
  [2, 9001, 1],
  [70, 2, 33],
] as const;

/** Element i of an operand whose elements repeat `repeat` times each; the sequence then starts again. */
export function at<T>(x: ArrayLike<T>, i: number, repeat = 1): T {
  return x[Math.floor(i / repeat) % x.length]!;
}

/** Rows [n, rows] at the edges of lanes, of chunks and of the block region. */
export const ROWS: readonly (readonly [number, number])[] = [
  ...Array.from({ length: 70 }, (_, n) => [n + 1, 3] as const),
  [1, 1],
  [1, 5000],
  [7, 4099],
  [1000, 67],
  [16384, 2],
  [16385, 2],
  [32752, 1],
  [32753, 2],
  [70001, 2],
];

/** Shapes [outer, n, inner, size] at the edges of lanes, of chunks of lines and of the block region. */
export const SHAPES: readonly (readonly [number, number, number, number])[] = [
  [1, 1, 1, 1],
  [1, 7, 1, 1],
  [3, 1, 1, 1],
  [2, 5, 3, 2],
  [3, 17, 5, 10],
  [1, 3, 33, 16],
  [2, 2, 3, 49],
  [1, 200, 67, 1],
  [1, 3, 4099, 1],
  [1, 5, 1031, 2],
  [2, 9, 1025, 3],
  [1, 1, 70001, 1],
  [1, 40001, 1, 2],
  [1, 3, 2, 32753],
  [2, 2, 1, 65537],
  [1, 30011, 3, 1],
  [1, 12007, 2, 3],
  [5003, 1, 1, 3],
  [3, 1, 5000, 2],
  [1, 2, 4097, 4],
];

/** Lines `pitch` apart, windows of `height` runs, each of `run` elements, a line apart. */
export function windowsOf(
  lines: number,
  pitch: number,
  places: number,
  step: number,
  height: number,
  run: number,
): Windows {
  return {
    lines: Int32Array.from({ length: lines }, (_, i) => i * pitch),
    places,
    step,
    runs: Int32Array.from({ length: height }, (_, i) => i * pitch),
    run,
  };
}

/** How many elements of an image the windows reach. */
export function elementsIn({ lines, places, step, runs, run }: Windows): number {
  return lines.at(-1)! + runs.at(-1)! + (places - 1) * step + run;
}

export const GEOMETRIES: readonly Windows[] = [
  windowsOf(1, 0, 1, 1, 1, 1),
  windowsOf(3, 40, 9, 4, 3, 8),
  windowsOf(5, 33, 7, 3, 2, 12),
  windowsOf(2, 11, 11, 1, 4, 1),
  windowsOf(17, 100, 1, 5, 1, 100),
  windowsOf(4, 1000, 301, 3, 3, 9),
  windowsOf(90, 4096, 1000, 4, 1, 4),
  { lines: Int32Array.of(0, 7, 50), places: 3, step: 2, runs: Int32Array.of(1, 3, 17), run: 5 },
];

/** Any float32 words, then numbers about 0 where the functions curve. */
export function unaryInputs(n: number, seed: number): Float32Array {
  const bits = words(n, seed);
  return new Float32Array(bits.buffer).map((x, i) =>
    i % 2 === 0 ? x : (bits[i]! / 2 ** 32 - 0.5) * 2 ** ((bits[i]! & 7) - 1),
  );
}

/** Where a function changes its formula, with the neighbours on both sides. */
const TURNS = [
  0.0004,
  0.41421357,
  0.5,
  0.70710677,
  Math.SQRT1_2,
  1,
  3.832507,
  5,
  7.9988117,
  16,
  20,
  65536,
  87.8,
  88.72284,
  88.8,
  89,
  103.97,
  2 ** 24,
  2 ** 31,
  Math.PI,
  Math.PI / 2,
  Math.PI / 4,
];
export const UNARY_SPECIAL = Float32Array.from([
  ...EDGES,
  ...TURNS.flatMap((x) => [x, x * (1 + 2 ** -23), x * (1 - 2 ** -23)]).flatMap((x) => [x, -x]),
]);

/** Lines [outer, n, inner] at the edges of lanes, of four rows, of chunks of lines and of the block region. */
export const LINES: readonly (readonly [number, number, number])[] = [
  ...Array.from({ length: 38 }, (_, n) => [n % 7, n, 1] as const),
  ...Array.from({ length: 22 }, (_, inner) => [2, 5 + (inner % 4), inner + 1] as const),
  [1, 0, 1],
  [2, 0, 3],
  [5, 1, 1],
  [1, 1, 9],
  [1030, 16, 1],
  [4099, 3, 1],
  [16390, 2, 1],
  [3, 1025, 1],
  [2, 65521, 1],
  [3, 65537, 1],
  [1, 140001, 1],
  [1, 1024, 64],
  [2, 3000, 17],
  [1, 9, 4099],
  [1, 2, 16390],
  [1, 2, 70001],
  [1, 40001, 2],
  [2, 300, 1027],
];

/** Columns [outer, n, inner] of at most 1,024 elements, at the edges of lanes, of partial sums and of blocks. */
export const COLUMNS: readonly (readonly [number, number, number])[] = [
  ...Array.from({ length: 19 }, (_, i) => [2, i + 1, (i % 9) + 1] as const),
  [1, 70, 1],
  [8, 64, 128],
  [2, 1024, 33],
  [1, 1023, 5],
  [3, 1, 1500],
  [1, 17, 2049],
];

/**
 * Where an activation's formula changes, with the neighbours on both sides: of erfc, which gelu takes of x * sqrt(1/2),
 * too.
 */
const ACTIVATION_TURNS = [
  0.0004,
  3,
  6,
  0.25,
  0.5,
  1,
  2,
  Math.SQRT2,
  Math.SQRT1_2,
  2 * Math.SQRT2,
  0.8813736,
  9.419279,
  13.321134,
  16,
  20,
  87.8,
  88.72284,
  103.97,
  2 ** 64,
  2 ** -63,
  2 ** -125,
  2 ** -126,
];
export const ACTIVATION_SPECIAL = Float32Array.from([
  ...EDGES,
  ...ACTIVATION_TURNS.flatMap((x) => [x, x * (1 + 2 ** -23), x * (1 - 2 ** -23)]).flatMap((x) => [x, -x]),
]);
