import { brandOf, describe, hasBrand } from "../../base/index.ts";
import type { CallableModule } from "./callable.ts";
import type { Leaf, TaggedStream } from "./leaf.ts";
import type { Path } from "../tree/path.ts";

/** A class of Variables, modules, arrays or keys: its instances match. */
type TypeFilter = abstract new (...args: never[]) => object;

/** A filter that decides itself. */
export type Predicate = (path: Path, value: Leaf) => boolean;

/**
 * Which leaves of a state, which modules or which random streams are meant: a class such as `nnx.Param`, a tag (a
 * string), `true` or `nnx.Rest` for all, `false` or `null` for none, a list for "any of these", or a predicate on path
 * and value, which the functions `nnx.PathContains`, `nnx.All`, `nnx.Not` and their like make.
 */
export type Filter = TypeFilter | string | boolean | null | Predicate | readonly Filter[];

/** What filters are asked about. */
export type Filtered = Leaf | TaggedStream | CallableModule;

/**
 * All that is left: Python's `...` as a filter.
 *
 * @example
 * const [params, rest] = nnx.state(model, nnx.Param, nnx.Rest);
 * [params.size, rest.size] // => [1, 0]
 */
export const Rest = "..." as const;

/**
 * A filter as a predicate.
 *
 * @throws TypeError if `filter` is none
 */
export function toPredicate(filter: Filter): (path: Path, value: Filtered) => boolean {
  if (typeof filter === "boolean" || filter === null) return () => filter === true;
  if (filter === Rest) return () => true;
  if (typeof filter === "string")
    return (_, value) =>
      (hasBrand(value, "Variable") || hasBrand(value, "RngStream")) && (value as { tag?: string }).tag === filter;
  if (Array.isArray(filter)) {
    const any = (filter as readonly Filter[]).map(toPredicate);
    return (path, value) => any.some((matches) => matches(path, value));
  }
  if (typeof filter === "function") {
    if (isType(filter)) return (_, value) => value instanceof filter;
    return filter as (path: Path, value: Filtered) => boolean;
  }
  throw new TypeError(
    `nnx filter: expected a class, a tag, a boolean, null, a predicate or a list of these, got ${describe(filter)}`,
  );
}

/**
 * Several filters as predicates.
 *
 * @throws RangeError if a filter for all that is left is followed by another
 */
export function toPredicates(filters: readonly Filter[], fn: string): ((path: Path, value: Filtered) => boolean)[] {
  const rest = filters.findIndex((filter) => filter === true || filter === Rest);
  if (rest >= 0 && filters.slice(rest).some((filter) => filter !== true && filter !== Rest)) {
    throw new RangeError(
      `nnx.${fn}: "filters" expected nnx.Rest (or true) last, got it at ${rest} of ${filters.length}: the filters ` +
        "after it would get nothing",
    );
  }
  return filters.map(toPredicate);
}

/** Classes are told from predicates by what their instances are, or by being declared as a class. */
function isType(filter: unknown): filter is TypeFilter {
  return (
    brandOf((filter as { prototype?: unknown }).prototype) !== undefined ||
    Object.getOwnPropertyDescriptor(filter as object, "prototype")?.writable === false
  );
}
