import { describe, LimitError } from "../../base/index.ts";
import { emptyCallable } from "./callable.ts";
import type { Role } from "../tree/data.ts";
import { isNumbers, isPlain, roleOf } from "../tree/data.ts";
import { kindOf } from "./nodekind.ts";
import { assertFields } from "./redeclared.ts";
import type { Path, PathPart } from "../tree/path.ts";
import { compareParts, formatPath, MAX_DEPTH, toIndex } from "../tree/path.ts";

/** An attribute of a node or an item of a tree. */
export interface Child {
  readonly key: PathPart;
  readonly value: unknown;
  readonly role: Exclude<Role, "hidden">;
}

/** Whether `value` is something whose attributes are walked: a module, an Rngs or a stream. */
export function isNode(value: unknown): value is object {
  return roleOf(value) === "node";
}

/**
 * The attributes of a node, or the items of a tree, sorted as Flax sorts them: indices by number, names by code point.
 *
 * @param path where the container sits, for messages
 * @throws TypeError if an attribute is a plain container that holds parts of the model: they would be lost
 * @throws LimitError if it sits deeper than 1000 steps
 */
export function childrenOf(container: object, isTree: boolean, path: Path): Child[] {
  if (path.length > MAX_DEPTH)
    throw new LimitError(
      `nnx: expected a model at most ${MAX_DEPTH} deep, got more at ${formatPath(path.slice(0, 8))}/...`,
    );
  const kind = kindOf(container);
  const ints = isTree ? Array.isArray(container) : kind.intKeys === true;
  const keys: PathPart[] = Object.keys(container);
  const named = ints ? keys.map(toIndex) : keys;
  if (!isTree) {
    assertFields(container);
    kind.check?.(container, named);
  }
  return named.sort(compareParts).map((key) => {
    const value = (container as Record<PathPart, unknown>)[key];
    const role = roleOf(value, isTree);
    if (role === "hidden") throw lost(container, key, value);
    return { key, value, role };
  });
}

/** The one attribute or item under a key; undefined where there is none. On a list "0" means 0. */
export function childOf(container: object, isTree: boolean, part: PathPart): Child | undefined {
  const ints = isTree ? Array.isArray(container) : kindOf(container).intKeys === true;
  const key = ints ? toIndex(part) : part;
  if (ints !== (typeof key === "number") || !Object.prototype.propertyIsEnumerable.call(container, key))
    return undefined;
  const value = (container as Record<PathPart, unknown>)[key];
  const role = roleOf(value, isTree);
  if (role === "hidden") throw lost(container, key, value);
  return { key, value, role };
}

function lost(container: object, key: PathPart, value: unknown): TypeError {
  const name = `${container.constructor.name}.${key}`;
  if (isNumbers(value))
    return new TypeError(
      `${name}: expected a module, a Variable or an array, got ${describe(value)}, which no state has.\n` +
        `  right: this.${key} = new nnx.Param(x), or jnp.array(x) for a buffer\n` +
        `  or, as configuration: this.${key} = nnx.static(x)`,
    );
  if (!isPlain(value as object))
    return new TypeError(
      `${name}: expected a module, a Variable or an array, got ${describe(value)} that holds some: a model would ` +
        `lose them.\n  right: this.${key} = new nnx.Dict({ ... }) or new nnx.List([...])`,
    );
  const [kind, wrong, right] = Array.isArray(value)
    ? ["a plain array", "[new Layer(rngs), new Layer(rngs)]", "new nnx.List([new Layer(rngs), new Layer(rngs)])"]
    : [
        "a plain object",
        "{ a: new Layer(rngs), b: new Layer(rngs) }",
        "new nnx.Dict({ a: new Layer(rngs), b: new Layer(rngs) })",
      ];
  return new TypeError(
    `${name}: expected a module, a Variable or an array, got ${kind} that holds some: a model would lose them.\n` +
      `  wrong: this.${key} = ${wrong}\n` +
      `  right: this.${key} = ${right}\n` +
      `  or, as it is: this.${key} = nnx.data(${Array.isArray(value) ? "[...]" : "{ ... }"})`,
  );
}

/** A node of the same class without attributes; its constructor does not run. */
export function emptyNode(prototype: object): object {
  const kind = kindOf(prototype);
  return kind.empty ? kind.empty(prototype) : emptyCallable(prototype);
}

/** Sets an attribute or item, names like "__proto__" as plain own data. */
export function setChild(container: object, key: PathPart, value: unknown): void {
  const { set } = kindOf(container);
  if (set) set(container, key, value);
  else if (key in container && !Object.hasOwn(container, key))
    Object.defineProperty(container, key, { value, enumerable: true, configurable: true, writable: true });
  else (container as Record<PathPart, unknown>)[key] = value;
}

/** Takes an attribute or item away; a list closes up. */
export function removeChild(container: object, key: PathPart): void {
  const { remove } = kindOf(container);
  if (remove) remove(container, key);
  else if (Array.isArray(container)) container.splice(key as number, 1);
  else delete (container as Record<PathPart, unknown>)[key];
}
