/**
 * How Python's calls translate. What JAX or Flax takes by place may stand by place; whatever has a name there may stand
 * by name in an object, which comes last; nothing else is taken.
 *
 * A function is written with places and then an object of names, and is called through
 *
 *   return inOrder(linspaceOf, arguments, 3, "linspace start stop num | endpoint:b retstep:b dtype:d axis:n");
 *
 * which is cheap for a call that is in order already. A function of arrays alone, which have no names in JAX, begins
 * with `if (arguments.length > 1) refuseSurplus("relu", "x", arguments)`.
 */
import { bind, isCallback } from "./bind.ts";
import { isKind, isNone } from "./kinds.ts";
import { isNamed } from "./named.ts";
import { signatureOf } from "./signature.ts";

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
