import type { ArrayData } from "../arraydata.ts";
import { zerosData } from "../arraydata.ts";
import { copyRow } from "../manipulation/copying.ts";

/** The diagonals of a matrix from `lower` to `upper`; those above the main one are positive. */
export interface Band {
  readonly lower: number;
  readonly upper: number;
}

/** Calls `visit(start, end)` with the range of the band in every row of the matrices `x` [..., rows, columns]. */
export function eachBandRow(x: ArrayData, { lower, upper }: Band, visit: (start: number, end: number) => void): void {
  const [rows, columns] = x.shape.slice(-2) as [number, number];
  const inside = (column: number): number => Math.min(Math.max(column, 0), columns);
  for (let start = 0, row = 0; start < x.storage.data.length; start += columns, row++) {
    const diagonal = row % rows;
    visit(start + inside(diagonal + lower), start + inside(diagonal + upper + 1));
  }
}

/** The matrices `x` with zeros outside the band. */
export function bandData(band: Band, x: ArrayData): ArrayData {
  const out = zerosData(x.shape, x.dtype);
  const [from, to] = [x.storage.data, out.storage.data];
  eachBandRow(out, band, (start, end) => copyRow(from, start, 1, to, start, end - start));
  return out;
}
