import type { NDArray, Shape } from "../../array/index.ts";
import { assertTakes, brandOf } from "../../base/index.ts";
import { kindOf } from "../graph/nodekind.ts";
import type { State } from "../states/state.ts";
import { roleOf } from "../tree/data.ts";
import type { Path, PathPart } from "../tree/path.ts";
import { toIndex } from "../tree/path.ts";
import type { Variable, VariableValue } from "../variables/variable.ts";
import { showStatic } from "./display.ts";

/** A part of a model as plain data. */
export interface Description {
  /** Where it is: names, and numbers in lists. */
  readonly path: Path;
  /**
   * The name of its class: of a module, a Variable, a State or a stream; `"Array"`, `"Key"`, `"array"` or `"object"`
   * for a plain container, `"static"` for configuration.
   */
  readonly kind: string;
  /** Of an array, a key, or a Variable that holds one. */
  readonly shape?: Shape;
  readonly dtype?: string;
  /** Configuration, as `nnx.display` prints it. */
  readonly text?: string;
  /** Where it was described, if it is reachable twice. */
  readonly sameAs?: Path;
  /** What it holds, in the order in which it was set. */
  readonly children?: readonly Description[];
}

/**
 * A model, a state or a part of one as plain objects, for pages that show it: the tree that `nnx.display` prints.
 *
 * @example
 * nnx.describe(model).children.find(({ kind }) => kind === "Param")
 * // => { path: ["kernel"], kind: "Param", shape: [3, 4], dtype: "float32" }
 */
export function describe(value: unknown): Description {
  assertTakes(arguments, "nnx.describe", "node");
  return describeAt(value, [], new Map());
}

function describeAt(value: unknown, path: Path, seen: Map<unknown, Path>): Description {
  const role = roleOf(value, true);
  if (brandOf(value) !== "State" && (role === "static" || role === "hidden"))
    return { path, kind: "static", text: showStatic(value, []) };
  if (role === "array") return { path, kind: brandOf(value) === "Key" ? "Key" : "Array", ...shapeOf(value) };
  const kind = role === "tree" ? (Array.isArray(value) ? "array" : "object") : (value as object).constructor.name;
  const sameAs = seen.get(value);
  if (sameAs !== undefined) return { path, kind, sameAs };
  seen.set(value, path);
  if (role === "variable") return { path, kind, ...shapeOf((value as Variable<VariableValue>).getRawValue()) };
  const children = partsOf(value as object, role === "tree").map(([key, item]) =>
    describeAt(item, [...path, key], seen),
  );
  return { path, kind, children };
}

function partsOf(value: object, isTree: boolean): (readonly [PathPart, unknown])[] {
  if (brandOf(value) === "State") return (value as State).entries();
  const isList = isTree ? Array.isArray(value) : kindOf(value).intKeys === true;
  return Object.entries(value).map(([key, item]) => [isList ? toIndex(key) : key, item]);
}

/** The shape and dtype of what has them: what `sow` collects has none. */
function shapeOf(value: unknown): { readonly shape?: Shape; readonly dtype?: string } {
  if (brandOf(value) === undefined) return {};
  const { shape, dtype } = value as NDArray;
  return { shape: [...shape], dtype };
}
