import { BRAND, brandOf, hasBrand } from "../../base/index.ts";
import { data, isPlain } from "../tree/data.ts";
import type { Path, PathPart } from "../tree/path.ts";
import { compareParts, pathKey } from "../tree/path.ts";
import type { Metadata, VariableClass } from "../variables/variable.ts";
import { make } from "../variables/variable.ts";
import type { Leaf, Entry } from "./leaf.ts";
import { isTree } from "./walk.ts";
import { childrenOf, emptyNode, setChild } from "./node.ts";

/** One part of a model's structure. `index` numbers nodes and Variables, and a `ref` is another way to one of them. */
export type Def =
  | {
      readonly kind: "node";
      readonly index: number;
      readonly prototype: object;
      readonly children: readonly (readonly [PathPart, Def])[];
    }
  | { readonly kind: "tree"; readonly isArray: boolean; readonly children: readonly (readonly [PathPart, Def])[] }
  | { readonly kind: "variable"; readonly index: number; readonly type: VariableClass; readonly metadata: Metadata }
  | { readonly kind: "ref"; readonly index: number }
  | { readonly kind: "array" }
  | { readonly kind: "static"; readonly value: unknown };

/**
 * The structure of a model without its values: classes, attribute names, configuration, and which paths lead to one
 * and the same thing. Two are equal if models built from them and one state are alike.
 *
 * Configuration is compared by content where it is plain data, else by identity (functions, say).
 *
 * Source: Flax 0.12.8 `flax/nnx/graphlib.py` (`GraphDef`).
 * @example
 * nnx.graphdef(model).equals(nnx.graphdef(nnx.clone(model))) // => true
 */
export class GraphDef<M extends object = object> {
  declare readonly [BRAND]: "GraphDef";
  /** What `merge` gives; there is no such attribute. */
  declare readonly model?: M;
  /** @internal */
  readonly root: Def;

  /** @internal */
  constructor(root: Def) {
    this.root = root;
  }

  /** A string that equal GraphDefs of this session share and others do not: a key for a Map. */
  get key(): string {
    let key = keys.get(this.root);
    if (key === undefined) keys.set(this.root, (key = keyOf(this.root)));
    return key;
  }

  /** Whether another has the same structure. */
  equals(other: GraphDef): boolean {
    return this === other || (hasBrand(other, "GraphDef") && this.key === other.key);
  }

  /** The structure as an indented tree; the same for equal structures in every session. */
  toString(): string {
    return `GraphDef ${show(this.root, "")}`;
  }

