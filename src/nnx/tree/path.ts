import { byCodePoint } from "../../base/index.ts";

/** One step of a path: an attribute's name, or an index of a list. */
export type PathPart = string | number;

/** Where a value sits in a model: attribute names and list indices from the root down. */
export type Path = readonly PathPart[];

/** Deeper models and states than this are refused: what walks them is recursive. */
export const MAX_DEPTH = 1000;

/** Flax's order of keys: list indices first, by number, then names by code point. */
export function compareParts(a: PathPart, b: PathPart): number {
  if (typeof a === "number") return typeof b === "number" ? a - b : -1;
  return typeof b === "number" ? 1 : byCodePoint(a, b);
}

/** Flax's order of paths: part by part, the shorter first. */
export function comparePaths(a: Path, b: Path): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const order = compareParts(a[i]!, b[i]!);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** A string that stands for a path and no other: the number 0 and the name "0" differ. */
export function pathKey(path: Path): string {
  return JSON.stringify(path);
}

/** `layers/0/kernel`, for messages. */
export function formatPath(path: Path): string {
  return path.length === 0 ? "(root)" : path.join("/");
}

/** Paths for a message, a few of many. */
export function formatPaths(paths: readonly Path[]): string {
  const shown = paths.slice(0, 20).map(formatPath).join(", ");
  return paths.length > 20 ? `${shown} and ${paths.length - 20} more` : shown;
}

/**
 * The number that a key stands for if it is one written the one canonical way ("0", "12", not "00" or "-0"), else the
 * key.
 */
export function toIndex(part: PathPart): PathPart {
  return typeof part === "string" && /^(0|[1-9]\d{0,14})$/.test(part) ? Number(part) : part;
}
