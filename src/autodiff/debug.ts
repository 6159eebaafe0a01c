import { assertFunction, refuseSurplus } from "../base/index.ts";
import type { ArrayData, Interpreter } from "../array/index.ts";
import { formatShape, interpreter, isFloat, plainOf } from "../array/index.ts";
import { numbersOf } from "../data/index.ts";

/** An operation gave NaN or an infinity where `debugNans` or `debugInfs` watches. */
export class FloatingPointError extends RangeError {
  override readonly name = "FloatingPointError";
}

/**
 * Calls `f` and looks at the result of every operation in it, of gradients too: the first with a NaN is an error that
 * names it. Slow: for finding where a NaN comes from.
 *
 * @returns what `f` returns
 * @throws FloatingPointError if an operation gives NaN; TypeError if `f` is not a function, or is asynchronous
 *
 * Source: JAX 0.10.2 `jax/_src/config.py` (`debug_nans`).
 * @example
 * const f = (x) => jnp.where(x.gt(0), jnp.sqrt(x), 0);
 * let message = "";
 * try { debugNans(() => grad(f)(0)); } catch (error) { message = error.message; }
 * message.startsWith("multiply gave NaN") // => true
 */
export function debugNans<R>(f: () => R): R {
  if (arguments.length > 1) refuseSurplus("debugNans", "f", arguments, false);
  return watched("debugNans", f, "NaN", (x) => x !== x);
}

/**
 * Calls `f` and looks at the result of every operation in it, of gradients too: the first with an infinity is an error
 * that names it.
 *
 * @returns what `f` returns
 * @throws FloatingPointError if an operation gives an infinity; TypeError if `f` is not a function, or is asynchronous
 *
 * Source: JAX 0.10.2 `jax/_src/config.py` (`debug_infs`).
 * @example
 * debugInfs(() => jnp.log(2).item()) === jnp.log(2).item() // => true
 */
export function debugInfs<R>(f: () => R): R {
  if (arguments.length > 1) refuseSurplus("debugInfs", "f", arguments, false);
  return watched("debugInfs", f, "an infinity", (x) => x === Infinity || x === -Infinity);
}

function watched<R>(fn: string, f: () => R, what: string, isBad: (x: number) => boolean): R {
  assertFunction(f, `${fn}: "f"`);
  const before = interpreter.current;
  const watch: Interpreter = (operation, parameters, inputs) => {
    const result =
      before === undefined ? operation.forward(parameters, ...inputs) : before(operation, parameters, inputs);
    const place = find(result, isBad);
    if (place >= 0)
      throw badError(
        operation.name,
        what,
        place,
        result,
        inputs.filter((x) => typeof x === "object"),
        isBad,
      );
    return result;
  };
  interpreter.current = watch;
  try {
    const value = f();
    if (value instanceof Promise) throw new TypeError(`${fn}: "f" expected a function that is not asynchronous`);
    return value;
  } finally {
    interpreter.current = before;
  }
}

/** The place of the first bad element; -1 if there is none. */
function find(x: ArrayData, isBad: (x: number) => boolean): number {
  return isFloat(x.dtype) ? numbersOf(plainOf(x)).findIndex(isBad) : -1;
}

function badError(
  name: string,
  what: string,
  place: number,
  result: ArrayData,
  inputs: readonly ArrayData[],
  isBad: (x: number) => boolean,
): FloatingPointError {
  const shapes = inputs.map((x) => `${x.dtype}${formatShape(x.shape)}`).join(", ");
  const given = inputs.some((x) => find(x, isBad) >= 0) ? ", one of which has it already" : "";
  return new FloatingPointError(
    `${name} gave ${what} at element ${place} of ${result.dtype}${formatShape(result.shape)}, from ${shapes}${given}`,
  );
}
