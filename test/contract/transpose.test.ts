import { describe, expect, it } from "vitest";
import { firstDifference } from "../bits.ts";
import { BACKENDS, words } from "./backends.ts";

/** Any words: among them the bits of NaN and of subnormals. */
function anyWords(n: number): Uint32Array {
  const all = words(n, n);
  for (let i = 0; i < n; i += 5) all[i] = [0x7fa00001, 0xffffffff, 1, 0x80000000, 0x7f800000][(i / 5) % 5]!;
  return all;
}

/** The transpose by its definition. */
function written(x: Uint32Array, shape: readonly number[], axes: readonly number[]): Uint32Array {
  const sizes = axes.map((axis) => shape[axis]!);
  return Uint32Array.from({ length: x.length }, (_, i) => {
    const index: number[] = [];
    let rest = i;
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      index[axes[axis]!] = rest % sizes[axis]!;
      rest = Math.floor(rest / sizes[axis]!);
    }
    return x[shape.reduce((place, n, axis) => place * n + index[axis]!, 0)]!;
  });
}

function permutations(rank: number): number[][] {
  if (rank === 0) return [[]];
  return permutations(rank - 1).flatMap((rest) =>
    Array.from({ length: rank }, (_, at) => [...rest.slice(0, at), rank - 1, ...rest.slice(at)]),
  );
}

describe.each(BACKENDS)("transposeF32 on $name", (kernels) => {
  function check(shape: readonly number[], axes: readonly number[]): void {
    const n = shape.reduce((product, size) => product * size, 1);
    const x = anyWords(n);
    const out = new Uint32Array(n + 6).fill(7);
    const view = new Float32Array(out.buffer, 4, n);
    kernels.transposeF32(new Float32Array(x.buffer), view, shape, axes);
    const what = `${shape.join()} by ${axes.join()}`;
    expect(out[0], what).toBe(7);
    expect(firstDifference(out.subarray(1, n + 1), written(x, shape, axes)), what).toBe(-1);
    expect(out.subarray(n + 1), what).toEqual(new Uint32Array(5).fill(7));
  }

  it("moves every axis of small arrays everywhere", () => {
    for (const shape of [[], [0], [5], [1, 1], [3, 0, 2], [2, 3], [4, 4], [5, 1, 3], [2, 3, 4], [3, 2, 5, 4]])
      for (const axes of permutations(shape.length)) check(shape, axes);
    for (const axes of permutations(5)) check([2, 3, 2, 5, 3], axes);
  });

  it("takes rows and columns of every size about a vector and a tile", () => {
    for (const rows of [1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 20, 33])
      for (const cols of [1, 2, 3, 4, 5, 6, 15, 16, 17, 33]) {
        check([rows, cols], [1, 0]);
        check([2, rows, cols], [0, 2, 1]);
        check([rows, 3, cols], [1, 0, 2]);
        check([rows, 2, 3, cols], [2, 1, 0, 3]);
      }
  });

  it("takes large arrays in parts, whatever is long", () => {
    for (const [shape, axes] of [
      [
        [128, 128],
        [1, 0],
      ],
      [
        [129, 127],
        [1, 0],
      ],
      [
        [2, 40_000],
        [1, 0],
      ],
      [
        [40_000, 2],
        [1, 0],
      ],
      [
        [300, 301],
        [1, 0],
      ],
      [
        [3, 17, 1500],
        [0, 2, 1],
      ],
      [[70_000], [0]],
      [
        [1000, 3, 50],
        [1, 0, 2],
      ],
      [
        [45, 46, 47],
        [2, 1, 0],
      ],
      [
        [9, 100, 8, 16],
        [0, 2, 1, 3],
      ],
      [
        [4, 30, 30, 30],
        [3, 1, 0, 2],
      ],
      [
        [2, 2, 2, 20_000],
        [2, 0, 3, 1],
      ],
    ] as const)
      check(shape, axes);
  });
});
