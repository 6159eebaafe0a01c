/** What a program exports, as data for the page: arrays, trees, text, curves. */
import type { nnx } from "flaxen";
import type { ArrayCard, Card, TreeNode } from "../protocol.ts";
import { toJson } from "./console.ts";
import type { Flaxen } from "./flaxen.ts";

const MOST_VALUES = 65_536;
const PLOT_FROM = 8;

export function describe(name: string, value: unknown, exports: Record<string, unknown>, flaxen: Flaxen): Card {
  const { nnx, NDArray } = flaxen;
  if (value instanceof NDArray || isKey(value)) return arrayCard(name, "", value);
  if (value instanceof nnx.Variable) return arrayCard(name, value.constructor.name, value.get());
  if (value instanceof nnx.Module) {
    const root = moduleNode("", value, flaxen, new Map());
    const table = tableOf(value, exports, flaxen);
    return { kind: "tree", name, type: root.type, note: root.note, root, ...(table ? { table } : {}) };
  }
  if (value instanceof nnx.State) {
    const root = stateNode(value, flaxen);
    return { kind: "tree", name, type: "State", note: root.note, root };
  }
  if (value instanceof nnx.GraphDef) return { kind: "text", name, type: "GraphDef", text: String(value) };
  if (typeof value === "function")
    return { kind: "text", name, type: /^class\b/.test(String(value)) ? "class" : "function", text: "", folded: true };
  if (Array.isArray(value) && value.length > PLOT_FROM && value.every((x) => typeof x === "number"))
    return { kind: "plot", name, type: `${value.length} numbers`, values: value };
  return { kind: "text", name, type: typeName(value), text: typeof value === "string" ? value : toJson(value) };
}

function typeName(value: unknown): string {
  if (Array.isArray(value)) return `list of ${value.length}`;
  return value === null ? "null" : typeof value;
}

interface AnyArray {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly size?: number;
}

const isKey = (value: unknown): value is AnyArray =>
  typeof value === "object" &&
  value !== null &&
  "dtype" in value &&
  "shape" in value &&
  String((value as AnyArray).dtype).startsWith("key");

/** The card of an array or a key. */
export function arrayCard(name: string, type: string, value: unknown): ArrayCard {
  const array = value as AnyArray;
  const head = {
    kind: "array" as const,
    name,
    type,
    dtype: array.dtype,
    shape: [...array.shape],
    print: String(value),
    step: 1,
  };
  if (isKey(value) || typeof (value as { ravel?: unknown }).ravel !== "function") return head;
  const all = Float64Array.from((value as { ravel(): { tolist(): number[] } }).ravel().tolist(), Number);
  const step = Math.ceil(all.length / MOST_VALUES) || 1;
  const values = step === 1 ? all : all.filter((_, i) => i % step === 0);
  return { ...head, values, step, ...(all.length === 0 ? {} : { stats: statistics(all) }) };
}

function statistics(values: Float64Array): NonNullable<ArrayCard["stats"]> {
  let [min, max, sum] = [Infinity, -Infinity, 0];
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
  }
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return { min, max, mean, deviation: Math.sqrt(squares / values.length) };
}

const shapeText = (array: AnyArray): string => `${array.dtype}[${array.shape.join(", ")}]`;

