/** Errors for arguments that a function does not take. */
import { describe } from "../errors.ts";
import { meant } from "../nearmiss.ts";
import { isNamed } from "./named.ts";

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

export function surplusError(
  fn: string,
  names: readonly string[],
  given: readonly unknown[],
  places: number,
): TypeError {
  const more = names.length === places ? "" : `. By name there are ${names.slice(places).join(", ")}`;
  return new TypeError(
    `${fn}: expected at most ${places} argument${places === 1 ? "" : "s"} by place ` +
      `(${names.slice(0, places).join(", ")}), got ${given.length}: ${describe(given[places])} is one too many${more}`,
  );
}