  /** What `console.log` shows in Node, Bun and Deno. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}
Object.defineProperty(GraphDef.prototype, BRAND, { value: "GraphDef" });

/** The structure of a model and its leaves, in one walk. */
export function flatten<M extends object>(node: M): { readonly graphdef: GraphDef<M>; readonly entries: Entry[] } {
  const entries: Entry[] = [];
  const indices = new Map<unknown, number>();
  const visit = (container: object, tree: boolean, path: Path): Def => {
    const index = indices.size;
    if (!tree) indices.set(container, index);
    const children = childrenOf(container, tree, path).map(({ key, value, role }): [PathPart, Def] => {
      const below = [...path, key];
      if (role === "static") {
        if (key === "__call__") throw boundCallError(container);
        return [key, { kind: "static", value }];
      }
      if (role === "tree") return [key, visit(value as object, true, below)];
      if (role === "array") {
        entries.push([below, value as Leaf]);
        return [key, { kind: "array" }];
      }
      const known = indices.get(value);
      if (known !== undefined) return [key, { kind: "ref", index: known }];
      if (role === "node") return [key, visit(value as object, false, below)];
      const variable = value as { readonly metadata: Metadata };
      const def: Def = {
        kind: "variable",
        index: indices.size,
        type: variable.constructor as unknown as VariableClass,
        metadata: variable.metadata,
      };
      indices.set(value, def.index);
      entries.push([below, value as Leaf]);
      return [key, def];
    });
    return tree
      ? { kind: "tree", isArray: Array.isArray(container), children }
      : { kind: "node", index, prototype: Object.getPrototypeOf(container) as object, children };
  };
  return { graphdef: new GraphDef<M>(visit(node, isTree(node), [])), entries };
}

function boundCallError({ constructor: { name } }: object): TypeError {
  return new TypeError(
    `${name}.__call__: expected a method, got a function of the instance, which a copy cannot have: it would ` +
      "read the " +
      "original's attributes.\n" +
      `  wrong: class ${name} extends nnx.Module { __call__ = (x) => ... }\n` +
      `  right: class ${name} extends nnx.Module { __call__(x) { ... } }`,
  );
}

/** The paths at which a structure wants leaves, in order. */
export function leafPaths(def: Def, path: Path = []): Path[] {
  if (def.kind === "variable" || def.kind === "array") return [path];
  return "children" in def ? def.children.flatMap(([key, child]) => leafPaths(child, [...path, key])) : [];
}

/**
 * A model of a structure and of leaves by path, all of which are there. Classes are built without their constructors.
 */
export function unflatten(root: Def, leaves: ReadonlyMap<string, unknown>): object {
  const built = new Map<number, unknown>();
  const build = (def: Def, path: Path): unknown => {
    switch (def.kind) {
      case "static":
        return def.value;
      case "ref":
        return built.get(def.index);
      case "array":
        return leaves.get(pathKey(path));
      case "variable": {
        const leaf = leaves.get(pathKey(path));
        const variable = hasBrand(leaf, "Variable") ? leaf : make(def.type, leaf, def.metadata);
        built.set(def.index, variable);
        return variable;
      }
      case "tree":
        return data(fill(def.isArray ? [] : {}, def.children, path));
      case "node": {
        const node = emptyNode(def.prototype);
        built.set(def.index, node);
        return fill(node, def.children, path);
      }
    }
  };
  const fill = (container: object, children: readonly (readonly [PathPart, Def])[], path: Path): object => {
    for (const [key, child] of children) setChild(container, key, build(child, [...path, key]));
    return container;
  };
  return build(root, []) as object;
}

/** The keys of GraphDefs by their roots. */
const keys = new WeakMap<Def, string>();

const ids = new WeakMap<object, number>();
let lastId = 0;

/** A number for a function, a class or another thing that is only equal to itself. */
function idOf(x: object): number {
  let id = ids.get(x);
  if (id === undefined) ids.set(x, (id = ++lastId));
  return id;
}

function keyOf(def: Def): string {
  const children = (list: readonly (readonly [PathPart, Def])[]): string =>
    list.map(([key, child]) => `${JSON.stringify(key)}:${keyOf(child)}`).join(",");
  switch (def.kind) {
    case "node":
      return `node${def.index}#${idOf(def.prototype)}{${children(def.children)}}`;
    case "tree":
      return `${def.isArray ? "list" : "dict"}{${children(def.children)}}`;
    case "variable":
      return `variable${def.index}#${idOf(def.type)}${canonical(def.metadata, [], true)}`;
    case "ref":
      return `ref${def.index}`;
    case "array":
      return "array";
    case "static":
      return canonical(def.value, [], true);
  }
}

/** Plain data as text by content; anything else by identity, or for people by name. */
function canonical(value: unknown, above: readonly object[], exact: boolean): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (typeof value === "bigint") return `${value}n`;
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return String(value);
  if (above.includes(value)) return `cycle${above.indexOf(value)}`;
  if (typeof value === "object" && brandOf(value) === undefined && isPlain(value)) {
    const below = [...above, value];
    if (Array.isArray(value)) return `[${value.map((item) => canonical(item, below, exact)).join(", ")}]`;
    const items = Object.entries(value).sort(([a], [b]) => compareParts(a, b));
    return `{${items.map(([key, item]) => `${JSON.stringify(key)}: ${canonical(item, below, exact)}`).join(", ")}}`;
  }
  if (exact) return `${typeof value}#${idOf(value)}`;
  return typeof value === "function" ? `function ${value.name}` : value.constructor.name;
}

function show(def: Def, indent: string): string {
  switch (def.kind) {
    case "node":
    case "tree": {
      const name =
        def.kind === "node" ? `${def.prototype.constructor.name} (${def.index})` : def.isArray ? "array" : "object";
      return [name, ...def.children.map(([key, child]) => `${indent}  ${key}: ${show(child, `${indent}  `)}`)].join(
        "\n",
      );
    }
    case "variable": {
      const { name } = def.type as { readonly name: string };
      const facts = Object.keys(def.metadata).length > 0 ? ` ${canonical(def.metadata, [], false)}` : "";
      return `${name} (${def.index})${facts}`;
    }
    case "ref":
      return `-> (${def.index})`;
    case "array":
      return "array";
    case "static":
      return canonical(def.value, [], false);
  }
}
