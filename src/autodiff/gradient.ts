import type { ArrayLike, NDArray } from "../array/index.ts";
import { asarray, formatShape, isArray, isFloat, ones, zeros } from "../array/index.ts";
import { describe } from "../base/index.ts";
import { assertDifferent } from "./options.ts";
import type { Primal, Trees } from "./primal.ts";
import { trace } from "./session.ts";

/** What is to be differentiated, and how. */
export interface GradientRequest {
  /** How errors call the function: `grad`, `nnx.grad`. */
  readonly fn: string;
  readonly f: (...args: never[]) => unknown;
  /** The places of the arguments that are differentiated, each once. */
  readonly argnums: readonly number[];
  readonly hasAux: boolean;
  readonly allowInt: boolean;
}

/** The value of a function, what it returned besides it, and its gradients, one an argument that is differentiated. */
export interface GradientResult {
  readonly value: NDArray;
  readonly aux: unknown;
  readonly gradients: readonly unknown[];
}

/**
 * Computes a function and its gradients. After an error all that the arguments hold is as it was before.
 *
 * @throws TypeError if the function does not give a float scalar, or an argument that is differentiated is not a float
 */
export function gradientOf(request: GradientRequest, args: readonly unknown[], trees: Trees): GradientResult {
  const { fn, f, argnums, hasAux, allowInt } = request;
  const places = argnums.map((argnum) => placeOf(argnum, args.length, fn));
  assertDifferent(places, fn);
  const primals = places.map((place) => trees.primal(args[place], `${fn}: argument ${place}`, place));
  const leaves = primals.flatMap((primal) => primal.leaves);
  if (!allowInt) for (const leaf of leaves) assertFloat(...leaf);
  const isActive = leaves.map(([, value]) => isFloat(value.dtype));
  const active = leaves.filter((_, i) => isActive[i]).map(([, value]) => value);
  const passives = args.flatMap((arg, i) => (places.includes(i) ? [] : [trees.passive(arg)]));
  const finish = (failed: boolean): void => [...primals, ...passives].forEach((one) => one.finish(failed));
  try {
    const { value, pull } = trace(active, (traced) => {
      const all = fill(isActive, traced);
      const parts = share(
        primals,
        all.map((x, i) => x ?? leaves[i]![1]),
      );
      const given = [...args];
      primals.forEach((primal, i) => (given[places[i]!] = primal.replace(parts[i]!)));
      return lossOf((f as (...all: unknown[]) => unknown)(...given), hasAux, fn);
    });
    const [loss] = value;
    const cts = pull([loss], [ones([], loss.dtype)], { once: true });
    const gradients = cts.map((ct, i) => ct ?? zeros(active[i]!.shape, active[i]!.dtype));
    finish(false);
    return {
      value: trees.settle(loss) as NDArray,
      aux: trees.settle(value[1]),
      gradients: share(primals, fill(isActive, gradients)).map((part, i) => primals[i]!.build(part)),
    };
  } catch (error) {
    finish(true);
    throw error;
  }
}

/** The items in the places where `isTaken` is true, null elsewhere. */
function fill<T>(isTaken: readonly boolean[], items: readonly T[]): (T | null)[] {
  let next = 0;
  return isTaken.map((taken) => (taken ? items[next++]! : null));
}

/** A list over all leaves as one list a primal. */
export function share<T>(primals: readonly Primal[], all: readonly T[]): T[][] {
  let at = 0;
  return primals.map(({ leaves }) => all.slice(at, (at += leaves.length)));
}

/** @throws RangeError if there is no such argument */
export function placeOf(argnum: number, n: number, fn: string): number {
  const place = argnum < 0 ? argnum + n : argnum;
  if (place >= 0 && place < n) return place;
  throw new RangeError(`${fn}: "argnums" expected places of the ${n} arguments, got ${argnum}`);
}

/** @throws TypeError if `x` is not a float */
export function assertFloat(name: string, x: NDArray): void {
  if (isFloat(x.dtype)) return;
  throw new TypeError(
    `${name} expected a float to differentiate, got ${describe(x)}. x.astype("float32") makes one; ` +
      `argnums chooses other arguments`,
  );
}

/** @throws TypeError if a function gave no float scalar */
function lossOf(result: unknown, hasAux: boolean, fn: string): readonly [loss: NDArray, aux: unknown] {
  if (hasAux && !(Array.isArray(result) && result.length === 2))
    throw new TypeError(`${fn}: "f" expected to return [loss, aux] because hasAux is true, got ${describe(result)}`);
  const [loss, aux] = hasAux ? (result as [unknown, unknown]) : [result, undefined];
  if (!isArray(loss) && typeof loss !== "number") throw scalarError(loss, fn);
  const value: NDArray = asarray(loss as ArrayLike);
  if (value.ndim !== 0)
    throw new TypeError(
      `${fn}: "f" expected to return a scalar, got shape ${formatShape(value.shape)}. Sum or average it`,
    );
  if (!isFloat(value.dtype))
    throw new TypeError(`${fn}: "f" expected to return a float scalar, got ${value.dtype}. Cast it to float32`);
  return [value, aux];
}

function scalarError(got: unknown, fn: string): TypeError {
  const hint = got instanceof Promise ? ". A function that is differentiated cannot be asynchronous" : "";
  return new TypeError(`${fn}: "f" expected to return a scalar, got ${describe(got)}${hint}`);
}
