import type { LoadErrorCode, LoadErrorPlace } from "./errors.ts";
import { LoadError } from "./errors.ts";

/** A JSON value whose objects are Maps, so that no name means anything to JavaScript. */
export type JsonValue = null | boolean | number | string | JsonValue[] | Map<string, JsonValue>;

/** Nesting beyond this is an attack, not a header. */
const MAX_DEPTH = 100;

const WORD = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/**
 * The value of a JSON text. Unlike `JSON.parse`: a name that comes twice in an object is an error, as are nesting
 * beyond 100 and half a surrogate pair.
 *
 * @param code - the code of the error for what is not JSON
 * @param maxEntries - the most names of one object
 * @throws LoadError `code`, `DuplicateKey`, `LimitDepth`, `LimitTensors` or `BadUtf8`
 */
export function parseJson(text: string, code: LoadErrorCode, maxEntries: number, place: LoadErrorPlace): JsonValue {
  let at = 0;

  function fail(expected: string, why = code): never {
    throw new LoadError(why, `JSON: expected ${expected} at character ${at}`, place);
  }

  /** Goes behind white space, and behind `char` if it comes then. */
  function take(char: string): boolean {
    while (" \t\n\r".includes(text.charAt(at)) && at < text.length) at++;
    if (text[at] !== char) return false;
    at++;
    return true;
  }

  function value(depth: number): JsonValue {
    if (depth > MAX_DEPTH) fail(`at most ${MAX_DEPTH} levels`, "LimitDepth");
    if (take('"')) return string();
    if (take("{")) return object(depth + 1);
    if (take("[")) return array(depth + 1);
    WORD.lastIndex = at;
    const [word] = WORD.exec(text) ?? fail("a value");
    at = WORD.lastIndex;
    return JSON.parse(word) as JsonValue;
  }

  function object(depth: number): JsonValue {
    const result = new Map<string, JsonValue>();
    if (take("}")) return result;
    do {
      if (!take('"')) fail("a name");
      const name = string();
      if (result.has(name)) fail(`every name once, got ${JSON.stringify(name)} again`, "DuplicateKey");
      if (result.size >= maxEntries) fail(`at most ${maxEntries} names`, "LimitTensors");
      if (!take(":")) fail('":"');
      result.set(name, value(depth));
    } while (take(","));
    return take("}") ? result : fail('"}"');
  }

  function array(depth: number): JsonValue {
    const result: JsonValue[] = [];
    if (take("]")) return result;
    do result.push(value(depth));
    while (take(","));
    return take("]") ? result : fail('"]"');
  }

  /** What comes before the quote that ends a string. */
  function string(): string {
    const start = at;
    do at = text.indexOf('"', at) + 1 || fail("a string that ends");
    while (isEscaped(text, at - 1));
    const plain = text.slice(start, at - 1);
    // oxlint-disable-next-line no-control-regex -- JSON has none inside strings
    if (!/[\\\u0000-\u001f]/.test(plain)) return plain;
    try {
      const result = JSON.parse(`"${plain}"`) as string;
      if (!/\p{Surrogate}/u.test(result)) return result;
    } catch {
      fail("a string with known escapes");
    }
    return fail("whole surrogate pairs", "BadUtf8");
  }

  const result = value(0);
  take("");
  return at === text.length ? result : fail("the end");
}

/** Whether an odd number of backslashes stands before `at`. */
function isEscaped(text: string, at: number): boolean {
  let start = at;
  while (text[start - 1] === "\\") start--;
  return (at - start) % 2 === 1;
}

/** `bytes` as text, a byte order mark included. @throws LoadError `BadUtf8` */
export function decodeUtf8(bytes: Uint8Array, place: LoadErrorPlace): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new LoadError("BadUtf8", "expected UTF-8", place, { cause });
  }
}
