import type { Shape, ShapeLike } from "../../array/index.ts";
import { toShape } from "../../array/index.ts";
import { describe } from "../../base/index.ts";
import type { Filter } from "../graph/filter.ts";
import { toPredicate } from "../graph/filter.ts";

/**
 * How many keys streams become: a number or a shape for all of them; or by filter, a plain object from tags (`"..."`
 * is all others) or a Map from filters, where the first that matches decides and null leaves a stream whole.
 */
export type RngSizes = ShapeLike | Readonly<Record<string, ShapeLike | null>> | ReadonlyMap<Filter, ShapeLike | null>;

/** One filter with the size of what it matches. */
export interface SizeRule {
  readonly matches: ReturnType<typeof toPredicate>;
  readonly shape: Shape | null;
}

/**
 * The rules of `sizes`, in their order.
 *
 * @param name how errors name the argument, `fn: "arg"` by convention
 * @throws TypeError if `sizes` or one of its sizes is not a size; ShapeError, RangeError for a bad one
 */
export function toRules(sizes: unknown, name: string): SizeRule[] {
  return entriesOf(sizes, name).map(([filter, size]) => ({
    matches: toPredicate(filter),
    shape: size === null ? null : toShape(size, name),
  }));
}

function entriesOf(sizes: unknown, name: string): readonly (readonly [Filter, unknown])[] {
  if (typeof sizes === "number" || Array.isArray(sizes)) return [[true, sizes]];
  if (sizes instanceof Map) return [...(sizes as Map<Filter, unknown>)];
  if (isPlain(sizes)) return Object.entries(sizes);
  throw new TypeError(`${name} expected a number, a shape, or sizes by filter, got ${describe(sizes)}`);
}

/** An object literal, of this realm or another; an array of the library, say, is none. */
function isPlain(x: unknown): x is object {
  if (typeof x !== "object" || x === null) return false;
  const prototype: unknown = Object.getPrototypeOf(x);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
