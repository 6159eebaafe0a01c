/** Arguments put in order. */
import { meant } from "../nearmiss.ts";
import { isKind, isNone, kindError } from "./kinds.ts";
import { isNamed } from "./named.ts";
import { surplusError, unknownError } from "./refuse.ts";
import { signatureOf } from "./signature.ts";

/** Whether `map` of a list makes this call: an element, its index, the list. */
export function isCallback(args: IArguments): boolean {
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

function callbackError(fn: string): TypeError {
  return new TypeError(
    `${fn}: expected its arguments, got an element, its index and the list. Write list.map((x) => ${fn}(x))`,
  );
}