function moduleNode(name: string, module: nnx.Module, flaxen: Flaxen, seen: Map<object, string>): TreeNode {
  const { nnx, NDArray } = flaxen;
  const type = module.constructor.name;
  const before = seen.get(module);
  if (before !== undefined) return { name, type, note: `the same as ${before || "the root"}`, children: [] };
  seen.set(module, name);
  const entries = Object.entries(module);
  const holds = (value: unknown): boolean =>
    value instanceof nnx.Module || value instanceof nnx.Variable || value instanceof NDArray || isKey(value);
  const children = entries
    .filter(([, value]) => holds(value))
    .map(([key, value]): TreeNode => {
      const path = name === "" ? key : `${name}.${key}`;
      if (value instanceof nnx.Module) return rename(moduleNode(path, value, flaxen, seen), key);
      if (value instanceof nnx.Variable) {
        const again = seen.get(value);
        const type = value.constructor.name;
        if (again !== undefined) return { name: key, type, note: `the same as ${again}`, children: [] };
        seen.set(value, path);
        return leaf(key, type, value.get());
      }
      return leaf(key, "Array", value);
    });
  // Settings are one line: what a layer holds is what matters.
  const settings = entries
    .filter(
      ([, value]) => !holds(value) && value !== undefined && (typeof value !== "function" || type === "Sequential"),
    )
    .map(([key, value]) => `${key}: ${short(value)}`);
  if (settings.length > 0) children.push({ name: "", type: "", note: settings.join(", "), children: [] });
  return { name, type, note: module instanceof nnx.Rngs ? streams(module, flaxen) : sizes(module, flaxen), children };
}

const rename = (node: TreeNode, name: string): TreeNode => ({ ...node, name });

function leaf(name: string, type: string, value: unknown): TreeNode {
  const array = value as AnyArray;
  const small = array.shape?.length === 0 && !isKey(value);
  const note = small ? `${shapeText(array)} = ${String(value)}` : shapeText(array);
  return { name, type, note, children: [], array: arrayCard(name, type, value) };
}

function short(value: unknown): string {
  if (typeof value === "function") return value.name || "a function";
  const text = toJson(value).replaceAll(/\s+/g, " ");
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** The number of elements of each kind of Variable: "24 Param, 2 RngState". */
function sizes(module: nnx.Module, { nnx }: Flaxen): string {
  const counts = new Map<string, number>();
  for (const [, leaf] of nnx.toFlatState(nnx.state(module))) {
    if (!(leaf instanceof nnx.Variable)) continue;
    const kind = leaf instanceof nnx.RngState ? "RngState" : leaf.constructor.name;
    const { size = 1 } = leaf.get() as unknown as AnyArray;
    counts.set(kind, (counts.get(kind) ?? 0) + size);
  }
  return [...counts].map(([kind, count]) => `${count.toLocaleString("en")} ${kind}`).join(", ");
}

/** The streams of an Rngs, with the words of their keys and how many keys were taken. */
function streams(rngs: nnx.Module, { nnx }: Flaxen): string {
  const counts = nnx.toFlatState(nnx.state(rngs)).filter(([path]) => path.at(-1) === "count");
  return counts.map(([path, leaf]) => `${String(path[0])}: ${String((leaf as nnx.Variable).get())} taken`).join(", ");
}

function stateNode(state: nnx.State, { nnx }: Flaxen): TreeNode {
  interface Growing {
    children: Map<string, Growing>;
    leaf?: TreeNode;
  }
  const root: Growing = { children: new Map() };
  let count = 0;
  for (const [path, value] of nnx.toFlatState(state)) {
    count++;
    let place = root;
    for (const part of path) {
      const name = String(part);
      let next = place.children.get(name);
      if (next === undefined) place.children.set(name, (next = { children: new Map() }));
      place = next;
    }
    const isVariable = value instanceof nnx.Variable;
    place.leaf = leaf(
      String(path.at(-1)),
      isVariable ? value.constructor.name : "Array",
      isVariable ? value.get() : value,
    );
  }
  const grown = (name: string, { children, leaf }: Growing): TreeNode =>
    leaf ?? { name, type: "", note: "", children: [...children].map(([key, child]) => grown(key, child)) };
  return { ...grown("", root), type: "State", note: `${count} ${count === 1 ? "leaf" : "leaves"}` };
}

function tableOf(module: nnx.Module, exports: Record<string, unknown>, { nnx, NDArray }: Flaxen): string {
  if (!(exports["x"] instanceof NDArray)) return "";
  try {
    return String(nnx.tabulate(module as nnx.Module<unknown[], unknown>, exports["x"]));
  } catch {
    return "";
  }
}
