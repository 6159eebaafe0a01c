/** A Python literal: an int is a number, a float null, a dict is a Map, a tuple an array that says so. */
export type Literal = null | boolean | number | string | LiteralList | Map<Literal, Literal>;

/** A list, or a tuple. */
export type LiteralList = Literal[] & { isTuple?: boolean };

const MAX_DEPTH = 20;

const TOKEN =
  /[ \t\n\r\f]*(?:'([^'\\\n]*)'|"([^"\\\n]*)"|([-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?L?|True|False|None)|([{}[\](),:]))/y;
const SPACE = /[ \t\n\r\f]*$/y;

/**
 * The value of a Python literal as NumPy writes it: dicts, lists, tuples, strings without escapes, numbers (`1L` of
 * Python 2 too), True, False and None. Anything else, a call above all, is undefined. Nothing is ever evaluated.
 */
export function parseLiteral(text: string): Literal | undefined {
  const tokens: RegExpExecArray[] = [];
  TOKEN.lastIndex = 0;
  let end = 0;
  for (let token; (token = TOKEN.exec(text)) !== null; end = TOKEN.lastIndex) tokens.push(token);
  SPACE.lastIndex = end;
  if (!SPACE.test(text)) return undefined;
  let at = 0;

  function take(sign: string): boolean {
    if (tokens[at]?.[4] !== sign) return false;
    at++;
    return true;
  }

  function value(depth: number): Literal | undefined {
    if (depth > MAX_DEPTH) return undefined;
    if (take("{")) return items("}", depth);
    if (take("[")) return items("]", depth);
    if (take("(")) return items(")", depth);
    const [, single, double, word] = tokens[at++] ?? [];
    if (word === undefined) return single ?? double;
    if (/^[-+]?\d+L?$/.test(word)) return Number.parseInt(word, 10);
    return word === "True" ? true : word === "False" ? false : null;
  }

  function items(end: string, depth: number): Literal | undefined {
    const list: LiteralList = [];
    const dict = new Map<Literal, Literal>();
    let comma = true;
    while (!take(end)) {
      const item = value(depth + 1);
      if (item === undefined || !comma) return undefined;
      if (end === "}") {
        const entry = take(":") && !dict.has(item) ? value(depth + 1) : undefined;
        if (entry === undefined) return undefined;
        dict.set(item, entry);
      } else list.push(item);
      comma = take(",");
    }
    if (end === "}") return dict;
    // (1) is the number 1.
    if (end === ")" && list.length === 1 && !comma) return list[0];
    list.isTuple = end === ")";
    return list;
  }

  const result = value(0);
  return at === tokens.length ? result : undefined;
}
