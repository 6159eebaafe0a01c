/** What a program exports, as data for the page: arrays, trees, text, curves. */
import type { nnx, random } from "flaxen";
import type { ArrayCard, Card, TreeNode } from "../protocol.ts";
import { toJson } from "./console.ts";
import type { Flaxen } from "./flaxen.ts";

type Key = random.Key;

const MOST_VALUES = 65_536;
const PLOT_FROM = 8;

export function describe(name: string, value: unknown, exports: Record<string, unknown>, flaxen: Flaxen): Card {
  const { nnx, NDArray } = flaxen;
  if (value instanceof NDArray || isKey(value)) return arrayCard(name, "", value);
  if (value instanceof nnx.Variable && isArrayLike(value.get()))
    return arrayCard(name, value.constructor.name, value.get());
  if (value instanceof nnx.GraphDef) return { kind: "text", name, type: "GraphDef", text: String(value) };
  const tree = treeOf(value, flaxen);
  if (tree !== undefined) {
    const root = value instanceof nnx.State ? { ...tree, note: leavesText(tree) } : tree;
    const table = value instanceof nnx.Module ? tableOf(value, exports, flaxen) : "";
    return { kind: "tree", name, type: root.type, note: root.note, root, ...(table ? { table } : {}) };
  }
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

const isKey = (value: unknown): value is AnyArray => isArrayLike(value) && String(value.dtype).startsWith("key");

const isArrayLike = (value: unknown): value is AnyArray =>
  typeof value === "object" && value !== null && "dtype" in value && "shape" in value;

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

/** The tree that nnx.describe gives, with the arrays in it. Undefined of what holds no array and is no model. */
function treeOf(value: unknown, flaxen: Flaxen): TreeNode | undefined {
  const told = flaxen.nnx.describe(value);
  if (told.children === undefined) return undefined;
  const isPlain = told.kind === "array" || told.kind === "object";
  return isPlain && !holdsArrays(told) ? undefined : nodeOf(told, value, flaxen);
}

const holdsArrays = ({ shape, children = [] }: nnx.Description): boolean =>
  shape !== undefined || children.some(holdsArrays);

function nodeOf(told: nnx.Description, value: unknown, flaxen: Flaxen): TreeNode {
  const { path, kind, sameAs, children } = told;
  const name = String(path.at(-1) ?? "");
  if (sameAs !== undefined)
    return { name, type: kind, note: `the same as ${sameAs.join(".") || "the root"}`, children: [] };
  if (children === undefined) return leaf(name, told, value, flaxen);
  const partOf = partsOf(value, flaxen);
  // Settings are one line: what a layer holds is what matters. In a list each has a line of its own.
  const isSetting = (child: nnx.Description): boolean =>
    child.kind === "static" && typeof child.path.at(-1) === "string";
  const nodes = children
    .filter((child) => !isSetting(child))
    .map((child) => nodeOf(child, partOf(child.path.at(-1)!), flaxen));
  const settings = children
    .filter((child) => isSetting(child) && child.text !== "undefined" && !child.text!.startsWith("<function"))
    .map(({ path, text }) => `${String(path.at(-1))}: ${shortened(text!)}`);
  if (settings.length > 0) nodes.push({ name: "", type: "", note: settings.join(", "), children: [] });
  // The parts of a State are States: one word at its root is enough.
  const type = kind === "State" && path.length > 0 ? "" : (CONTAINERS[kind] ?? kind);
  return { name, type, note: noteOf(kind, value, flaxen), children: nodes };
}

const CONTAINERS: Readonly<Record<string, string>> = { array: "list", object: "" };

/** How to reach a part of a value by its name. */
function partsOf(value: unknown, { nnx }: Flaxen): (part: string | number) => unknown {
  if (!(value instanceof nnx.State)) return (part) => (value as Record<string | number, unknown>)[part];
  const parts = new Map<string | number, unknown>(value.entries());
  return (part) => parts.get(part);
}

function noteOf(kind: string, value: unknown, flaxen: Flaxen): string {
  if (kind === "State" || kind in CONTAINERS) return "";
  if (kind === "RngStream") return streamText(value, flaxen);
  if (kind !== "Rngs") return sizes(value as nnx.Module, flaxen);
  return Object.entries(value as nnx.Rngs)
    .map(([name, stream]) => `${name}: ${streamText(stream, flaxen)}`)
    .join("; ");
}

/** Seed of a stream and how many keys were taken. A key that was folded or split has two words and no seed. */
function streamText(stream: unknown, { random }: Flaxen): string {
  const { key, count } = stream as { readonly key: nnx.Variable<Key>; readonly count: nnx.Variable };
  const [high, low] = random.keyData(key.get() as Key).tolist() as number[];
  return `${high === 0 ? `seed ${low}` : `key ${high} ${low}`}, ${String(count.get())} taken`;
}

function leaf(name: string, { kind, text }: nnx.Description, value: unknown, { nnx }: Flaxen): TreeNode {
  const inner: unknown = value instanceof nnx.Variable ? value.get() : value;
  if (typeof inner === "function") return { name, type: "", note: inner.name || "a function", children: [] };
  if (!isArrayLike(inner)) {
    const note = shortened(text ?? toJson(inner).replaceAll(/\s+/g, " "));
    return { name, type: kind === "static" ? "" : kind, note, children: [] };
  }
  const small = inner.shape.length === 0 && !isKey(inner);
  const note = small ? `${shapeText(inner)} = ${String(inner)}` : shapeText(inner);
  return { name, type: kind, note, children: [], array: arrayCard(name, kind, inner) };
}

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

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

function leavesText(root: TreeNode): string {
  const count = ({ array, children }: TreeNode): number =>
    array ? 1 : children.reduce((sum, child) => sum + count(child), 0);
  const leaves = count(root);
  return `${leaves} ${leaves === 1 ? "leaf" : "leaves"}`;
}

function tableOf(module: nnx.Module, exports: Record<string, unknown>, { nnx, NDArray }: Flaxen): string {
  if (!(exports["x"] instanceof NDArray)) return "";
  try {
    return String(nnx.tabulate(module as nnx.Module<unknown[], unknown>, exports["x"]));
  } catch {
    return "";
  }
}
