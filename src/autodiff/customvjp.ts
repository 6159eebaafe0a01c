import type { ArrayData, ArrayLike } from "../array/index.ts";
import { asarray, DATA, formatShape, isFloat, NDArray, plainOf, sameShape, zeros } from "../array/index.ts";
import { assertFunction, describe, ShapeError } from "../base/index.ts";
import { assertDifferent, assertOptions, toArgnum } from "./options.ts";
import { placeOf } from "./gradient.ts";
import type { Primal, Trees } from "./primal.ts";
import { nests } from "./primal.ts";
import { currentTape } from "./session.ts";
import type { Tape } from "./tape.ts";
import { Traced } from "./traced.ts";

/** Which arguments have no gradient. */
export interface CustomVjpOptions {
  /** The places of arguments that are configuration: `bwd` gets them first. */
  readonly nondiffArgnums?: readonly number[];
}

/** A function whose gradient is written by hand. It must be given by `defvjp` before it is differentiated. */
export interface CustomVjp<A extends readonly unknown[], R> {
  (...args: A): R;
  /**
   * Says how the function is differentiated.
   *
   * @param fwd what runs in place of the function: gives `[out, residuals]`
   * @param bwd takes what `nondiffArgnums` names, the residuals and a cotangent of the form of `out`; gives a list of
   * cotangents, one for each other argument, in its form; null for zeros
   */
  defvjp<S>(
    fwd: (...args: A) => readonly [out: R, residuals: S],
    bwd: (residuals: S, cotangent: R) => readonly unknown[],
  ): void;
  defvjp<S>(fwd: (...args: A) => readonly [out: R, residuals: S], bwd: (...args: never[]) => readonly unknown[]): void;
}

/**
 * A function that does what `f` does, with a gradient that `defvjp` gives.
 *
 * @throws TypeError if `f` is not a function. Differentiating throws a TypeError if `defvjp` was not called, or `bwd`
 * does not give one cotangent for each argument, a ShapeError if one has another shape
 *
 * Source: JAX 0.10.2 `jax/_src/custom_derivatives.py` (`custom_vjp`).
 * @example
 * const clipped = customVjp((x) => x);
 * clipped.defvjp((x) => [x, null], (residuals, ct) => [ct.clip(-1, 1)]);
 * grad((x) => clipped(x).mul(5).sum())([1, 2]).tolist() // => [1, 1]
 */
export function customVjp<A extends readonly unknown[], R>(
  f: (...args: A) => R,
  options: CustomVjpOptions = {},
): CustomVjp<A, R> {
  return customVjpOf("customVjp", f, options, () => nests);
}

/** What `customVjp` gives, for a family of arguments; `treesOf` is asked at every call. */
export function customVjpOf<A extends readonly unknown[], R>(
  fn: string,
  f: (...args: A) => R,
  options: CustomVjpOptions,
  treesOf: () => Trees,
): CustomVjp<A, R> {
  assertFunction(f, `${fn}: "f"`);
  assertOptions(options, ["nondiffArgnums"], fn);
  const nondiff = (options.nondiffArgnums ?? []).map((argnum) => toArgnum(argnum, fn));
  assertDifferent(nondiff, fn);
  let rule: Rule | undefined;
  const call = (...args: A): R => {
    const tape = currentTape();
    if (tape === undefined) return f(...args);
    const trees = treesOf();
    const fixed = nondiff.map((argnum) => placeOf(argnum, args.length, fn));
    const inputs = args.flatMap((arg, i) =>
      fixed.includes(i) ? [] : [{ i, flat: trees.primal(arg, `${fn}: argument ${i}`, i) }],
    );
    const leaves = inputs.flatMap(({ flat }) => flat.leaves.map(([, x]) => tape.see(x[DATA]) as ArrayData));
    const level = Math.max(0, ...leaves.map((x) => (x instanceof Traced ? x.level : 0)));
    if (level === 0) return f(...args);
    if (rule === undefined)
      throw new TypeError(`${fn}: expected a gradient, got none. Call defvjp(fwd, bwd) before differentiating`);
    return record(tape, level, { fn, args, fixed, inputs, leaves, rule, trees }) as R;
  };
  return Object.assign(call, {
    defvjp(fwd: Rule["fwd"], bwd: Rule["bwd"]): void {
      assertFunction(fwd, `${fn}: defvjp: "f"`);
      assertFunction(bwd, `${fn}: defvjp: "f"`);
      rule = { fwd, bwd };
    },
  }) as unknown as CustomVjp<A, R>;
}

