import type { ArrayData } from "../data/index.ts";
import { NDArray } from "./ndarray.ts";

/** What an operation takes: raw arrays, JavaScript numbers, which are weak, and undefined where an input is left out. */
export type Input = ArrayData | number | undefined;

/**
 * An operation: its name and what it computes on raw data. Everything else that is known of an operation, such as its
 * gradient, stands in a table keyed by this record.
 */
export interface Operation<P = undefined, I extends readonly Input[] = readonly Input[]> {
  readonly name: string;
  /** The result for `inputs`. It is fresh or shared with an input, and never changed afterwards. */
  readonly forward: (parameters: P, ...inputs: I) => ArrayData;
}

/** Computes an operation in another way, for instance on a tape. */
export type Interpreter = <P, I extends readonly Input[]>(
  operation: Operation<P, I>,
  parameters: P,
  inputs: I,
) => NDArray;

/** Who computes operations; nobody means `forward` alone. */
export const interpreter: { current: Interpreter | undefined } = { current: undefined };

/** The result of `operation`. Every operation on arrays goes through here: methods, functions and layers alike. */
export function apply<P, I extends readonly Input[]>(operation: Operation<P, I>, parameters: P, ...inputs: I): NDArray {
  if (interpreter.current !== undefined) return interpreter.current(operation, parameters, inputs);
  return new NDArray(operation.forward(parameters, ...inputs));
}
