import type { ArrayData, Input, Operation } from "../data/index.ts";
import { toData, viewData } from "../data/index.ts";

/**
 * Computes an operation in another way, for instance on a tape. `inputs` may end with undefined ones that the operation
 * does not have.
 */
export type Interpreter = <P, I extends readonly Input[]>(
  operation: Operation<P, I>,
  parameters: P,
  inputs: I,
) => ArrayData;

/** Computes operations if it is set; else `forward` alone does. */
export const interpreter: { current: Interpreter | undefined } = { current: undefined };

/**
 * The raw data of an input that the operation reads before it returns and keeps nothing of: a Float32Array is not
 * copied, unless an interpreter listens, which may keep what operations are given.
 *
 * @param name how errors name the argument, `fn: "x"` by convention
 * @throws TypeError if `x` is not array-like
 */
export function viewInput(x: unknown, name: string): ArrayData {
  return interpreter.current === undefined ? viewData(x, name) : toData(x, name);
}
