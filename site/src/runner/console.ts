/** The console of a program: a line each, and an end to a flood. */

const MAX_LINES = 200;
const MAX_LETTERS = 4000;
const LEVELS = ["log", "info", "warn", "error", "debug"] as const;

type Said =
  | { readonly type: "log"; readonly level: string; readonly text: string }
  | { readonly type: "left-out"; readonly count: number };

/** Replaces the methods of the console until the next program; `end` tells how many lines were left out. */
export function captureConsole(say: (report: Said) => void): { end(): void } {
  let lines = 0;
  for (const level of LEVELS)
    console[level] = (...args: unknown[]) => {
      if (++lines > MAX_LINES) return;
      const text = args.map(toText).join(" ");
      say({ type: "log", level, text: text.length > MAX_LETTERS ? `${text.slice(0, MAX_LETTERS)} …` : text });
    };
  console.table = (value: unknown) => console.log(value);
  return {
    end() {
      if (lines > MAX_LINES) say({ type: "left-out", count: lines - MAX_LINES });
    },
  };
}

/** A value as a console shows it: text as it is, what has a text of its own by that, the rest as JSON. */
export function toText(value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (typeof value === "function" && !("__call__" in value)) return `function ${value.name}`;
  if (typeof value !== "object" && typeof value !== "function") return String(value);
  if (value === null) return "null";
  if (!isPlain(value)) return String(value);
  return toJson(value);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null || ArrayBuffer.isView(value);
}

/** JSON of anything: arrays of the library as nested lists, the rest of what JSON has not as text. */
export function toJson(value: unknown): string {
  const seen = new Set<unknown>();
  const plain = (inner: unknown): unknown => {
    if (inner === undefined) return "undefined";
    if (typeof inner === "bigint" || typeof inner === "symbol") return String(inner);
    if (typeof inner === "number" && !Number.isFinite(inner)) return String(inner);
    if (typeof inner === "function") return `function ${inner.name}`;
    if (typeof inner !== "object" || inner === null) return inner;
    if (seen.has(inner)) return "(again)";
    seen.add(inner);
    if (ArrayBuffer.isView(inner)) return Array.from(inner as Float32Array, plain);
    if (Array.isArray(inner)) return inner.map(plain);
    if (inner instanceof Map) return Object.fromEntries([...inner].map(([key, x]) => [String(key), plain(x)]));
    if (inner instanceof Set) return [...inner].map(plain);
    if (!isPlain(inner)) return String(inner);
    return Object.fromEntries(Object.entries(inner).map(([key, x]) => [key, plain(x)]));
  };
  const text = JSON.stringify(plain(value), undefined, 2);
  return text.length < 80 ? text.replaceAll(/\s*\n\s*/g, " ") : text;
}
