import { assertNames, hasBrand } from "../../base/index.ts";
import type { Filter } from "../graph/filter.ts";
import { toPredicate } from "../graph/filter.ts";
import { assertGraph } from "../graph/walk.ts";
import { iterModules } from "./iterate.ts";
import type { Module } from "./module.ts";
import type { Path } from "../tree/path.ts";
import { formatPath } from "../tree/path.ts";
import { clone } from "../states/split.ts";

/** Flags for a view by name, and which modules get them. */
export type ViewOptions = Readonly<Record<string, unknown>> & {
  readonly only?: Filter;
  readonly raiseIfNotFound?: boolean;
};

/**
 * A layer with flags: `setView` sets on the layer itself the flags it knows, from options that may hold others, and
 * returns the names of those it set.
 */
export interface Viewable {
  setView(options: Readonly<Record<string, unknown>>): readonly string[];
}

/**
 * A copy of a model that shares its Variables and whose layers have other flags:
 * `nnx.view(model, { deterministic: true, useRunningAverage: true })` is the model for inference. The original stays as
 * it is; what one writes into a Variable the other sees.
 *
 * @param options the flags; with `only` just for these modules
 * @throws RangeError if no layer knows one of the flags, unless `raiseIfNotFound: false`
 *
 * Source: Flax 0.12.8 `flax/nnx/module.py` (`view`).
 * @example
 * class Noise extends nnx.Module {
 *   deterministic = false;
 *   setView(options) {
 *     if (!("deterministic" in options)) return [];
 *     this.deterministic = options.deterministic;
 *     return ["deterministic"];
 *   }
 * }
 * const noise = new Noise();
 * [nnx.view(noise, { deterministic: true }).deterministic, noise.deterministic] // => [true, false]
 */
export function view<M extends object>(node: M, { only = true, raiseIfNotFound = true, ...flags }: ViewOptions): M {
  assertGraph(node, "view");
  const matches = toPredicate(only as Filter);
  const copy = clone(node, { variables: false });
  const unused = new Set(Object.keys(flags));
  for (const [path, module] of viewables(copy)) {
    if (!matches(path, module)) continue;
    for (const name of module.setView(flags)) unused.delete(name);
  }
  if (unused.size > 0 && raiseIfNotFound)
    throw new RangeError(
      `nnx.view: "options" expected flags that a layer knows, got ${[...unused].sort().join(", ")}. ` +
        `${viewInfo(node) === "" ? "No layer here has any" : `There are:\n${viewInfo(node)}`}`,
    );
  return copy;
}

/**
 * The flags that `nnx.view` knows in a model, one line for every class of layers.
 *
 * Source: Flax 0.12.8 `flax/nnx/module.py` (`view_info`).
 * @example
 * nnx.viewInfo(model) // => ""
 */
export function viewInfo(node: object, options: { readonly only?: Filter } = {}): string {
  assertNames(options, "nnx.viewInfo", ["only"]);
  assertGraph(node, "viewInfo");
  const { only = true } = options;
  const matches = toPredicate(only);
  const flags = new Map<string, Set<string>>();
  for (const [path, module] of viewables(clone(node, { variables: false }))) {
    if (!matches(path, module)) continue;
    const { name } = module.constructor;
    const known = flags.get(name) ?? flags.set(name, new Set()).get(name)!;
    for (const flag of flagsOf(module)) known.add(flag);
  }
  return [...flags.keys()]
    .sort()
    .map((name) => `${name}: ${[...flags.get(name)!].sort().join(", ")}`)
    .join("\n");
}

/** The options a layer looks at; it is a copy, so that it may set what it finds. */
function flagsOf(module: Viewable): Set<string> {
  const asked = new Set<string>();
  const note = (name: string | symbol): void => void (typeof name === "string" && asked.add(name));
  module.setView(
    new Proxy(Object.create(null) as Record<string, unknown>, {
      get: (_, name) => note(name),
      has: (_, name) => (note(name), false),
      getOwnPropertyDescriptor: (_, name) => (note(name), undefined),
    }),
  );
  return asked;
}

function* viewables(node: object): Generator<readonly [Path, Module & Viewable]> {
  for (const [path, module] of iterModules(node)) {
    const { setView } = module as unknown as Partial<Viewable>;
    if (setView === undefined) continue;
    if (typeof setView !== "function" || !hasBrand(module, "Module"))
      throw new TypeError(`nnx.view: "setView" of ${formatPath(path)} expected a method, got ${typeof setView}`);
    yield [path, module as Module & Viewable];
  }
}
