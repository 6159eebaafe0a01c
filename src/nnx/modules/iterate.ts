import { hasBrand, refuseSurplus } from "../../base/index.ts";
import { iterChildren, modulesIn } from "../graph/walk.ts";
import type { Module } from "./module.ts";
import type { Path, PathPart } from "../tree/path.ts";

/**
 * Every module of a model with its path, children first, the model itself last.
 *
 * Source: Flax 0.12.8 `flax/nnx/module.py` (`iter_modules`).
 * @example
 * const list = new nnx.List([model, model]);
 * Array.from(nnx.iterModules(list), ([path]) => path) // => [[0], []]
 */
export function iterModules(node: object): Generator<readonly [path: Path, module: Module]> {
  if (arguments.length > 1) refuseSurplus("nnx.iterModules", "module", arguments, false);
  return modulesIn(node) as Generator<readonly [Path, Module]>;
}

/**
 * The modules that are attributes of a module, with their names.
 *
 * @throws TypeError if `node` is not a module
 *
 * Source: Flax 0.12.8 `flax/nnx/graphlib.py` (`iter_module_children`).
 * @example
 * Array.from(nnx.iterModuleChildren(new nnx.List([model])), ([name]) => name) // => [0]
 */
export function* iterModuleChildren(node: object): Generator<readonly [name: PathPart, module: Module]> {
  for (const [name, child] of iterChildren(node)) if (hasBrand(child, "Module")) yield [name, child as Module];
}
