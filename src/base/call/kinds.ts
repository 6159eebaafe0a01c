/** The kinds that arguments of a signature may have. */
import { hasBrand } from "../brand.ts";
import { describe } from "../errors.ts";

/** Whether a value is null where Python's None is not a value: a dtype (`d`, `g`, `i`), or what has the kind `x`. */
export function isNone(kind: string | undefined, value: unknown): boolean {
  return value === null && kind !== undefined && "dgix".includes(kind);
}

/**
 * By a kind's letter: what `typeof` says, or which values there are.
 *
 *   b  a boolean               o  an order of memory
 *   n  a number, or an array   p  a precision of products
 *   s  a string                g  float32, the one dtype that there is
 *   f  a function              i  int32, the one dtype that there is
 *   t  the generator of keys   0  nothing: the option is not supported
 *
 * Two letters are not here, because what they name is checked elsewhere: `d`, a dtype, and `x`, anything. Like `g` and
 * `i`, they take null as nothing.
 */
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
export function isKind(kind: string | undefined, value: unknown): boolean {
  if (kind === undefined || kind === "d" || kind === "x" || value === undefined || value === null) return true;
  const right = KINDS[kind]!;
  if (typeof right === "string" ? typeof value === right : right.includes(value)) return true;
  return kind === "n" && (typeof value === "bigint" || hasBrand(value, "NDArray") || hasBrand(value, "Variable"));
}

export function kindError(fn: string, name: string, kind: string, value: unknown): TypeError {
  const right = KINDS[kind]!;
  const values = typeof right === "string" ? `a ${right}` : `${right.map(describe).join(", ")} or nothing`;
  const expected = kind === "0" ? "nothing, for it is not supported" : values;
  return new TypeError(`${fn}: "${name}" expected ${expected}, got ${describe(value)}`);
}
