/** Numbers drawn at once: the weights of a 3x4 layer, a hidden layer's bias, a large layer's weights. */
export const DRAWS = [12, 4096, 1_000_000] as const;

/** [n, m] of x @ W: from the smallest layer, past the sizes of the caches, to main memory. */
export const MATRICES: readonly (readonly [n: number, m: number])[] = [
  [3, 4],
  [64, 64],
  [256, 256],
  [784, 512],
  [1024, 1024],
  [4096, 4096],
];

/** Sizes around which WebAssembly becomes faster than the TypeScript core. */
export const SMALL_DRAWS = [1, 2, 4, 6, 8, 12, 16, 24, 32, 48, 64] as const;
export const SMALL_NORMALS = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32] as const;
export const SMALL_ARRAYS = [1, 2, 3, 4, 6, 8, 12, 16, 24] as const;
export const SMALL_MATRICES: readonly (readonly [n: number, m: number])[] = [
  [2, 2],
  [2, 4],
  [3, 4],
  [4, 4],
  [4, 8],
  [1, 64],
  [8, 8],
  [64, 1],
  [8, 16],
  [16, 16],
  [16, 32],
  [32, 32],
];

export const SMALL_BATCHES: readonly (readonly [batch: number, n: number, m: number])[] = [
  [2, 2, 2],
  [2, 3, 4],
  [4, 3, 4],
  [2, 8, 4],
  [8, 3, 4],
  [4, 8, 4],
  [4, 8, 8],
  [8, 8, 8],
  [4, 16, 16],
];
export const SMALL_ROWS = [8, 16, 24, 32, 48, 64, 96, 128, 256] as const;

/** [batch, n, m] of X @ W. */
export const BATCHES: readonly (readonly [batch: number, n: number, m: number])[] = [
  [4, 3, 4],
  [32, 64, 64],
  [2, 256, 256],
  [7, 256, 256],
  [8, 256, 256],
  [32, 256, 256],
  [128, 256, 256],
  [4, 1024, 1024],
  [8, 1024, 1024],
  [128, 1024, 1024],
];
