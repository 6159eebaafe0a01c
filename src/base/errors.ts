/**
 * The errors that flaxen throws. A wrong kind of argument is a TypeError, a wrong size or value a RangeError. Errors
 * that a caller may want to distinguish have a class of their own below these. Messages read `fn: "arg" expected
 * <what>, got <what>`, then the fix if there is one.
 */

/** Two shapes, or a shape and a layer's width, do not fit together; the message prints both. */
export class ShapeError extends RangeError {
  override readonly name = "ShapeError";
}

/** A size is more than flaxen or the engine can hold. Thrown before anything is allocated. */
export class LimitError extends RangeError {
  override readonly name = "LimitError";
}

/** A PRNG key was expected, and the argument is something else or words that make no key. */
export class KeyError extends TypeError {
  override readonly name = "KeyError";
}

/** A random stream that does not exist was asked for, and there is no default stream to serve it. */
export class RngError extends Error {
  override readonly name = "RngError";
}

/** A WebAssembly kernel trapped. Its instance is discarded; the next call works on a new one. */
export class EngineError extends Error {
  override readonly name = "EngineError";
}

/** This host lacks something: its float32 arithmetic is not IEEE 754, or a forced backend is not available. */
export class EnvError extends Error {
  override readonly name = "EnvError";
  /** `NonIeeeHost`: arithmetic differs; `BackendUnavailable`: WebAssembly with SIMD cannot run here. */
  readonly code: EnvErrorCode;
  constructor(code: EnvErrorCode, message: string, options?: ErrorOptions) {
    super(`${code}: ${message}`, options);
    this.code = code;
  }
}

export type EnvErrorCode = "NonIeeeHost" | "BackendUnavailable";

const PREVIEW = 40;

/** A short, safe description of any value for an error message: never throws, never longer than a line. */
export function describe(value: unknown): string {
  if (value === null) return "null";
  switch (typeof value) {
    case "undefined":
      return "undefined";
    case "string":
      return JSON.stringify(value.length > PREVIEW ? `${value.slice(0, PREVIEW)}...` : value);
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "bigint":
      return `${value}n`;
    case "boolean":
    case "symbol":
      return String(value);
  }
  return describeObject(value as object);
}

function describeObject(value: object): string {
  try {
    const { shape, dtype } = value as { shape?: unknown; dtype?: unknown };
    const name = className(value);
    if (Array.isArray(shape) && typeof dtype === "string") return `${name} ${dtype}[${shape.join(", ")}]`;
    if (Array.isArray(value)) return `an array of length ${value.length}`;
    if (ArrayBuffer.isView(value) && "length" in value) return `${name} of length ${String(value.length)}`;
    return typeof value === "function" && name === "Function" ? `function ${value.name}` : name;
  } catch {
    return typeof value;
  }
}

function className(value: object): string {
  const constructor: unknown = (value as { constructor?: unknown }).constructor;
  return typeof constructor === "function" && constructor.name !== "" ? constructor.name : "Object";
}

/** @throws TypeError if `x`, the argument `name`, is not a list */
export function assertList(x: unknown, name: string): asserts x is readonly unknown[] {
  if (!Array.isArray(x)) throw new TypeError(`${name} expected a list, got ${describe(x)}`);
}

/** @throws TypeError if `f`, the argument `name`, is not a function */
export function assertFunction(f: unknown, name: string): void {
  if (typeof f !== "function") throw new TypeError(`${name} expected a function, got ${describe(f)}`);
}
