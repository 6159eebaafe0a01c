import { assertNames, hasBrand } from "../../base/index.ts";
import type { Filter } from "../graph/filter.ts";
import { toPredicate } from "../graph/filter.ts";
import { assertGraph, leavesOf } from "../graph/walk.ts";
import { assertOwn } from "../variables/ownership.ts";
import type { Metadata, Variable } from "../variables/variable.ts";

/**
 * Sets metadata of every Variable of a model, or of those that `only` matches, in place.
 *
 * Source: Flax 0.12.8 `flax/nnx/graphlib.py` (`set_metadata`).
 * @throws TypeError in a step of `nnx.vmap` whose function captured one of them
 * @example
 * const copy = nnx.clone(model);
 * nnx.setMetadata(copy, { frozen: true }, { only: nnx.Param });
 * copy.kernel.getMetadata("frozen") // => true
 */
export function setMetadata(node: object, metadata: Metadata, options: { readonly only?: Filter } = {}): void {
  assertNames(options, "nnx.setMetadata", ["only"]);
  const { only = true } = options;
  assertGraph(node, "setMetadata");
  const matches = toPredicate(only);
  const variables = [...leavesOf(node)].flatMap(([path, leaf]) =>
    hasBrand(leaf, "Variable") && matches(path, leaf) ? [leaf as Variable] : [],
  );
  for (const variable of variables) assertOwn(variable, "nnx.setMetadata");
  for (const variable of variables) variable.setMetadata(metadata);
}
