import { brandOf, describe, hasBrand } from "../base/index.ts";
import type { Leaf, Path } from "./graph.ts";
import type { RngStream } from "./rngstream.ts";

/** A class of Variables (or arrays, or keys): its instances match. */
type TypeFilter = abstract new (...args: never[]) => object;

/**
 * Which leaves of a state, or which random streams, are meant: a class such as `nnx.Param`, the tag of a stream (a
 * string), `true` or `"..."` for all, `false` or `null` for none, a list for "any of these", or a predicate on path and
 * value.
 */
export type Filter = TypeFilter | string | boolean | null | ((path: Path, value: Leaf) => boolean) | readonly Filter[];

/**
 * A filter as a predicate.
 *
 * @throws TypeError if `filter` is none
 */
export function toPredicate(filter: Filter): (path: Path, value: Leaf | RngStream) => boolean {
  if (typeof filter === "boolean" || filter === null) return () => filter === true;
  if (filter === "...") return () => true;
  if (typeof filter === "string") return (_, value) => (hasBrand(value, "Variable") || hasBrand(value, "RngStream")) && (value as { tag?: string }).tag === filter;
  if (Array.isArray(filter)) {
    const any = (filter as readonly Filter[]).map(toPredicate);
    return (path, value) => any.some((matches) => matches(path, value));
  }
  if (typeof filter === "function") {
    if (isType(filter)) return (_, value) => value instanceof filter;
    return filter as (path: Path, value: Leaf | RngStream) => boolean;
  }
  throw new TypeError(`nnx filter: expected a class, a tag, a boolean, null, a predicate or a list of these, got ${describe(filter)}`);
}

/** Classes are told from predicates by what their instances are. */
function isType(filter: unknown): filter is TypeFilter {
  return brandOf((filter as { prototype?: unknown }).prototype) !== undefined;
}
