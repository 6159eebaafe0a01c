import {
  ALL,
  ANY,
  ARGMAX,
  ARGMIN,
  ARGSORT,
  BITWISE_AND,
  BITWISE_OR,
  BITWISE_XOR,
  COUNT_NONZERO,
  DETERMINANT_SIGN,
  EQUAL,
  EXPONENT,
  GREATER,
  GREATER_EQUAL,
  ISCLOSE,
  ISFINITE,
  ISIN,
  ISINF,
  ISNAN,
  LEFT_SHIFT,
  LESS,
  LESS_EQUAL,
  NOT_EQUAL,
  ONE_HOT,
  RIGHT_SHIFT,
  SEARCHSORTED,
  SIGNBIT,
  SORT_KEYS,
  TOP_K,
} from "../../array/index.ts";
import { POOL_PLACES } from "../operations/pool.ts";
import type { AnyOperation, RuleEntry } from "../rule.ts";

/** The operations whose results are constants to any gradient: truth values, places, counts, bits. */
export function constantRules(): readonly RuleEntry[] {
  const operations: readonly unknown[] = [
    [EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, ISCLOSE],
    [ISNAN, ISINF, ISFINITE, SIGNBIT],
    [BITWISE_AND, BITWISE_OR, BITWISE_XOR, LEFT_SHIFT, RIGHT_SHIFT],
    [ANY, ALL, COUNT_NONZERO, ARGMAX, ARGMIN],
    [DETERMINANT_SIGN, EXPONENT],
    [ARGSORT, TOP_K, SORT_KEYS, ISIN, SEARCHSORTED, ONE_HOT, POOL_PLACES],
  ].flat();
  return operations.map((operation) => [operation as AnyOperation, null] as const);
}
