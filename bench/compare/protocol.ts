/** What bench:compare and its passes say to each other. */

/** The three packages of a pass. */
export const ROLES = ["old", "new", "control"] as const;

/** What the parent asks for, as JSON in the first argument. */
export interface PassRequest {
  /** The folder that has a folder for each role. */
  readonly folder: string;
  readonly names: readonly string[];
  /** Milliseconds for all the rows. */
  readonly budget: number;
  /** Which role is loaded and run first: from 0 to 2. */
  readonly first: number;
}

/** One row of one pass. */
export interface PassRow {
  readonly name: string;
  /** Nanoseconds a call of the old package. */
  readonly ns: number;
  /** Of the new package to the old one, and of the old one's copy to the old one: medians of the rounds. */
  readonly ratio: number;
  readonly control: number;
  /** Whether old and new give the same shapes, dtypes and bits. */
  readonly same: boolean;
}

/** The middle of the numbers. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}
