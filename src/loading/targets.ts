import type { DType, NDArray, Shape } from "../array/index.ts";
import { hasBrand } from "../base/index.ts";
import type { Filter, Leaf, Path, Variable, VariableValue } from "../nnx/index.ts";
import { Any, BatchStat, findDuplicates, iterGraph, OptState, Param, StateError } from "../nnx/index.ts";
import type { Key } from "../random/index.ts";

/** A leaf of a model that an array may go to. */
export interface ModelLeaf {
  readonly path: Path;
  /** The path joined by dots. */
  readonly name: string;
  /** Undefined for a bare array. */
  readonly variable: Variable<VariableValue> | undefined;
  /** The shape of the array that it takes: of a key that of its data. */
  readonly shape: Shape;
  readonly dtype: DType;
  readonly isKey: boolean;
  /** Whether a file that has it not is incomplete. */
  readonly required: boolean;
  /** Whether the filter chose it. */
  readonly chosen: boolean;
}

/** The leaves of a model, and which names lead to them. */
export interface ModelLeaves {
  readonly all: readonly ModelLeaf[];
  /** @throws StateError `PathConflict` if several paths are written so */
  find(name: string): ModelLeaf | undefined;
  /** The other paths of shared leaves, joined by dots, with the leaves. */
  readonly aliases: ReadonlyMap<string, ModelLeaf>;
}

/** What is saved, and must be in a file, unless a filter says otherwise: of an optimizer its state. */
export const WEIGHTS: Filter = [Param, BatchStat, OptState];

/** Aliases of aliases are followed so often; a cycle has them without end. */
const MAX_EXPANSIONS = 3;

/**
 * The leaves of `model`.
 *
 * @param only - the leaves to load; without it all, of which WEIGHTS are required
 */
export function leavesOf(model: object, only: Filter | undefined): ModelLeaves {
  const duplicates = findDuplicates(model);
  const isChosen = Any(only ?? WEIGHTS);
  const all: ModelLeaf[] = [];
  // By name, because a model may be an object of models, one of them called node.
  for (const [path, leaf] of iterGraph({ node: model })) {
    const variable = hasBrand(leaf, "Variable") ? (leaf as Variable<VariableValue>) : undefined;
    const value: unknown = variable === undefined ? leaf : variable.getRawValue();
    const isKey = hasBrand(value, "Key");
    // A Variable may hold a plain container of arrays, as what `sow` collects.
    if (!isKey && !hasBrand(value, "NDArray")) continue;
    const { shape, dtype } = value as NDArray | Key;
    const inFilter = isChosen(path, leaf as Leaf);
    all.push({
      path,
      name: path.join("."),
      variable,
      shape: isKey ? [...shape, 2] : shape,
      dtype: isKey ? "uint32" : (dtype as DType),
      isKey,
      required: inFilter,
      chosen: only === undefined || inFilter,
    });
  }
  const byName = new Map<string, ModelLeaf | null>();
  const add = (name: string, leaf: ModelLeaf): void => {
    const known = byName.get(name);
    byName.set(name, known === undefined || known === leaf ? leaf : null);
  };
  const aliases = aliasesOf(duplicates, all);
  for (const leaf of all) for (const separator of [".", "/"]) add(leaf.path.join(separator), leaf);
  for (const [path, leaf] of aliases) for (const separator of [".", "/"]) add(path.join(separator), leaf);
  return {
    all,
    aliases: new Map([...aliases].map(([path, leaf]) => [path.join("."), leaf])),
    find(name) {
      const leaf = byName.get(name);
      if (leaf !== null) return leaf;
      throw new StateError("PathConflict", `loadInto: ${JSON.stringify(name)} expected one path, got several`);
    },
  };
}

/** The paths by which shared leaves are reached beside their first. */
function aliasesOf(groups: readonly Path[][], leaves: readonly ModelLeaf[]): Map<Path, ModelLeaf> {
  const aliases = new Map<Path, ModelLeaf>();
  if (groups.length === 0) return aliases;
  const seen = new Set(leaves.map(({ path }) => JSON.stringify(path)));
  let open = leaves.map((leaf) => [leaf.path, leaf] as const);
  for (let i = 0; i < MAX_EXPANSIONS && open.length > 0; i++) {
    const found: (readonly [Path, ModelLeaf])[] = [];
    for (const [path, leaf] of open) {
      for (const alias of otherPaths(path, groups)) {
        const key = JSON.stringify(alias);
        if (seen.has(key)) continue;
        seen.add(key);
        found.push([alias, leaf]);
        aliases.set(alias, leaf);
      }
    }
    open = found;
  }
  return aliases;
}

/** What `path` is called where something on it is reached by another path. */
export function* otherPaths(path: Path, groups: readonly Path[][]): Generator<Path> {
  for (const [first, ...others] of groups) {
    if (!first!.every((part, at) => part === path[at])) continue;
    for (const other of others) yield [...other, ...path.slice(first!.length)];
  }
}
