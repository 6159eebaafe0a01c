import type { ArrayData, Input, NDArray, Operation } from "../array/index.ts";

/** An input as a rule sees it: raw data as an NDArray, numbers and what is left out as they are. */
export type Lifted<I> = I extends ArrayData ? NDArray : I;

/** One application of an operation, as a rule sees it. */
export interface Application<P = unknown, I extends readonly Input[] = readonly Input[]> {
  readonly out: NDArray;
  readonly inputs: { readonly [K in keyof I]: Lifted<I[K]> };
  readonly parameters: P;
}

/**
 * How a cotangent of an operation's result becomes cotangents of its inputs, in their order; undefined where `wanted`
 * is false or nothing flows back. A rule is linear in the cotangent and uses public operations only, so that it can be
 * differentiated again.
 */
export type Rule<P = unknown, I extends readonly Input[] = readonly Input[]> = (
  ct: NDArray,
  application: Application<P, I>,
  wanted: readonly boolean[],
) => readonly (NDArray | undefined)[];

/** The cotangent of one input. */
export type Pullback<P = unknown, I extends readonly Input[] = readonly Input[]> = (
  ct: NDArray,
  application: Application<P, I>,
) => NDArray;

/** An operation whatever its types. */
export type AnyOperation = Operation<never, never>;

/** A row of a table of rules; null: the operation has no derivative, and its result is a constant. */
export type RuleEntry = readonly [AnyOperation, Rule<never, never> | null];

/** The rule of an operation whose cotangents are computed together. */
export function rule<P, I extends readonly Input[]>(operation: Operation<P, I>, pull: Rule<P, I>): RuleEntry {
  return [operation as AnyOperation, pull as unknown as Rule<never, never>];
}

/** The rule of an operation with a function for each input; the last function serves all inputs after it too. */
export function pullbacks<P, I extends readonly Input[]>(
  operation: Operation<P, I>,
  ...each: readonly Pullback<P, I>[]
): RuleEntry {
  return rule(operation, (ct, application, wanted) =>
    wanted.map((yes, i) => (yes ? each[Math.min(i, each.length - 1)]!(ct, application) : undefined)),
  );
}
