import type { ArrayData, Input, Operation } from "../data/index.ts";

/** Computes an operation in another way, for instance on a tape. */
export type Interpreter = <P, I extends readonly Input[]>(
  operation: Operation<P, I>,
  parameters: P,
  inputs: I,
) => ArrayData;

/** Who computes operations; nobody means `forward` alone. */
export const interpreter: { current: Interpreter | undefined } = { current: undefined };