interface Rule {
  readonly fwd: (...args: unknown[]) => unknown;
  readonly bwd: (...args: unknown[]) => unknown;
}

interface Call {
  readonly fn: string;
  readonly args: readonly unknown[];
  readonly fixed: readonly number[];
  readonly inputs: readonly { readonly i: number; readonly flat: Primal }[];
  readonly leaves: readonly ArrayData[];
  readonly rule: Rule;
  readonly trees: Trees;
}

/**
 * Records a call. It is one to the innermost session that it concerns. The sessions around that differentiate what
 * `fwd` and `bwd` do, as JAX does; where there are none, `fwd` runs on plain arrays.
 */
function record(tape: Tape, level: number, call: Call): unknown {
  const { fn, args, fixed, inputs, leaves, rule, trees } = call;
  const session = tape.sessionOf(level);
  const isAlone = tape.levels[0] === session;
  const given = [...args];
  let at = 0;
  for (const { i, flat } of inputs) {
    const own = leaves.slice(at, (at += flat.leaves.length));
    given[i] = flat.replace(own.map((x) => new NDArray(isAlone ? plainOf(x) : x)));
  }
  let failed = true;
  let both: unknown;
  try {
    both = rule.fwd(...given);
    failed = false;
  } finally {
    for (const { flat } of inputs) flat.finish(failed);
  }
  if (!Array.isArray(both) || both.length !== 2)
    throw new TypeError(`${fn}: "fwd" expected to return [out, residuals], got ${describe(both)}`);
  const [out, residuals] = both as [unknown, unknown];
  const result = trees.flatten(out, `${fn}: the result of "fwd"`);
  const places = result.leaves.flatMap(([, x], i) => (isFloat(x.dtype) ? [i] : []));
  const values = places.map((i) => tape.see(result.leaves[i]![1][DATA]) as ArrayData);
  if (isAlone && values.some((x) => x instanceof Traced)) throw closureError(fn);
  const pull = (cts: readonly (NDArray | undefined)[]): readonly (NDArray | undefined)[] => {
    const all: unknown[] = result.leaves.map(() => null);
    places.forEach((place, i) => (all[place] = cts[i] ?? zeros(values[i]!.shape, values[i]!.dtype)));
    const gradients = rule.bwd(...fixed.map((i) => args[i]), residuals, result.build(all));
    return cotangentsOf(gradients, call);
  };
  const results = tape.addCall(
    leaves,
    pull,
    values.map((value) => ({
      value,
      level: Math.max(level, value instanceof Traced ? value.level : 0),
      only: session,
    })),
  );
  const arrays: unknown[] = result.leaves.map(([, x]) => x);
  places.forEach((place, i) => (arrays[place] = new NDArray(results[i]!)));
  return result.build(arrays);
}

/** What `bwd` gave, one a leaf of the arguments. */
function cotangentsOf(gradients: unknown, { fn, inputs }: Call): (NDArray | undefined)[] {
  if (!Array.isArray(gradients) || gradients.length !== inputs.length)
    throw new TypeError(
      `${fn}: "bwd" expected to return ${inputs.length} cotangents, one an argument, got ${describe(gradients)}`,
    );
  return inputs.flatMap(({ i, flat }, n) => {
    const name = `${fn}: the cotangent of argument ${i}`;
    const gradient: unknown = gradients[n];
    if (gradient === null) return flat.leaves.map(() => undefined);
    return flat.read(gradient, name).map(([at, item], leaf) => {
      const [, like] = flat.leaves[leaf]!;
      if (item === null || item === undefined || !isFloat(like.dtype)) return undefined;
      const ct: NDArray = asarray(item as ArrayLike);
      if (sameShape(ct.shape, like.shape)) return ct;
      throw new ShapeError(`${at} expected shape ${formatShape(like.shape)}, got ${formatShape(ct.shape)}`);
    });
  });
}

function closureError(fn: string): TypeError {
  return new TypeError(
    `${fn}: "fwd" expected to use its arguments alone, got an array from outside that is being differentiated. ` +
      "Make it an argument",
  );
}
