/** [rows, columns] at the edges of lanes, and of the blocks of rows that are in linear memory at a time. */
export const COLUMN_SIZES: readonly (readonly [rows: number, n: number])[] = [
  [1, 1],
  [3, 2],
  [5, 3],
  [9, 4],
  [7, 17],
  [4096, 16],
  [5000, 7],
  [3, 1023],
  [5, 8192],
  [3, 8195],
  [5, 16_384],
];
