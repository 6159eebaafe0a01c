import { assertOrder, describe, refuseSurplus } from "../../base/index.ts";
import type { VariableClass } from "./variable.ts";
import { BatchStat, Cache, Intermediate, Param, Perturbation } from "./kinds.ts";

const types = new Map<string, VariableClass>([
  ["params", Param],
  ["batch_stats", BatchStat],
  ["cache", Cache],
  ["intermediates", Intermediate],
  ["perturbations", Perturbation],
]);

/**
 * The class of Variables that a collection of Linen's has: `params`, `batch_stats`, `cache`, `intermediates`,
 * `perturbations` and what was registered.
 *
 * @throws RangeError if the name is not registered
 *
 * Source: Flax 0.12.8 `flax/nnx/variablelib.py` (`variable_type_from_name`).
 * @example
 * nnx.variableTypeFromName("batch_stats") === nnx.BatchStat // => true
 */
export function variableTypeFromName(name: string): VariableClass {
  if (arguments.length > 1) refuseSurplus("nnx.variableTypeFromName", "name", arguments, false);
  const type = types.get(name);
  if (type) return type;
  throw new RangeError(
    `nnx.variableTypeFromName: "name" expected one of ${[...types.keys()].join(", ")}, got ${describe(name)}. ` +
      "nnx.registerVariableName(name, type) adds one",
  );
}

/**
 * The name of a class of Variables as a collection.
 *
 * @throws RangeError if the class is not registered
 *
 * Source: Flax 0.12.8 `flax/nnx/variablelib.py` (`variable_name_from_type`).
 * @example
 * nnx.variableNameFromType(nnx.Param) // => "params"
 */
export function variableNameFromType(type: VariableClass): string {
  if (arguments.length > 1) refuseSurplus("nnx.variableNameFromType", "typ", arguments, false);
  for (const [name, known] of types) if (known === type) return name;
  throw new RangeError(
    `nnx.variableNameFromType: "type" expected a registered class, got ${describe(type)}. ` +
      "nnx.registerVariableName(name, type) adds one",
  );
}

/**
 * Gives a class of Variables a name as a collection.
 *
 * @throws RangeError if the name is taken, unless `overwrite`
 *
 * Source: Flax 0.12.8 `flax/nnx/variablelib.py` (`register_variable_name`).
 * @example
 * class Adapter extends nnx.Param {}
 * nnx.registerVariableName("adapters", Adapter, { overwrite: true });
 * nnx.variableNameFromType(Adapter) // => "adapters"
 */
export function registerVariableName<T extends VariableClass>(
  name: string,
  type: T,
  { overwrite = false }: { readonly overwrite?: boolean } = {},
): T {
  assertOrder(arguments, 2, "nnx.registerVariableName name typ | * overwrite:b");
  if (types.has(name) && !overwrite)
    throw new RangeError(
      `nnx.registerVariableName: "name" expected a new name, got ${describe(name)}, which is taken. { overwrite: ` +
        "true } replaces it",
    );
  types.set(name, type);
  return type;
}
