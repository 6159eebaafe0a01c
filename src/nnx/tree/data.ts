import { brandOf, describe, refuseSurplus } from "../../base/index.ts";

/** The plain arrays and objects that were marked as parts of a model. */
const marked = new WeakSet<object>();

/** The typed arrays that were said to be configuration. */
const configuration = new WeakSet<object>();

/** What a value is to a model: a node has attributes, a tree (a marked plain container) items; the rest is as named. */
export type Role = "node" | "tree" | "variable" | "array" | "static" | "hidden";

/**
 * The role of an attribute, or of an item `inTree`. `"hidden"` is what would be lost: a plain container, a Map or a Set
 * that holds parts of the model and was not marked, or a typed array.
 */
export function roleOf(value: unknown, inTree = false): Role {
  switch (brandOf(value)) {
    case "Module":
    case "Rngs":
    case "RngStream":
      return "node";
    case "Variable":
      return "variable";
    case "NDArray":
    case "Key":
      return "array";
  }
  if (typeof value !== "object" || value === null) return "static";
  if (marked.has(value)) return "tree";
  if (isNumbers(value)) return configuration.has(value) ? "static" : "hidden";
  if (!hidesData(value)) return "static";
  return inTree && isPlain(value) ? "tree" : "hidden";
}

/** Whether a value is a part of a model by itself. */
export function isData(value: unknown): boolean {
  if (arguments.length > 1) refuseSurplus("nnx.isData", "value", arguments);
  const role = roleOf(value);
  return role !== "static" && role !== "hidden";
}

/** Whether a value is a typed array. */
export function isNumbers(value: unknown): value is ArrayBufferView {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

/** Whether a plain array or object, a Map or a Set has a part of a model somewhere inside. */
export function hidesData(value: unknown, seen: Set<unknown> = new Set()): boolean {
  if (typeof value !== "object" || value === null || seen.has(value)) return false;
  const items =
    value instanceof Map || value instanceof Set ? [...value].flat() : isPlain(value) ? Object.values(value) : [];
  seen.add(value);
  return items.some((item: unknown) => {
    const brand = brandOf(item);
    return (brand !== undefined && brand !== "State" && brand !== "GraphDef") || hidesData(item, seen);
  });
}

/**
 * The parts of a model in a plain container, however deep; a part by itself is its own.
 *
 * Source: Flax 0.12.8 `flax/nnx/pytreelib.py` (`has_data`), which gives them too, whatever its name says.
 * @example
 * nnx.hasData([1, { a: model }]).length // => 1
 * nnx.hasData("text") // => []
 */
export function hasData(value: unknown): unknown[] {
  if (arguments.length > 1) refuseSurplus("nnx.hasData", "value", arguments);
  return partsOf(value, new Set());
}

function partsOf(value: unknown, seen: Set<unknown>): unknown[] {
  const role = roleOf(value);
  if (role === "node" || role === "variable" || role === "array") return [value];
  if (typeof value !== "object" || value === null || seen.has(value) || !isPlain(value)) return [];
  seen.add(value);
  return Object.values(value).flatMap((item) => partsOf(item, seen));
}

/** An array, or an object literal of any realm. */
export function isPlain(value: object): boolean {
  if (Array.isArray(value)) return true;
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "isPrototypeOf"));
}

/**
 * Marks a plain array or object as part of a model: what it holds is tracked as the attributes of a module are, items
 * by their index. `nnx.List` and `nnx.Dict` are the containers to prefer.
 *
 * The mark is on the container itself, not on the attribute: a copy of it must be marked again. An array, a Variable
 * or a module is given back as it is.
 *
 * @throws TypeError for a number, a string or the like: `jnp.array(x)` makes an array of it
 *
 * Source: Flax 0.12.8 `flax/nnx/pytreelib.py` (`data`).
 * @example
 * class Net extends nnx.Module {
 *   scales = nnx.data([new nnx.Param(1), new nnx.Param(2)]);
 * }
 * nnx.toFlatState(nnx.state(new Net())).map(([path]) => path.join("/")) // => ["scales/0", "scales/1"]
 */
export function data<T>(x: T): T {
  if (arguments.length > 1) refuseSurplus("nnx.data", "value", arguments, false);
  const role = roleOf(x);
  if (role !== "static" && role !== "hidden") return x;
  if (typeof x !== "object" || x === null || !isPlain(x))
    throw new TypeError(
      `nnx.data: "x" expected an array, a module, a Variable or a plain container of these, got ${describe(x)}. ` +
        "jnp.array(x) makes an array of numbers",
    );
  marked.add(x);
  return x;
}

/**
 * Says that a value is configuration, no part of the state. It is given back as it is. A typed array needs that word.
 *
 * @throws TypeError if it is or holds an array, a Variable or a module: these are state wherever they are
 *
 * Source: Flax 0.12.8 `flax/nnx/pytreelib.py` (`static`).
 * @example
 * nnx.static([3, 4]) // => [3, 4]
 */
export function staticValue<T>(x: T): T {
  if (arguments.length > 1) refuseSurplus("nnx.static", "value", arguments, false);
  if (isNumbers(x)) configuration.add(x);
  if (roleOf(x) !== "static")
    throw new TypeError(
      `nnx.static: "x" expected configuration, got ${describe(x)} that is or holds arrays, Variables or modules. ` +
        "They are state: leave nnx.static out, or wrap a container in nnx.data",
    );
  return x;
}
