import type { ArrayLike, NDArray } from "../array/index.ts";
import { asarray, isArray } from "../array/index.ts";
import { describe } from "../base/index.ts";
import { settle } from "./session.ts";

/** An array, or plain arrays and objects of such; null and undefined hold none. */
export type Nest = ArrayLike | null | undefined | readonly Nest[] | { readonly [key: string]: Nest };

/** An array with the name that errors call it by. */
export type Leaf = readonly [name: string, value: NDArray];

/** Something that holds arrays, taken apart. */
export interface Flat {
  /** The arrays, in the order of the items. */
  readonly leaves: readonly Leaf[];
  /** The same form with other leaves. */
  readonly build: (leaves: readonly unknown[]) => unknown;
  /**
   * What `given` has in the places of the leaves, with names for errors.
   *
   * @throws TypeError if it does not have this form
   */
  readonly read: (given: unknown, name: string) => (readonly [name: string, item: unknown])[];
}

/** A part of something that holds arrays. */
export interface Part extends Pick<Flat, "build" | "read"> {
  /** The part with other arrays in place of the leaves, as a function gets it; default `build`. */
  readonly replace?: (leaves: readonly unknown[]) => unknown;
}

/** Takes apart what is not a nest of arrays; undefined for all else. `add` lists a leaf and gives its place. */
export type Special = (part: unknown, name: string, add: (leaf: Leaf) => number) => Part | undefined;

/**
 * The arrays of a nest. Plain arrays of numbers are an array themselves.
 *
 * @param special what else may be in it
 * @throws TypeError if there is something else in it
 */
export function flattenNest(value: unknown, name: string, special: Special = () => undefined): Flat & Required<Part> {
  const leaves: Leaf[] = [];
  const add = (leaf: Leaf): number => leaves.push(leaf) - 1;
  const visit = (part: unknown, at: string): Part => {
    if (part === null || part === undefined) return { build: () => part, read: () => [] };
    const known = special(part, at, add);
    if (known !== undefined) return known;
    if (Array.isArray(part) && !isNumbers(part)) return list(part.map((item, i) => [i, visit(item, `${at}[${i}]`)]));
    if (isPlainObject(part)) return dict(Object.entries(part).map(([key, item]) => [key, visit(item, `${at}.${key}`)]));
    const place = add([at, toArray(part, at)]);
    return { build: (given) => given[place], read: (given, at) => [[at, given]] };
  };
  const part = visit(value, name);
  return { leaves, replace: part.build, ...part };
}

function replaced(part: Part, leaves: readonly unknown[]): unknown {
  return (part.replace ?? part.build)(leaves);
}

function list(parts: readonly (readonly [number, Part])[]): Part {
  return {
    build: (leaves) => parts.map(([, part]) => part.build(leaves)),
    replace: (leaves) => parts.map(([, part]) => replaced(part, leaves)),
    read: (given, name) => {
      if (!Array.isArray(given) || given.length !== parts.length)
        throw new TypeError(`${name} expected a plain array of length ${parts.length}, got ${describe(given)}`);
      return parts.flatMap(([i, part]) => part.read(given[i], `${name}[${i}]`));
    },
  };
}

function dict(parts: readonly (readonly [string, Part])[]): Part {
  const keys = parts.map(([key]) => key);
  return {
    build: (leaves) => Object.fromEntries(parts.map(([key, part]) => [key, part.build(leaves)])),
    replace: (leaves) => Object.fromEntries(parts.map(([key, part]) => [key, replaced(part, leaves)])),
    read: (given, name) => {
      if (!isPlainObject(given) || Object.keys(given).length !== keys.length || !keys.every((key) => key in given))
        throw new TypeError(`${name} expected an object with the keys ${keys.join(", ")}, got ${describe(given)}`);
      return parts.flatMap(([key, part]) => part.read(given[key], `${name}.${key}`));
    },
  };
}

function toArray(x: unknown, name: string): NDArray {
  if (isArray(x) || isNumber(x) || Array.isArray(x) || ArrayBuffer.isView(x)) return asarray(x as ArrayLike);
  throw new TypeError(`${name} expected an array, or a plain array or object of arrays, got ${describe(x)}`);
}

/** Whether a plain array is one of numbers, however nested: an array by itself. */
function isNumbers(x: readonly unknown[]): boolean {
  return x.length > 0 && x.every((item) => (Array.isArray(item) ? isNumbers(item) : isNumber(item)));
}

function isNumber(x: unknown): boolean {
  return typeof x === "number" || typeof x === "boolean" || typeof x === "bigint";
}

function isPlainObject(x: unknown): x is Readonly<Record<string, unknown>> {
  if (typeof x !== "object" || x === null) return false;
  const prototype = Object.getPrototypeOf(x) as object | null;
  return prototype === null || (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "isPrototypeOf"));
}

/** `value` with ordinary arrays in place of those whose tape is closed. */
export function settleNest(value: unknown): unknown {
  if (isArray(value)) return settle(value);
  if (Array.isArray(value)) return value.map(settleNest);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, settleNest(item)]));
}
