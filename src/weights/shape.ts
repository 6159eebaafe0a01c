import type { LoadErrorPlace } from "./errors.ts";
import { LoadError } from "./errors.ts";
import { MAX_RANK } from "./limits.ts";

/** @throws LoadError `BadShape`, `Overflow` or `LimitRank` if `sizes` is not a shape */
export function toShape(sizes: readonly unknown[], place: LoadErrorPlace): number[] {
  const fail = (code: "BadShape" | "Overflow" | "LimitRank", expected: string): never => {
    throw new LoadError(code, `expected ${expected}, got [${sizes.slice(0, MAX_RANK).map(String).join(", ")}]`, place);
  };
  if (sizes.length > MAX_RANK) fail("LimitRank", `at most ${MAX_RANK} axes`);
  for (const size of sizes) {
    if (typeof size !== "number" || size < 0 || size % 1 !== 0) fail("BadShape", "whole sizes");
    if ((size as number) > Number.MAX_SAFE_INTEGER) fail("Overflow", "sizes below 2^53");
  }
  return sizes as number[];
}
