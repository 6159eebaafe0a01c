import type { Flat } from "./nest.ts";
import { flattenNest, settleNest } from "./nest.ts";

/** An argument of a differentiated function. `build` makes gradients of its form; null: there is none for a leaf. */
export interface Primal extends Flat {
  /** The argument with other arrays in place of the leaves. */
  replace(leaves: readonly unknown[]): unknown;
  /** Called after the function: makes what it stored ordinary arrays. After an error all is as it was before. */
  finish(failed: boolean): void;
}

/** What kinds of arguments and results a family of functions knows. */
export interface Trees {
  /** The argument at `place`, which is differentiated. */
  primal(value: unknown, name: string, place: number): Primal;
  /** An argument that is not. */
  passive(value: unknown): Pick<Primal, "finish">;
  /** A result. */
  flatten(value: unknown, name: string): Flat;
  /** A result with ordinary arrays. */
  settle(value: unknown): unknown;
}

function nothing(): void {}

/** Arrays and nests of arrays. */
export const nests: Trees = {
  primal: (value, name) => ({ ...flattenNest(value, name), finish: nothing }),
  passive: () => ({ finish: nothing }),
  flatten: (value, name) => flattenNest(value, name),
  settle: settleNest,
};
