import type { NDArray } from "flaxen";

/** The work of one row `repeats` times over; gives what its last call gave. */
export type Run = (repeats: number) => NDArray | number;

/** One row of the comparison. */
export interface Row {
  readonly name: string;
  /**
   * Makes what the work needs. The loop is written out in each row: a shared one would see the functions of all rows,
   * and no engine would compile it for one.
   */
  readonly make: () => Run;
}
