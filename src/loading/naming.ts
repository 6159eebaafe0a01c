import { each } from "./recipe.ts";
import { stepsOf } from "./layout.ts";
import type { Matched, NamedTensors } from "./match.ts";
import type { ModelLeaf, ModelLeaves } from "./targets.ts";
import { Pattern } from "./pattern.ts";

/** What `flax.linen` keeps a model's arrays in. */
const COLLECTIONS = /^(?:params|batch_stats|cache|intermediates)[./]/;
/** Words of Python that Flax cannot have as attributes, and what it calls them: the gate of an LSTM's input. */
const PYTHON = /(^|[./])if(?=[./])/g;

/**
 * Sorts names that are the paths of the model, joined by dots or slashes. Those of a Linen model have a collection in
 * front.
 */
export function matchPaths({ names }: NamedTensors, leaves: ModelLeaves): Matched {
  const groups: Matched["groups"][number][] = [];
  const unexpected: string[] = [];
  const linen = names.length > 0 && names.every((name) => COLLECTIONS.test(name)) && !hasCollection(leaves);
  const recipe = each(stepsOf({}));
  for (const name of names) {
    const path = linen ? name.replace(COLLECTIONS, "") : name;
    const to = [path, path.replace(PYTHON, "$1if_")].find((known) => leaves.find(known) !== undefined);
    if (to === undefined) {
      unexpected.push(name);
      continue;
    }
    const target = { pattern: Pattern.exact(to), over: undefined, tied: false, recipe: () => recipe };
    groups.push({ sources: [name], expected: [name], targets: [to], target });
  }
  return { groups, ignored: [], unexpected };
}

/** Whether the model itself has something of such a name. */
function hasCollection({ all }: { readonly all: readonly ModelLeaf[] }): boolean {
  return all.some(({ path }) => COLLECTIONS.test(`${path[0]}.`));
}
