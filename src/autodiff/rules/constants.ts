import {
  ALL,
  ANY,
  ARGMAX,
  ARGMIN,
  BITWISE_AND,
  BITWISE_OR,
  BITWISE_XOR,
  COUNT_NONZERO,
  EQUAL,
  GREATER,
  GREATER_EQUAL,
  ISCLOSE,
  ISFINITE,
  ISINF,
  ISNAN,
  LEFT_SHIFT,
  LESS,
  LESS_EQUAL,
  NOT_EQUAL,
  RIGHT_SHIFT,
  SIGNBIT,
} from "../../array/index.ts";
import type { AnyOperation, RuleEntry } from "../rule.ts";

/** The operations whose results are constants to any gradient: truth values, places, counts, bits. */
export function constantRules(): readonly RuleEntry[] {
  const operations: readonly unknown[] = [
    [EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, ISCLOSE],
    [ISNAN, ISINF, ISFINITE, SIGNBIT],
    [BITWISE_AND, BITWISE_OR, BITWISE_XOR, LEFT_SHIFT, RIGHT_SHIFT],
    [ANY, ALL, COUNT_NONZERO, ARGMAX, ARGMIN],
  ].flat();
  return operations.map((operation) => [operation as AnyOperation, null] as const);
}
