/** Calls and results as one would write them; a difference is marked. */
import type { NDArray } from "flaxen";
import type { Difference } from "./compare.ts";
import { toJson } from "./console.ts";
import type { Flaxen } from "./flaxen.ts";

const MOST_WRITTEN = 12;
/** The marks around what differs. */
export const [OPEN, CLOSE] = ["\u2402", "\u2403"];

const isArray = (value: unknown): value is NDArray =>
  typeof value === "object" && value !== null && typeof (value as { ravel?: unknown }).ravel === "function";

function argument(value: unknown): string {
  if (isArray(value)) {
    if (value.shape.length === 1 && value.size <= 6) return `[${(value.tolist() as number[]).map(number).join(", ")}]`;
    return `${value.dtype}[${value.shape.join(", ")}]`;
  }
  if (Array.isArray(value)) return `[${value.map(argument).join(", ")}]`;
  if (typeof value === "number") return String(value);
  if (typeof value === "object" && value !== null) return `{ ${Object.keys(value).join(", ")} }`;
  return JSON.stringify(value);
}

/** The shortest decimal that is this float32. */
export function number(value: number): string {
  for (let digits = 6; digits < 10; digits++) {
    const text = String(Number(value.toPrecision(digits)));
    if (Math.fround(Number(text)) === Math.fround(value)) return text;
  }
  return String(value);
}

export const callText = (entry: string, args: readonly unknown[]): string =>
  `${entry}(${args.map(argument).join(", ")})`;

/** Both values as text; of long arrays the part where they differ first. */
export function showBoth(
  got: unknown,
  want: unknown,
  difference: Difference,
  flaxen: Flaxen,
): { got: string; want: string } {
  return { got: show(got, difference, flaxen), want: show(want, difference, flaxen) };
}

function show(value: unknown, difference: Difference, flaxen: Flaxen): string {
  const { path } = difference;
  const marked = path.length === 0 || difference.what === "kind";
  if (Array.isArray(value) && !marked)
    return `[${value
      .map((inner, i) =>
        i === path[0] ? show(inner, { ...difference, path: path.slice(1) }, flaxen) : one(inner, flaxen),
      )
      .join(", ")}]`;
  if (isArray(value) && difference.what === "value") return withMark(value, difference.index);
  return difference.what === "value" || difference.what === "kind" || difference.what === "length"
    ? `${OPEN}${one(value, flaxen)}${CLOSE}`
    : one(value, flaxen, difference.what);
}

function one(value: unknown, { nnx }: Flaxen, what?: string): string {
  if (isArray(value)) {
    const type = `${value.dtype}[${value.shape.join(", ")}]`;
    return what === undefined ? withMark(value, -1) : `${OPEN}${type}${CLOSE} ${withMark(value, -1)}`;
  }
  if (value instanceof nnx.Module) return `a model, ${value.constructor.name}`;
  if (value instanceof nnx.Variable) return `a Variable, ${value.constructor.name}`;
  if (typeof value === "function") return "a function";
  return value === undefined ? "undefined" : toJson(value).slice(0, 400);
}

function withMark(array: NDArray, index: number): string {
  const all = array.ravel().tolist() as number[];
  const begin = index < MOST_WRITTEN ? 0 : Math.min(index - 3, all.length - MOST_WRITTEN);
  const part = all.slice(begin, begin + MOST_WRITTEN).map((value, i) => {
    const text = typeof value === "number" ? number(value) : String(value);
    return begin + i === index ? `${OPEN}${text}${CLOSE}` : text;
  });
  return `[${begin > 0 ? "…, " : ""}${part.join(", ")}${begin + MOST_WRITTEN < all.length ? ", …" : ""}]`;
}
