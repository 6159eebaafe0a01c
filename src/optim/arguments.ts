import { isArray } from "../array/index.ts";
import { describe, hasBrand, isNamed, unknownError } from "../base/index.ts";

/** `injectHyperparams` asks a function for its defaults under this symbol, among its options. */
export const DEFAULTS: unique symbol = Symbol("flaxen.defaults");

/** The types of options by place, in the order of their names in a text of words; each may be the object of names. */
type InOrder<Words extends string, Options> = Words extends `${infer Word} ${infer Rest}`
  ? [place?: ValueOf<Options, Word> | Options, ...InOrder<Rest, Options>]
  : Words extends ""
    ? []
    : [place?: ValueOf<Options, Words> | Options];

type ValueOf<Options, Word extends string> = Word extends keyof Options ? Options[Word] | undefined : never;

/** The arguments of a function that requires none: by place, in the order of the words, and the others by name. */
export type AllNamed<Options, Words extends string> = readonly [...InOrder<Words, Options>, options?: Options];

/**
 * The arguments of a function whose first is required: by place, with others behind it in the order of the words, and
 * the rest by name; or all by name.
 */
export type Named<Name extends string, First, Options, Words extends string = ""> =
  | readonly [first: First, ...InOrder<Words, Options>, options?: Options]
  | readonly [options: Options & { readonly [K in Name]: First }];

/** A default that is null stands for nothing, and takes anything; required arguments have `REQUIRED`. */
export const REQUIRED: unique symbol = Symbol("flaxen.required");

/**
 * The arguments of a call by name. They come by position, in the order of `defaults`; the last may be an
 * object of those that follow, or of all.
 *
 * What is required or has a number as default must be a number or an array of one
 * element, what has a boolean a boolean.
 *
 * @param schedules the names of arguments that may be functions of the step
 * @throws TypeError for an argument that is missing, unknown, given twice or of another kind
 */
export function named<T extends object>(
  fn: string,
  args: readonly unknown[],
  defaults: { readonly [K in keyof T]: T[K] | typeof REQUIRED },
  schedules: readonly string[] = ["learningRate"],
): T {
  const names = Object.keys(defaults);
  const last = args.at(-1);
  const options = isOptions(last) ? last : {};
  const positional = isOptions(last) ? args.slice(0, -1) : args;
  if (positional.length > names.length)
    throw new TypeError(
      `optax.${fn}: expected at most ${names.length} argument${names.length === 1 ? "" : "s"}, got ` +
        `${positional.length}`,
    );
  const given: Record<string, unknown> = { ...defaults };
  for (const [i, value] of positional.entries()) if (value !== undefined) given[names[i]!] = value;
  for (const [name, value] of Object.entries(options)) {
    const at = names.indexOf(name);
    if (at < 0) throw unknownError(`optax.${fn}`, name, names);
    if (at < positional.length && positional[at] !== undefined)
      throw new TypeError(`optax.${fn}: "${name}" expected once, got it by position and by name`);
    if (value !== undefined) given[name] = value;
  }
  (options as { [DEFAULTS]?: (found: object) => void })[DEFAULTS]?.(given);
  for (const name of names)
    check(fn, name, given[name], (defaults as Record<string, unknown>)[name], schedules.includes(name));
  return given as T;
}

/** Whether an argument is an object of arguments by name. */
function isOptions(x: unknown): x is Readonly<Record<string, unknown>> {
  return typeof x === "object" && x !== null && isNamed(x);
}

function check(fn: string, name: string, value: unknown, preset: unknown, schedule: boolean): void {
  if (value === REQUIRED) throw new TypeError(`optax.${fn}: "${name}" expected a value, got none`);
  if (schedule && typeof value === "function") return;
  if (preset === REQUIRED || typeof preset === "number") {
    if (!isScalar(value)) throw kindError(fn, name, schedule ? "a number or a schedule" : "a number", value);
  } else if (typeof preset === "boolean" && typeof value !== "boolean") throw kindError(fn, name, "a boolean", value);
}

function isScalar(x: unknown): boolean {
  return typeof x === "number" || (isArray(x) && x.size === 1) || hasBrand(x, "Variable");
}

/** @throws TypeError if an argument is neither a number nor an array of one element */
export function assertScalar(fn: string, name: string, value: unknown): void {
  if (!isScalar(value)) throw kindError(fn, name, "a number", value);
}

function kindError(fn: string, name: string, expected: string, value: unknown): TypeError {
  return new TypeError(`optax.${fn}: "${name}" expected ${expected}, got ${describe(value)}`);
}
