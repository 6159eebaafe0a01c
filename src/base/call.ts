/**
 * How Python's calls translate. What JAX or Flax takes by place may stand by place; whatever has a name there may stand
 * by name in an object, which comes last; nothing else is taken.
 *
 * A function is written with places and then an object of names, and is called through
 *
 *   return inOrder(padOf, arguments, 2, "pad array padWidth | mode:s * constantValues:n");
 *
 * which is cheap for a call that is in order already. A function of arrays alone, which have no names in JAX, begins
 * with `if (arguments.length > 1) refuseSurplus("relu", "x", arguments)`.
 */
import { hasBrand } from "./brand.ts";
import { describe } from "./errors.ts";
import { meant } from "./nearmiss.ts";

/**
 * The types of places that may be left out, each of which may be the object of names instead, and that object:
 * `pad(x: ArrayLike, padWidth: PadWidth, ...places: Places<[mode: PadMode], PadOptions>)`.
 */
export type Places<Types extends readonly unknown[], Names> = [
  ...{ [I in keyof Types]?: Types[I] | Names },
  options?: Names,
];

/** An object of names, the words of a text, with their types in a list. */
type Named<Words extends string, Types extends readonly unknown[]> = Words extends `${infer Word} ${infer Rest}`
  ? Types extends readonly [infer First, ...infer Others]
    ? { readonly [Name in Word]: First } & Named<Rest, Others>
    : never
  : { readonly [Name in Words]: Types[0] };

/** Calls that give the last of the required places by name, one or more, with the options. */
type LastNamed<
  Required extends readonly unknown[],
  Words extends string,
  Options,
  Before extends readonly unknown[] = [],
> = Required extends readonly [infer First, ...infer Others]
  ? | [...Before, named: Named<Words, Required> & Options]
    | (Words extends `${string} ${infer Rest}` ? LastNamed<Others, Rest, Options, [...Before, First]> : never)
  : never;

/**
 * Like `Places`, with places in front that are required, of which the last may be in the object of names, too. Their
 * names are the words of a text:
 * `pad(x: ArrayLike, ...places: Given<[padWidth: PadWidth], "padWidth", [mode: PadMode], PadOptions>)`.
 */
export type Given<
  Required extends readonly unknown[],
  Words extends string,
  Types extends readonly unknown[] = [],
  Options = unknown,
> =
  | [
      ...required: Required,
      ...places: { [I in keyof Types]?: Types[I] | Options | undefined },
      ...options: unknown extends Options ? [] : [options?: Options | undefined],
    ]
  | LastNamed<Required, Words, Options>;

/**
 * A signature is one text: `"fn a b | c:b * d:n"` has the places a, b and c, and the name d. The function gets a and b
 * by place; c and d by name. A kind after a name is checked: see `KINDS` and `isNone`.
 */
interface Signature {
  readonly fn: string;
  readonly names: readonly string[];
  readonly index: ReadonlyMap<string, number>;
  readonly kinds: readonly (string | undefined)[];
  /** How many come to the function by place, and how many a caller may write by place. */
  readonly direct: number;
  readonly places: number;
}

const signatures = new Map<string, Signature>();

function signatureOf(text: string): Signature {
  const known = signatures.get(text);
  if (known !== undefined) return known;
  const [fn = "", ...words] = text.split(" ");
  const parts = words.filter((word) => word !== "|" && word !== "*").map((word) => word.split(":"));
  const star = words.indexOf("*");
  const bar = words.indexOf("|");
  const places = star < 0 ? parts.length : star - (bar < 0 ? 0 : 1);
  const names = parts.map(([name]) => name!);
  const found: Signature = {
    fn,
    names,
    index: new Map(names.map((name, i) => [name, i])),
    kinds: parts.map(([, kind]) => kind),
    direct: bar < 0 ? places : bar,
    places,
  };
  signatures.set(text, found);
  return found;
}

/**
 * The arguments of a call in order, if they are not: names where the function has places, or places where it has names.
 *
 * @param direct how many arguments the function has by place itself, as the signature says; names come in an object
 * after these
 * @returns undefined for a call that is in order
 * @throws TypeError for an argument that is unknown, of another kind, given twice or one too many
 */
export function ordered<F extends (...args: never[]) => unknown>(
  args: IArguments,
  direct: number,
  signature: string,
): Parameters<F> | undefined {
  const { length } = args;
  const last: unknown = args[length - 1];
  if (typeof last !== "object") {
    if (length <= direct) return undefined;
  } else if (last !== null && isNamed(last)) {
    if (length === direct + 1 && fits(last, signature)) return undefined;
  } else if (last !== null && length <= direct && !isCallback(args)) return undefined;
  const found = bind(signature, args);
  if (last === null && found.length === length && found[length - 1] === null) return undefined;
  return found as Parameters<F>;
}

/**
 * Like `ordered`, for functions whose places take no names.
 *
 * @throws TypeError as `ordered`, or for the name of a place
 */
