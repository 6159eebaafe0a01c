/** A Python literal: an int is a number, a float is boxed, a dict is a Map, a tuple an array that says so. */
export type Literal = null | boolean | number | { float: number } | string | LiteralList | Map<Literal, Literal>;

/** A list, or a tuple. */
export type LiteralList = Literal[] & { isTuple?: boolean };

const MAX_DEPTH = 20;

const SPACE = /[ \t\n\r\f]*/y;
const STRING = /'([^'\\\n]*)'|"([^"\\\n]*)"/y;
const NUMBER = /[-+]?(?:\d+\.\d*(?:[eE][-+]?\d+)?|\.\d+|\d+(?:[eE][-+]?\d+)|\d+)L?/y;
const WORDS: readonly (readonly [string, Literal])[] = [
  ["True", true],
  ["False", false],
  ["None", null],
];

/**
 * The value of a Python literal as NumPy writes it: dicts, lists, tuples, strings without escapes, numbers (`1L` of
 * Python 2 too), True, False and None. Anything else, a call above all, is undefined. Nothing is ever evaluated.
 */
export function parseLiteral(text: string): Literal | undefined {
  let at = 0;

  function match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null) at = pattern.lastIndex;
    return found;
  }

  function take(char: string): boolean {
    match(SPACE);
    if (text[at] !== char) return false;
    at++;
    return true;
  }

  function value(depth: number): Literal | undefined {
    if (depth > MAX_DEPTH) return undefined;
    if (take("{")) return dict(depth + 1);
    if (take("[")) return list("]", depth + 1);
    if (take("(")) return list(")", depth + 1);
    const string = match(STRING);
    if (string !== null) return string[1] ?? string[2]!;
    const number = match(NUMBER);
    if (number !== null) return toNumber(number[0]);
    for (const [word, meaning] of WORDS) {
      if (!text.startsWith(word, at)) continue;
      at += word.length;
      return meaning;
    }
    return undefined;
  }

  function dict(depth: number): Map<Literal, Literal> | undefined {
    const result = new Map<Literal, Literal>();
    while (!take("}")) {
      const key = value(depth);
      if (typeof key !== "string" || result.has(key) || !take(":")) return undefined;
      const entry = value(depth);
      if (entry === undefined) return undefined;
      result.set(key, entry);
      if (!take(",")) return take("}") ? result : undefined;
    }
    return result;
  }

  function list(end: string, depth: number): Literal | undefined {
    const items: LiteralList = [];
    let comma = false;
    while (!take(end)) {
      if (items.length > 0 && !comma) return undefined;
      const item = value(depth);
      if (item === undefined) return undefined;
      items.push(item);
      comma = take(",");
    }
    // (1) is the number 1.
    if (end === ")" && items.length === 1 && !comma) return items[0]!;
    items.isTuple = end === ")";
    return items;
  }

  const result = value(0);
  match(SPACE);
  return at === text.length ? result : undefined;
}

/** `2.0` is no size, so a float stays apart from the integer of its value. */
function toNumber(text: string): Literal {
  return /^[-+]?\d+L?$/.test(text) ? Number.parseInt(text, 10) : { float: Number.parseFloat(text) };
}
