import type { ArrayLike, NDArray } from "../array/index.ts";
import { asarray, formatShape, isArray, isFloat, sameShape, zeros } from "../array/index.ts";
import { describe, ShapeError } from "../base/index.ts";
import { assertFloat, share } from "./gradient.ts";
import type { Flat } from "./nest.ts";
import type { Primal, Trees } from "./primal.ts";
import { trace } from "./session.ts";

/** A function at a point: what it gives there, and its derivative as a linear map, backward and forward. */
export interface Linearized {
  /** What the function returned, with ordinary arrays. */
  readonly out: unknown;
  readonly aux: unknown;
  readonly primals: readonly Primal[];
  /** The arrays of the result in the order of its items. */
  readonly flat: Flat;
  /** Gradients of all leaves for cotangents of the result's arrays; null for integers. */
  readonly pullback: (cts: readonly (NDArray | null)[]) => (NDArray | null)[];
  /** Tangents of the result's arrays for tangents of all leaves; null for integers. */
  readonly pushforward: () => (tangents: readonly (NDArray | null)[]) => (NDArray | null)[];
}

/** How to linearize. */
export interface LinearizeRequest {
  /** How errors call the function: `vjp`, `nnx.jvp`. */
  readonly fn: string;
  readonly f: (...args: never[]) => unknown;
  readonly hasAux: boolean;
  /** Whether integers may be among the leaves. */
  readonly allowInt: boolean;
  /** The arguments that are differentiated; default all. */
  readonly places?: readonly number[];
}

/**
 * Computes a function and its derivative at `args`. After an error all that the arguments hold is as it was before.
 *
 * @throws TypeError if the result is not a nest of arrays
 */
export function linearize(request: LinearizeRequest, args: readonly unknown[], trees: Trees): Linearized {
  const { fn, f, hasAux, allowInt, places = args.map((_, i) => i) } = request;
  const primals = places.map((place) => trees.primal(args[place], `${fn}: argument ${place}`, place));
  const passives = args.flatMap((arg, i) => (places.includes(i) ? [] : [trees.passive(arg)]));
  const leaves = primals.flatMap((primal) => primal.leaves);
  if (!allowInt) for (const leaf of leaves) assertFloat(...leaf);
  const activePlaces = leaves.flatMap(([, value], i) => (isFloat(value.dtype) ? [i] : []));
  const active = activePlaces.map((i) => leaves[i]![1]);
  const finish = (failed: boolean): void => [...primals, ...passives].forEach((one) => one.finish(failed));
  try {
    const { value, pull } = trace(active, (traced) => {
      const all = leaves.map(([, value]) => value);
      traced.forEach((x, i) => (all[activePlaces[i]!] = x));
      const given = [...args];
      share(primals, all).forEach((part, i) => (given[places[i]!] = primals[i]!.replace(part)));
      const result = (f as (...all: unknown[]) => unknown)(...given);
      if (hasAux && !(Array.isArray(result) && result.length === 2))
        throw new TypeError(`${fn}: "f" expected to return [out, aux] because hasAux is true, got ${describe(result)}`);
      const [out, aux] = hasAux ? (result as [unknown, unknown]) : [result, undefined];
      return { out, aux, flat: trees.flatten(out, `${fn}: the result of "f"`) };
    });
    finish(false);
    const { out, aux, flat } = value;
    const floats = flat.leaves.flatMap(([, x], i) => (isFloat(x.dtype) ? [i] : []));
    const outputs = floats.map((i) => flat.leaves[i]![1]);
    const pulled = (cts: readonly NDArray[]): NDArray[] =>
      pull(outputs, cts).map((ct, i) => ct ?? zeros(active[i]!.shape, active[i]!.dtype));
    return {
      out: trees.settle(out),
      aux: trees.settle(aux),
      primals,
      flat,
      pullback: (cts) => spread(leaves.length, activePlaces, pulled(floats.map((i) => cts[i]!))),
      pushforward: () => {
        const starts = outputs.map((x) => zeros(x.shape, x.dtype));
        // The gradients are linear in the cotangents: what carries tangents forward is the transpose of that map.
        const transpose = trace(starts, pulled);
        return (tangents) => {
          const given = activePlaces.map((i) => tangents[i]!);
          const pushed = transpose.pull(transpose.value, given);
          return spread(
            flat.leaves.length,
            floats,
            pushed.map((x, i) => x ?? starts[i]!),
          );
        };
      },
    };
  } catch (error) {
    finish(true);
    throw error;
  }
}

/** A list of `n` with `items` at `places`, null elsewhere. */
function spread(n: number, places: readonly number[], items: readonly NDArray[]): (NDArray | null)[] {
  const all = Array.from({ length: n }, (): NDArray | null => null);
  places.forEach((place, i) => (all[place] = items[i]!));
  return all;
}

/**
 * The arrays of `given`, which has the form of `flat`: cotangents of a result, or tangents of an argument. An integer
 * has none: null.
 *
 * @throws TypeError if the form or a dtype differs; ShapeError if a shape does
 */
export function matching(given: unknown, { leaves, read }: Flat, name: string): (NDArray | null)[] {
  return read(given, name).map(([at, item], i) => {
    const [, like] = leaves[i]!;
    if (!isFloat(like.dtype)) {
      if (item === null || item === undefined) return null;
      throw new TypeError(`${at} expected null for ${like.dtype}, which has no derivative, got ${describe(item)}`);
    }
    if (item === null || item === undefined) throw new TypeError(`${at} expected an array, got ${describe(item)}`);
    const x: NDArray = isArray(item) ? item : asarray(item as ArrayLike, like.dtype);
    if (x.dtype !== like.dtype) throw new TypeError(`${at} expected ${like.dtype}, got ${x.dtype}`);
    if (!sameShape(x.shape, like.shape))
      throw new ShapeError(`${at} expected shape ${formatShape(like.shape)}, got ${formatShape(x.shape)}`);
    return x;
  });
}
