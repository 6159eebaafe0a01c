import type { LoadErrorPlace } from "./errors.ts";
import { LoadError } from "./errors.ts";
import { MAX_RANK } from "./limits.ts";

/** @throws LoadError `BadShape`, `Overflow` or `LimitRank` if `sizes` is no shape */
export function toShape(sizes: readonly unknown[], place: LoadErrorPlace): number[] {
  if (sizes.length > MAX_RANK)
    throw new LoadError("LimitRank", `expected at most ${MAX_RANK} axes, got ${sizes.length}`, place);
  for (const size of sizes) {
    if (typeof size !== "number" || size < 0 || (size < 2 ** 53 && !Number.isInteger(size)))
      throw new LoadError("BadShape", `expected sizes of whole numbers, got [${sizes.map(String).join(", ")}]`, place);
    if (!Number.isSafeInteger(size)) throw new LoadError("Overflow", `expected sizes below 2^53, got ${size}`, place);
  }
  return sizes as number[];
}