export function assertOrder(args: IArguments, direct: number, signature: string): void {
  if (ordered(args, direct, signature) === undefined) return;
  const { fn, names } = signatureOf(signature);
  throw new TypeError(`${fn}: expected ${names.slice(0, direct).join(", ")} by place, got it by name`);
}

/**
 * The arguments in order of a function whose places may be plain objects, as trees are. The last argument is an object
 * of names if it has nothing but names of what is not given before it, all that are required among them.
 *
 * @param required how many places have no default
 * @throws TypeError as `ordered`, for what comes after the places that the function has itself
 */
export function orderedTrees(args: IArguments, required: number, signature: string): unknown[] {
  const { names, direct } = signatureOf(signature);
  const before = args.length - 1;
  const last: unknown = args[before];
  const keys = typeof last === "object" && last !== null && isNamed(last) ? Object.keys(last) : [];
  const areNames =
    keys.length > 0 &&
    keys.every((name) => names.indexOf(name) >= before) &&
    names.slice(before, required).every((name) => keys.includes(name));
  return areNames || before >= direct ? bind(signature, args) : Array.from(args);
}

/** Calls `f` with the arguments in order: see `orderedTrees`. */
export function inTrees<A extends unknown[], R>(
  f: (...args: A) => R,
  args: IArguments,
  required: number,
  signature: string,
): R {
  return f(...(orderedTrees(args, required, signature) as A));
}

/** Calls `f` with the arguments in order: see `ordered`. */
export function inOrder<A extends unknown[], R>(
  f: (...args: A) => R,
  args: IArguments,
  direct: number,
  signature: string,
): R {
  const given = ordered(args, direct, signature) ?? args;
  // Spelt out, because it is the most frequent call, and handing on `arguments` is slower (Node 20, 2026-12).
  return given.length === 1 ? (f as unknown as (x: unknown) => R)(given[0]) : Reflect.apply(f, undefined, given);
}

/**
 * Whether all names in an object are those after the places of the function itself, and their values of their kinds.
 */
export function fits(named: object, signature: string): boolean {
  const { index, kinds, direct } = signatureOf(signature);
  for (const name in named) {
    const i = index.get(name);
    if (i === undefined || i < direct) return false;
    const value = (named as Record<string, unknown>)[name];
    if (!isKind(kinds[i], value) || isNone(kinds[i], value)) return false;
  }
  return true;
}

/** Whether an object is a plain one, of this realm or another. */
export function isNamed(x: object): boolean {
  const prototype = Object.getPrototypeOf(x) as object | null;
  if (prototype === Object.prototype || prototype === null) return true;
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "isPrototypeOf");
}

/** Whether `map` of a list makes this call: an element, its index, the list. */
function isCallback(args: IArguments): boolean {
  const { 0: element, 1: index, 2: list, length } = args as ArrayLike<unknown>;
  return length === 3 && Array.isArray(list) && typeof element === "object" && list[index as number] === element;
}

/**
 * The arguments in order, for constructors; throws as `ordered`.
 *
 * @param refused names that are refused elsewhere, with their reason, where they have a value
 */
export function bind(signature: string, args: ArrayLike<unknown>, refused: object = {}): unknown[] {
  const { fn, names, kinds, direct, places } = signatureOf(signature);
  const last = args[args.length - 1];
  const named =
    typeof last === "object" && last !== null && isNamed(last) && !(direct > 0 && isValue(args, last, names))
      ? last
      : undefined;
  const given: unknown[] = Array.prototype.slice.call(args, 0, named === undefined ? undefined : -1);
  if (isCallback(args as IArguments)) {
    if (places !== 1) throw callbackError(fn);
    given.length = 1;
  }
  while (given.length > 0 && given.at(-1) === undefined) given.pop();
  if (given.length > places) throw surplusError(fn, names, given, places);
  const out: unknown[] = Array.from({ length: Math.min(given.length, direct) });
  const keywords: Record<string, unknown> = {};
  const set = (i: number, value: unknown): void => {
    if (value === undefined || isNone(kinds[i], value)) return;
    if (!isKind(kinds[i], value)) throw kindError(fn, names[i]!, kinds[i]!, value);
    if (i < direct) out[i] = value;
    else {
      keywords[names[i]!] = value;
      out[direct] = keywords;
    }
  };
  for (const [i, value] of given.entries()) set(i, value);
  for (const [name, value] of Object.entries(named ?? {})) {
    const i = names.indexOf(name);
    if (i < 0 && Object.hasOwn(refused, name)) continue;
    if (i < 0) throw unknownError(fn, name, names);
    if (given[i] !== undefined) throw new TypeError(`${fn}: "${name}" expected once, got it by place and by name`);
    if (value !== undefined || i < direct) set(i, value);
    else out[direct] = Object.assign(keywords, { [name]: undefined });
  }
  return out;
}

