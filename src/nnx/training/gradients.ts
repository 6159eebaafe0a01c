import type { NDArray } from "../../array/index.ts";
import { formatShape, sameShape } from "../../array/index.ts";
import { describe, hasBrand } from "../../base/index.ts";
import type { Filter } from "../graph/filter.ts";
import { toPredicate } from "../graph/filter.ts";
import { Mismatches } from "../states/checkfits.ts";
import type { Leaf, Entry } from "../graph/leaf.ts";
import { isNode } from "../graph/node.ts";
import type { Path } from "../tree/path.ts";
import { formatPath, pathKey } from "../tree/path.ts";
import { State, state } from "../states/state.ts";
import { flattenOf } from "../graph/traversals.ts";
import type { Variable } from "../variables/variable.ts";

/**
 * Gradients as arrays at the paths of the parameters. They come as a State (of Variables that the filter chooses, or of
 * bare arrays), a module, or nested objects of arrays.
 *
 * @throws TypeError if they are none; StateError `MissingKeys`, `UnexpectedKeys` or `ShapeMismatch`, with all paths
 */
export function gradientsOf(grads: unknown, params: State, wrt: Filter): State {
  const matched = hasBrand(grads, "State") ? matchedEntries(grads as State, params, wrt) : undefined;
  if (matched !== undefined) return new State(matched);
  const given = new Map(entriesOf(grads, wrt).map(([path, leaf]) => [keyOf(path), [path, leaf] as const]));
  const mismatches = new Mismatches();
  const entries: Entry[] = [];
  for (const [path, param] of params) {
    const key = keyOf(path);
    const gradient = given.get(key)?.[1];
    given.delete(key);
    if (gradient === undefined) mismatches.add("MissingKeys", `"${formatPath(path)}" expected a gradient, got none`);
    else if (!hasBrand(gradient, "NDArray"))
      throw new TypeError(
        `nnx.Optimizer.update: "grads" expected an array at ${formatPath(path)}, got ${describe(gradient)}`,
      );
    else if (!sameShape((gradient as NDArray).shape, param.shape))
      mismatches.add(
        "ShapeMismatch",
        `"${formatPath(path)}" expected a gradient of shape ${formatShape(param.shape)}, got ` +
          `${formatShape((gradient as NDArray).shape)}`,
      );
    else entries.push([path, gradient as NDArray]);
  }
  for (const [path] of given.values())
    mismatches.add(
      "UnexpectedKeys",
      `"${formatPath(path)}" expected no gradient, because the model trains no such Variable`,
    );
  mismatches.throwIfAny("Optimizer.update");
  return new State(entries);
}

/** The gradients of a State that fits leaf by leaf, as that of `nnx.grad` does; else undefined, for a closer look. */
function matchedEntries(grads: State, params: State, wrt: Filter): Entry[] | undefined {
  if (grads.size !== params.size) return undefined;
  const matches = toPredicate(wrt);
  const entries: Entry[] = [];
  const all = grads[Symbol.iterator]();
  for (const [path, param] of params) {
    const [at, leaf] = all.next().value as Entry;
    const gradient = valueOf(leaf);
    const fits =
      at.length === path.length &&
      at.every((part, i) => part === path[i]) &&
      hasBrand(gradient, "NDArray") &&
      sameShape((gradient as NDArray).shape, param.shape) &&
      (!hasBrand(leaf, "Variable") || matches(at, leaf));
    if (!fits) return undefined;
    entries.push([path, gradient as NDArray]);
  }
  return entries;
}

function entriesOf(grads: unknown, wrt: Filter): [Path, unknown][] {
  if (isNode(grads)) return [...state(grads, wrt)].map(([path, leaf]) => [path, valueOf(leaf)]);
  const bare = hasBrand(grads, "NDArray") || hasBrand(grads, "Variable") || Array.isArray(grads);
  if (bare || typeof grads !== "object") throw gradsError(grads);
  const matches = toPredicate(wrt);
  return flattenOf(grads, 'nnx.Optimizer.update: "grads"')
    .filter(([path, leaf]) => !hasBrand(leaf, "Variable") || matches(path, leaf as Leaf))
    .map(([path, leaf]) => [path, valueOf(leaf)]);
}

function valueOf(leaf: unknown): unknown {
  return hasBrand(leaf, "Variable") ? (leaf as Variable).getRawValue() : leaf;
}

/** Indices of lists and their names are one. */
function keyOf(path: Path): string {
  return pathKey(path.map(String));
}

export function gradsError(grads: unknown): TypeError {
  return new TypeError(
    `nnx.Optimizer.update: "grads" expected the State that nnx.grad gives, got ${describe(grads)}. Flax takes ` +
      "the model first since 0.11.\n  wrong: optimizer.update(grads)\n  right: optimizer.update(model, grads)",
  );
}
