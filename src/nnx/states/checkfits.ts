import type { ArrayLike, NDArray } from "../../array/index.ts";
import { asarray, formatShape, sameBits as sameArrayBits, sameShape } from "../../array/index.ts";
import { hasBrand } from "../../base/index.ts";
import type { Key } from "../../random/index.ts";
import type { Path } from "../tree/path.ts";
import { formatPath } from "../tree/path.ts";
import type { StateErrorCode } from "../tree/stateerror.ts";
import { StateError } from "../tree/stateerror.ts";
import type { Variable, VariableValue } from "../variables/variable.ts";
import { toValue } from "../variables/variable.ts";

/** What does not fit, collected so that one error can name it all. */
export class Mismatches {
  readonly #found: [StateErrorCode, string][] = [];

  add(code: StateErrorCode, text: string): void {
    this.#found.push([code, text]);
  }

  /** @throws StateError of the first problem's code, with all problems of that code */
  throwIfAny(fn: string): void {
    const [first] = this.#found;
    if (first === undefined) return;
    const all = this.#found.filter(([code]) => code === first[0]).map(([, text]) => text);
    throw new StateError(
      first[0],
      `nnx.${fn}: ${all.slice(0, 20).join("; ")}${all.length > 20 ? ` and ${all.length - 20} more` : ""}`,
    );
  }
}

/**
 * What a Variable or a buffer with the value `old` is to hold when it is given `given`. Numbers and nested numbers take
 * the old dtype; arrays must have it. What differs goes to `mismatches`.
 */
export function checkFits(old: VariableValue, given: unknown, path: Path, mismatches: Mismatches): VariableValue {
  const value =
    isWeak(given) && hasBrand(old, "NDArray")
      ? asarray(given as ArrayLike).astype((old as NDArray).dtype)
      : toValue(given);
  if (!isArray(old) || !isArray(value)) return value;
  const name = `"${formatPath(path)}" expected`;
  if (hasBrand(old, "Key") !== hasBrand(value, "Key") || old.dtype !== value.dtype)
    mismatches.add(
      "DtypeMismatch",
      `${name} ${old.dtype}, got ${value.dtype}${hasBrand(old, "Key") ? "" : `. Cast it with .astype("${old.dtype}")`}`,
    );
  if (!sameShape(old.shape, value.shape))
    mismatches.add("ShapeMismatch", `${name} shape ${formatShape(old.shape)}, got ${formatShape(value.shape)}`);
  return value;
}

/** Whether one kind of Variable may be given where another is. */
export function sameKind(old: Variable<VariableValue>, given: Variable<VariableValue>): boolean {
  const [a, b]: unknown[] = [old.constructor, given.constructor];
  return given instanceof (a as typeof Variable) || (old as object) instanceof (b as typeof Variable);
}

/** Whether two values are the same bits. */
export function sameBits(a: VariableValue, b: VariableValue): boolean {
  if (a === b) return true;
  if (hasBrand(a, "Key")) return hasBrand(b, "Key") && (a as Key).equals(b as Key);
  return (
    hasBrand(a, "NDArray") && hasBrand(b, "NDArray") && sameArrayBits(asarray(a as NDArray), asarray(b as NDArray))
  );
}

function isArray(x: unknown): x is VariableValue {
  return hasBrand(x, "NDArray") || hasBrand(x, "Key");
}

/** JavaScript's own numbers have no dtype to insist on. */
function isWeak(x: unknown): boolean {
  return typeof x === "number" || typeof x === "boolean" || (Array.isArray(x) && (x.length === 0 || isWeak(x[0])));
}
