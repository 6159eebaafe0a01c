import { describe } from "../../base/index.ts";
import { isPlain } from "../tree/data.ts";
import type { Filter } from "../graph/filter.ts";
import { toPredicate } from "../graph/filter.ts";
import { modulesIn } from "../graph/walk.ts";
import { clone } from "../states/split.ts";

/** Attributes by name, and whether each must exist somewhere (`raiseIfNotFound`, default true). */
export type Attributes = Readonly<Record<string, unknown>> & { readonly raiseIfNotFound?: boolean };

/**
 * Sets attributes of a module and of all below it that have them, in place: `nnx.Module`'s method.
 *
 * @param filters which modules, any of them; all without
 * @param optional attributes that no module has to have; `attributes` go before them
 * @throws TypeError if the attributes are not a plain object; RangeError if no module has one of them
 */
export function setAttributes(
  node: object,
  filters: readonly Filter[],
  attributes: Attributes,
  optional: Attributes = {},
): void {
  const { raiseIfNotFound = true, ...required } = assertAttributes(attributes);
  const values = { ...optional, ...required };
  const predicates = (filters.length === 0 ? [true] : filters).map(toPredicate);
  const missing = new Set(Object.keys(required));
  const found: [Record<string, unknown>, string][] = [];
  for (const [path, module] of modulesIn(node)) {
    if (!predicates.some((matches) => matches(path, module))) continue;
    for (const name of Object.keys(values)) {
      if (!(name in module)) continue;
      missing.delete(name);
      found.push([module as unknown as Record<string, unknown>, name]);
    }
  }
  if (missing.size > 0 && raiseIfNotFound)
    throw new RangeError(
      `setAttributes: "attributes" expected names that a module has, got ${[...missing].sort().join(", ")}. { ` +
        "raiseIfNotFound: false } allows it",
    );
  for (const [module, name] of found) module[name] = values[name];
}

function assertAttributes(x: unknown): Attributes {
  if (typeof x === "object" && x !== null && !Array.isArray(x) && isPlain(x)) return x as Attributes;
  throw new TypeError(
    `setAttributes: "attributes" expected an object of attributes as the last argument, got ${describe(x)}.\n` +
      "  wrong: model.setAttributes(nnx.Dropout)\n" +
      "  right: model.setAttributes(nnx.Dropout, { deterministic: true })",
  );
}

/**
 * A copy of a model that shares its Variables and has other attributes, in every module that has them.
 *
 * @param options the attributes, and with `only` which modules, with `raiseIfNotFound: false` no error for unknown ones
 * @throws RangeError if no module has one of the attributes
 *
 * Source: Flax 0.12.8 `flax/nnx/module.py` (`with_attributes`).
 * @example
 * class Net extends nnx.Module { deterministic = false; }
 * const net = new Net();
 * [nnx.withAttributes(net, { deterministic: true }).deterministic, net.deterministic] // => [true, false]
 */
export function withAttributes<M extends object>(
  node: M,
  { only = true, ...attributes }: Attributes & { readonly only?: Filter },
): M {
  const copy = clone(node, { variables: false });
  setAttributes(copy, [only], attributes as Attributes);
  return copy;
}
