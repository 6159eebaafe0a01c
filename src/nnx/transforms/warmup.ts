import { backend } from "../../backend/index.ts";
import { describe, hasBrand } from "../../base/index.ts";
import type { Leaf } from "../graph/leaf.ts";
import { isNode } from "../graph/node.ts";
import { isTree } from "../graph/walk.ts";
import { clone } from "../states/split.ts";
import { State } from "../states/state.ts";
import { roleOf } from "../tree/data.ts";
import type { Variable } from "../variables/variable.ts";

/**
 * Does ahead of time what the first calls of a model would do: compiles the kernels, and packs the weights that a call
 * with these inputs uses. A server calls it before the first request comes.
 *
 * It calls a copy twice, because a weight is packed when it is used again. Nothing changes: the copy shares the
 * weights, and has the counts of Dropout, the statistics of BatchNorm, caches and whatever else is stored for itself.
 * So have modules among the inputs, which makes it fit for functions too:
 * `nnx.warmUp(trainStep, model, optimizer, x, y)`.
 *
 * @param model a module, or a function
 * @param inputs what it is called with
 * @throws TypeError if `model` cannot be called; what the call throws
 * @example
 * nnx.warmUp(model, jnp.ones([3])) // => undefined
 */
export function warmUp<A extends readonly unknown[]>(model: (...inputs: A) => unknown, ...inputs: A): void {
  if (typeof model !== "function")
    throw new TypeError(`nnx.warmUp: "model" expected a module or a function, got ${describe(model)}`);
  backend();
  const given: unknown[] = [model, ...inputs];
  const places = [...given.keys()].filter((place) => holdsState(given[place]));
  // One copy of all, so that what they share is shared in it.
  const copies = places.length === 0 ? [] : clone(places.map((place) => given[place]));
  places.forEach((place, i) => (given[place] = copies[i]));
  given.forEach((value, i) => {
    if (hasBrand(value, "State")) given[i] = copyOf(value as State);
  });
  const [f, ...args] = given as [(...inputs: unknown[]) => unknown, ...unknown[]];
  for (let run = 0; run < 2; run++) f(...args);
}

/** Whether a value is, or holds, something that a call may write to. */
function holdsState(value: unknown): boolean {
  return isNode(value) || isTree(value) || roleOf(value) === "variable";
}

function copyOf(state: State): State {
  return new State(
    Array.from(state, ([path, leaf]) => [
      path,
      hasBrand(leaf, "Variable") ? ((leaf as Variable).copy() as Leaf) : leaf,
    ]),
  );
}
