import type { LoadErrorCode, LoadErrorPlace } from "./errors.ts";
import { LoadError } from "./errors.ts";

/** A JSON value whose objects are Maps, so that no name means anything to JavaScript. */
export type JsonValue = null | boolean | number | string | JsonValue[] | Map<string, JsonValue>;

/** Nesting beyond this is an attack, not a header. */
const MAX_DEPTH = 100;

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORDS: readonly (readonly [string, JsonValue])[] = [
  ["true", true],
  ["false", false],
  ["null", null],
];

/**
 * The value of a JSON text. Unlike `JSON.parse`: a name that comes twice in an object is an error, as are nesting
 * beyond 100 and half a surrogate pair.
 *
 * @param code - the code of the error for what is no JSON
 * @param maxEntries - the most names of one object
 * @throws LoadError `code`, `DuplicateKey`, `LimitDepth`, `LimitTensors` or `BadUtf8`
 */
export function parseJson(text: string, code: LoadErrorCode, maxEntries: number, place: LoadErrorPlace): JsonValue {
  let at = 0;

  function fail(code: LoadErrorCode, message: string): never {
    throw new LoadError(code, `${message} at character ${at}`, place);
  }

  function syntax(expected: string): never {
    const got = at < text.length ? JSON.stringify(text.slice(at, at + 12)) : "the end";
    return fail(code, `JSON: expected ${expected}, got ${got}`);
  }

  /** The character code of what comes after white space; NaN at the end. */
  function peek(): number {
    for (;;) {
      const char = text.charCodeAt(at);
      if (char !== 0x20 && (char < 0x09 || char > 0x0d || char === 0x0b || char === 0x0c)) return char;
      if (at >= text.length) return char;
      at++;
    }
  }

  function take(char: string): boolean {
    if (peek() !== char.charCodeAt(0)) return false;
    at++;
    return true;
  }

  function value(depth: number): JsonValue {
    if (depth > MAX_DEPTH) fail("LimitDepth", `JSON: expected at most ${MAX_DEPTH} levels`);
    const char = peek();
    if (char === 0x22) return string();
    if (take("{")) return object(depth + 1);
    if (take("[")) return array(depth + 1);
    NUMBER.lastIndex = at;
    const number = NUMBER.exec(text);
    if (number !== null) {
      at = NUMBER.lastIndex;
      return Number(number[0]);
    }
    for (const [word, meaning] of WORDS) {
      if (!text.startsWith(word, at)) continue;
      at += word.length;
      return meaning;
    }
    return syntax("a value");
  }

  function object(depth: number): Map<string, JsonValue> {
    const result = new Map<string, JsonValue>();
    if (take("}")) return result;
    do {
      if (peek() !== 0x22) syntax("a name");
      const name = string();
      if (result.has(name)) fail("DuplicateKey", `JSON: expected every name once, got ${JSON.stringify(name)} again`);
      if (result.size >= maxEntries) fail("LimitTensors", `JSON: expected at most ${maxEntries} names`);
      if (!take(":")) syntax('":"');
      result.set(name, value(depth));
    } while (take(","));
    if (!take("}")) syntax('"," or "}"');
    return result;
  }

  function array(depth: number): JsonValue[] {
    const result: JsonValue[] = [];
    if (take("]")) return result;
    do result.push(value(depth));
    while (take(","));
    if (!take("]")) syntax('"," or "]"');
    return result;
  }

  function string(): string {
    const start = at;
    let end = start;
    do {
      end = text.indexOf('"', end + 1);
      if (end < 0) syntax("a string that ends");
    } while (isEscaped(text, end));
    at = end + 1;
    const plain = text.slice(start + 1, end);
    // oxlint-disable-next-line no-control-regex -- JSON has none inside strings
    return /[\\\u0000-\u001f]/.test(plain) ? unescape(text.slice(start, at)) : plain;
  }

  function unescape(literal: string): string {
    let result = "";
    try {
      result = JSON.parse(literal) as string;
    } catch {
      fail(code, "JSON: expected a string with known escapes");
    }
    if (/\p{Surrogate}/u.test(result)) fail("BadUtf8", "JSON: expected no half of a surrogate pair");
    return result;
  }

  const result = value(0);
  if (peek() === peek()) syntax("nothing more");
  return result;
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
