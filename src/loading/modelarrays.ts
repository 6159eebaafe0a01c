import type { NDArray } from "../array/index.ts";
import { hasBrand } from "../base/index.ts";
import type { Filter, Leaf, Path, State, Variable, VariableValue } from "../nnx/index.ts";
import { Any, iterGraph } from "../nnx/index.ts";
import type { Key } from "../random/index.ts";
import { keyData } from "../random/index.ts";
import { toFileArrays } from "./reverse.ts";
import type { NameMap } from "./rules.ts";
import { leavesOf, WEIGHTS } from "./targets.ts";

/** What of a model is written. */
export interface ModelArrays {
  readonly arrays: ReadonlyMap<string, NDArray>;
  /** Paths that lead to what is written under another: both joined by dots. */
  readonly tied: ReadonlyMap<string, string>;
  /** What the filter left out. */
  readonly leftOut: string[];
}

/**
 * The arrays of a model or state by the names that they have in a file.
 *
 * @throws RangeError for a part of a path with a dot in it, which no name could tell apart
 */
export function modelArrays(
  model: object,
  only: Filter | undefined,
  map: NameMap | undefined,
  fn: string,
): ModelArrays {
  const isState = hasBrand(model, "State");
  const isChosen = Any(only ?? WEIGHTS);
  const params = new Map<string, NDArray>();
  const leftOut: string[] = [];
  for (const [path, leaf] of isState ? (model as State) : iterGraph({ node: model })) {
    if (!isLeaf(leaf)) continue;
    if (isChosen(path, leaf)) params.set(nameOf(path, fn), arrayOf(leaf));
    else leftOut.push(path.join("."));
  }
  const aliases = isState ? new Map<string, string>() : aliasesOf(model, params);
  if (map === undefined) return { arrays: params, tied: aliases, leftOut };
  for (const [alias, name] of aliases) params.set(alias, params.get(name)!);
  return { arrays: toFileArrays(params, map, new Set(aliases.keys()), fn), tied: new Map(), leftOut };
}

function nameOf(path: Path, fn: string): string {
  const dotted = path.find((part) => String(part).includes("."));
  if (dotted === undefined) return path.join(".");
  throw new RangeError(`${fn}: expected names without dots on a path, got ${JSON.stringify(dotted)}`);
}

function isLeaf(x: unknown): x is Leaf {
  return hasBrand(x, "Variable") || hasBrand(x, "NDArray") || hasBrand(x, "Key");
}

function arrayOf(leaf: Leaf): NDArray {
  const value: unknown = hasBrand(leaf, "Variable") ? (leaf as Variable<VariableValue>).getRawValue() : leaf;
  return hasBrand(value, "Key") ? keyData(value as Key) : (value as NDArray);
}

/** The other paths of what is saved. */
function aliasesOf(model: object, params: ReadonlyMap<string, NDArray>): Map<string, string> {
  const { aliases } = leavesOf(model, undefined);
  return new Map([...aliases].flatMap(([alias, { name }]) => (params.has(name) ? [[alias, name] as const] : [])));
}
