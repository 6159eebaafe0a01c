import type { NDArray } from "../../array/index.ts";
import { brandOf } from "../../base/index.ts";
import type { Key } from "../../random/index.ts";
import { roleOf } from "../tree/data.ts";
import type { Variable, VariableValue } from "../variables/variable.ts";
import { RngState } from "../variables/kinds.ts";

/** Elements and bytes by kind of Variable. */
export type Sizes = ReadonlyMap<string, readonly [count: number, bytes: number]>;

/** The sizes of all Variables in something, each once, by kind. */
export function sizesOf(value: unknown): Sizes {
  return addSizes(value, new Set(), new Map());
}

function addSizes(value: unknown, seen: Set<unknown>, sizes: Map<string, readonly [number, number]>): Sizes {
  const role = roleOf(value, true);
  if (role === "static" || role === "array" || seen.has(value)) return sizes;
  seen.add(value);
  if (role !== "variable") {
    for (const item of Object.values(value as object)) addSizes(item, seen, sizes);
    return sizes;
  }
  const kind = statisticOf(value as object);
  const [count, bytes] = sizeOfValue((value as Variable<VariableValue>).getRawValue());
  const [all, allBytes] = sizes.get(kind) ?? [0, 0];
  return sizes.set(kind, [all + count, allBytes + bytes]);
}

/** The kind a Variable counts as: its class, and RngState for keys and counts, as in Flax. */
function statisticOf(variable: object): string {
  return variable instanceof RngState ? "RngState" : variable.constructor.name;
}

/** How many numbers a value has, and their bytes: 8 for a key. */
export function sizeOfValue(value: unknown): readonly [count: number, bytes: number] {
  if (brandOf(value) === "Key") return [(value as Key).size, 8 * (value as Key).size];
  if (brandOf(value) === "NDArray") {
    const { size, nbytes } = value as NDArray;
    return [size, nbytes];
  }
  if (typeof value !== "object" || value === null) return [0, 0];
  return Object.values(value)
    .map(sizeOfValue)
    .reduce(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
}

/** `12,345` */
export function group(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1.2 KB`: a kilobyte is a thousand bytes, as Flax counts. */
export function formatBytes(bytes: number): string {
  for (const [unit, name] of [
    [1e9, "GB"],
    [1e6, "MB"],
    [1e3, "KB"],
  ] as const)
    if (bytes > unit) return `${(bytes / unit).toFixed(1)} ${name}`;
  return `${bytes} B`;
}
