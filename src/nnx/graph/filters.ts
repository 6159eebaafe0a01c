import type { Given } from "../../base/index.ts";
import { describe, inOrder, refuseSurplus } from "../../base/index.ts";
import type { Filter, Filtered, Predicate } from "./filter.ts";
import { toPredicate } from "./filter.ts";
import type { Path, PathPart } from "../tree/path.ts";
import { pathKey } from "../tree/path.ts";

/**
 * What has a name on its path. With `exact: false` a part of a name is enough.
 *
 * Source: Flax 0.12.8 `flax/nnx/filterlib.py` (`PathContains`), as are the other filters of this file.
 * @example
 * nnx.state(model, nnx.PathContains("kernel")).size // => 1
 * nnx.state(model, nnx.PathContains("ern", { exact: false })).size // => 1
 */
export function PathContains(
  ...places: Given<[key: PathPart], "key", [exact: boolean], { readonly exact?: boolean }>
): Predicate;
export function PathContains(): Predicate {
  return inOrder(PathContainsOf, arguments, 1, "nnx.PathContains key | exact:b");
}

function PathContainsOf(key: PathPart, { exact = true }: { readonly exact?: boolean } = {}): Predicate {
  return exact ? (path) => path.includes(key) : (path) => path.some((part) => String(part).includes(String(key)));
}

/**
 * What is at one of these paths.
 *
 * @example
 * nnx.state(model, nnx.PathIn(["kernel"], ["bias"])).size // => 1
 */
export function PathIn(...paths: readonly Path[]): Predicate {
  for (const path of paths)
    if (!Array.isArray(path)) throw new TypeError(`nnx.PathIn: "paths" expected lists of names, got ${describe(path)}`);
  const known = new Set(paths.map(pathKey));
  return (path) => known.has(pathKey(path));
}

/**
 * What one of the filters matches.
 *
 * @example
 * nnx.state(model, nnx.Any(nnx.BatchStat, nnx.Param)).size // => 1
 */
export function Any(...filters: readonly Filter[]): Predicate {
  return toPredicate(filters);
}

/**
 * What all of the filters match.
 *
 * @example
 * nnx.state(model, nnx.All(nnx.Param, nnx.PathContains("bias"))).size // => 0
 */
export function All(...filters: readonly Filter[]): Predicate {
  const all = filters.map(toPredicate);
  return (path, value) => all.every((matches) => matches(path, value));
}

/**
 * What the filter does not match.
 *
 * @example
 * nnx.state(model, nnx.Not(nnx.Param)).size // => 0
 */
export function Not(filter: Filter): Predicate {
  if (arguments.length > 1) refuseSurplus("nnx.Not", "filter", arguments);
  const matches = toPredicate(filter);
  return (path, value) => !matches(path, value);
}

/**
 * Everything, as `true` and `nnx.Rest`.
 *
 * @example
 * nnx.state(model, nnx.Everything()).size // => 1
 */
export function Everything(): Predicate {
  return () => true;
}

/**
 * Nothing, as `false` and `null`.
 *
 * @example
 * nnx.state(model, nnx.Nothing()).size // => 0
 */
export function Nothing(): Predicate {
  return () => false;
}

/**
 * The instances of a class, as the class itself.
 *
 * @example
 * nnx.state(model, nnx.OfType(nnx.Param)).size // => 1
 */
export function OfType(type: abstract new (...args: never[]) => object): Predicate {
  if (arguments.length > 1) refuseSurplus("nnx.OfType", "type", arguments);
  return (_, value) => value instanceof type;
}

/**
 * What has a tag, as the string itself.
 *
 * @example
 * nnx.state(new nnx.Rngs(0), nnx.WithTag("default")).size // => 2
 */
export function WithTag(tag: string): Predicate {
  if (arguments.length > 1) refuseSurplus("nnx.WithTag", "tag", arguments);
  return (_, value: Filtered) => (value as { readonly tag?: unknown }).tag === tag;
}