/** First places that are numbers or axes, so that an object there has options. */
const NO_OBJECTS: ReadonlySet<string> = new Set(["axis", "decimals", "min", "negativeSlopeInit", "scale", "stddev"]);

/** Whether an object that stands alone has no name that is known or near: it was meant for the first place. */
function isValue(args: ArrayLike<unknown>, last: object, names: readonly string[]): boolean {
  if (args.length !== 1 || names.length === 0 || NO_OBJECTS.has(names[0]!)) return false;
  return !Object.keys(last).some((name) => meant(name, names) !== undefined);
}

/**
 * Refuses what comes after the array in a function of one array, but not the index and the list of a list's `map`. Of
 * an object it names the first option.
 *
 * @param isCallback whether the array is the only place in JAX
 * @throws TypeError
 */
export function refuseSurplus(fn: string, names: string, args: IArguments, isCallback = true): void {
  const known = names === "" ? [] : names.split(" ");
  const last: unknown = args[args.length - 1];
  if (typeof last === "object" && last !== null && isNamed(last) && args.length === known.length + 1)
    for (const name in last) throw unknownError(fn, name, []);
  if (!isCallback || known.length !== 1 || args.length !== 3 || !Array.isArray(args[2]) || typeof args[1] !== "number")
    throw surplusError(fn, known, Array.from(args), known.length);
}

/** Whether a value is null where Python's None is not a value: a dtype (`d`, `g`, `i`), or what has the kind `x`. */
function isNone(kind: string | undefined, value: unknown): boolean {
  return value === null && kind !== undefined && "dgix".includes(kind);
}

/** By a kind's letter: what `typeof` says, or which values there are. */
const KINDS: Readonly<Record<string, string | readonly unknown[]>> = {
  b: "boolean",
  n: "number",
  s: "string",
  f: "function",
  o: ["C", "K", "A"],
  p: ["default", "high", "highest", "float32", "fastest"],
  g: ["float32"],
  i: ["int32"],
  t: ["threefry2x32"],
  0: [false],
};

/** Nothing given, or null, which is Python's None, is of every kind; an array may be a number. */
function isKind(kind: string | undefined, value: unknown): boolean {
  if (kind === undefined || kind === "d" || kind === "x" || value === undefined || value === null) return true;
  const right = KINDS[kind]!;
  if (typeof right === "string" ? typeof value === right : right.includes(value)) return true;
  return kind === "n" && (typeof value === "bigint" || hasBrand(value, "NDArray") || hasBrand(value, "Variable"));
}

/**
 * Refuses options that there are not.
 *
 * @throws TypeError if `options` is not an object, or has a name that is none of `names`
 */
export function assertNames(options: unknown, fn: string, names: readonly string[]): void {
  if (typeof options !== "object" || options === null)
    throw new TypeError(`${fn}: "options" expected an object, got ${describe(options)}`);
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown !== undefined) throw unknownError(fn, unknown, names);
}

/**
 * For functions that Python does not have, whose arguments come in one order: refuses a surplus argument, and an option
 * that there is not.
 *
 * @param places the names of the places; where there are `options`, the last is for them
 * @throws TypeError
 */
export function assertTakes(args: IArguments, fn: string, places: string, options?: readonly string[]): void {
  const names = places.split(" ");
  if (args.length > names.length) refuseSurplus(fn, places, args, false);
  const given: unknown = args[names.length - 1];
  if (options !== undefined && given !== undefined) assertNames(given, fn, options);
}

/** What is thrown for an option that there is not. */
export function unknownError(fn: string, name: string, names: readonly string[]): TypeError {
  const near = meant(name, names);
  const fix = near === undefined ? "" : `. Did you mean "${near}"?`;
  return new TypeError(`${fn}: "options" expected ${names.join(", ") || "nothing"}, got ${describe(name)}${fix}`);
}

function kindError(fn: string, name: string, kind: string, value: unknown): TypeError {
  const right = KINDS[kind]!;
  const values = typeof right === "string" ? `a ${right}` : `${right.map(describe).join(", ")} or nothing`;
  const expected = kind === "0" ? "nothing, for it is not supported" : values;
  return new TypeError(`${fn}: "${name}" expected ${expected}, got ${describe(value)}`);
}

function surplusError(fn: string, names: readonly string[], given: readonly unknown[], places: number): TypeError {
  const more = names.length === places ? "" : `. By name there are ${names.slice(places).join(", ")}`;
  return new TypeError(
    `${fn}: expected at most ${places} argument${places === 1 ? "" : "s"} by place ` +
      `(${names.slice(0, places).join(", ")}), got ${given.length}: ${describe(given[places])} is one too many${more}`,
  );
}

function callbackError(fn: string): TypeError {
  return new TypeError(
    `${fn}: expected its arguments, got an element, its index and the list. Write list.map((x) => ${fn}(x))`,
  );
}
