import type { NDArray } from "../../array/index.ts";
import { asarray, formatFloat32, formatShape, isAbstract } from "../../array/index.ts";
import { hasBrand } from "../../base/index.ts";
import type { Key } from "../../random/index.ts";
import { isPlain, roleOf } from "../tree/data.ts";
import { kindOf } from "../graph/nodekind.ts";
import type { Sizes } from "./sizes.ts";
import { formatBytes, group, sizeOfValue, sizesOf } from "./sizes.ts";
import type { Variable, VariableValue } from "../variables/variable.ts";

/** A module, Variable, state or other value as text: what `console.log` shows of a module. */
export function format(value: unknown): string {
  return show(value, "", new Set());
}

/**
 * Prints models as trees: classes, attributes in the order in which they were set, shapes and dtypes, and how many
 * numbers, in how many bytes, each part has by kind of Variable. What is reachable twice is written out once.
 * `String(model)` is the text.
 *
 * Source: Flax 0.12.8 `flax/nnx/visualization.py` (`display`), `flax/nnx/pytreelib.py` (the form).
 * @example
 * String(model).split("\n")[0] // => "ModuleBasics( # Param: 12 (48 B)"
 */
export function display(...values: readonly unknown[]): void {
  for (const value of values) (globalThis.console as { log?(text: string): void } | undefined)?.log?.(format(value));
}

function show(value: unknown, indent: string, seen: Set<unknown>): string {
  switch (roleOf(value, true)) {
    case "node":
      return showNode(value as object, indent, seen);
    case "variable":
      return showVariable(value as Variable<VariableValue>, indent, seen);
    case "array":
      return showArray(value as NDArray | Key);
    case "tree":
      return showTree(value as object, indent, seen);
    default:
      return showStatic(value, []);
  }
}

function showNode(node: object, indent: string, seen: Set<unknown>): string {
  const { name } = node.constructor;
  if (seen.has(node)) return `${name}(...)`;
  seen.add(node);
  if (kindOf(node).intKeys)
    return `${name}${block(
      "([",
      Object.values(node).map((item) => show(item, `${indent}  `, seen)),
      "])",
      indent,
      "",
    )}`;
  return `${name}${block(
    "(",
    Object.entries(node).map(([key, value]) => `${key}=${show(value, `${indent}  `, seen)}`),
    ")",
    indent,
    comment(sizesOf(node)),
  )}`;
}

function showVariable(variable: Variable<VariableValue>, indent: string, seen: Set<unknown>): string {
  const { name } = variable.constructor;
  if (seen.has(variable)) return `${name}(...)`;
  seen.add(variable);
  const value = variable.getRawValue();
  const lines = [
    `value=${show(value, `${indent}  `, seen)}`,
    ...Object.entries(variable.metadata).map(([key, fact]) => `${key}=${showStatic(fact, [])}`),
  ];
  const [count, bytes] = sizeOfValue(value);
  return `${name}${block("(", lines, ")", indent, ` # ${count} (${formatBytes(bytes)})`)}`;
}

function showArray(x: NDArray | Key): string {
  if (hasBrand(x, "Key")) return `Key(shape=${formatShape(x.shape)}, dtype=${x.dtype})`;
  const { shape, dtype } = x as NDArray;
  const given = asarray(x as NDArray);
  if (isAbstract(given)) return `ShapeDtypeStruct(shape=${formatShape(shape)}, dtype=${dtype})`;
  if (shape.length > 0) return `Array(shape=${formatShape(shape)}, dtype=${dtype})`;
  const element = given.item();
  return `Array(${dtype === "float32" ? formatFloat32(element) : String(element)}, dtype=${dtype})`;
}

function showTree(value: object, indent: string, seen: Set<unknown>): string {
  if (seen.has(value)) return "...";
  seen.add(value);
  if (Array.isArray(value))
    return block(
      "[",
      value.map((item) => show(item, `${indent}  `, seen)),
      "]",
      indent,
      "",
    );
  return block(
    "{",
    Object.entries(value).map(([key, item]) => `${key}: ${show(item, `${indent}  `, seen)}`),
    "}",
    indent,
    "",
  );
}

function block(open: string, lines: readonly string[], close: string, indent: string, stats: string): string {
  if (lines.length === 0) return open + close;
  return `${open}${stats}\n${lines.map((line) => `${indent}  ${line}`).join(",\n")}\n${indent}${close}`;
}

/** Configuration as text. */
export function showStatic(value: unknown, above: readonly unknown[]): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "function") return `<function ${value.name || "(anonymous)"}>`;
  if (typeof value !== "object" || value === null) return typeof value === "bigint" ? `${value}n` : String(value);
  if (above.includes(value) || above.length > 3) return "...";
  if (Array.isArray(value))
    return `[${value
      .slice(0, 20)
      .map((item) => showStatic(item, [...above, value]))
      .join(", ")}${value.length > 20 ? ", ..." : ""}]`;
  if (isPlain(value))
    return `{${Object.entries(value)
      .map(([key, item]) => `${key}: ${showStatic(item, [...above, value])}`)
      .join(", ")}}`;
  return `<${value.constructor.name}>`;
}

function comment(sizes: Sizes): string {
  if (sizes.size === 0) return "";
  const parts = [...sizes]
    .sort(([, [, a]], [, [, b]]) => b - a)
    .map(([kind, [count, bytes]]) => `${kind}: ${group(count)} (${formatBytes(bytes)})`);
  if (sizes.size > 1) {
    const [count, bytes] = [...sizes.values()].reduce(([a, b], [c, d]) => [a + c, b + d]);
    parts.push(`Total: ${group(count)} (${formatBytes(bytes)})`);
  }
  return ` # ${parts.join(", ")}`;
}
