/** Recorded calls of random arguments: what the programs test/golden/oracle_fuzz*.py wrote, read and called. */
import type { DType, NDArray } from "../../src/array/index.ts";
import { image, jax, lax, nn, numpy as jnp } from "../../src/index.ts";

/** An argument or a result as the generator writes it. */
export type Plain =
  number | string | boolean | null | { a: [DType, number[], Element[]] } | { number: string } | Plain[];
/** An element of an array: infinities and NaN by name. */
export type Element = number | string;

function arrayOf([dtype, shape, elements]: [DType, number[], Element[]]): NDArray {
  const isFloat = dtype === "float32" || dtype === "bfloat16" || dtype === "float16";
  const given = isFloat ? Float32Array.from(elements, Number) : Float64Array.from(elements, Number);
  if (isFloat) return jnp.array(given).astype(dtype).reshape(shape);
  const whole = dtype.startsWith("u") ? Uint32Array.from(given) : Int32Array.from(given);
  return jnp.array(whole).astype(dtype).reshape(shape);
}

/** What windows are reduced by. */
const WINDOWED = { add: lax.add, max: lax.max, min: lax.min };

/** Calls a function by its name, such as `lax.clamp`; the options stand last. */
export function call(name: string, args: unknown[], options: Record<string, unknown>): unknown {
  // A list, not arguments one by one: there the options could not stand behind them.
  if (name === "meshgrid") return jnp.meshgrid(args as never, options);
  const given = Object.keys(options).length === 0 ? [...args] : [...args, options];
  if (name.startsWith("at.")) {
    const [x, index, value] = given as [NDArray, never, never];
    return (x.at(index) as never as Record<string, (value: never) => NDArray>)[name.slice(3)]!(value);
  }
  if (name === "linalg.slogdet") return Object.values(jnp.linalg.slogdet(args[0] as NDArray));
  if (name === "lax.reduceWindow") given[2] = WINDOWED[args[2] as keyof typeof WINDOWED];
  const [first, second] = name.split(".") as [string, string?];
  const spaces: Readonly<Record<string, unknown>> = { ...jnp, lax, nn, image, ops: jax.ops };
  const fn = second === undefined ? spaces[first] : (spaces[first] as Record<string, unknown>)[second];
  const result = (fn as (...args: unknown[]) => unknown)(...given);
  // A named tuple of Python's.
  return name.startsWith("unique") && !jnp.isArray(result) ? Object.values(result as object) : result;
}

/** A recorded argument as flaxen takes it. */
export function read(x: Plain): unknown {
  if (Array.isArray(x)) return x.map(read);
  if (typeof x !== "object" || x === null) return x;
  return "a" in x ? arrayOf(x.a) : Number(x.number);
}

/** Recorded options as flaxen takes them. */
export function mapped(options: Record<string, Plain>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).map(([key, value]) => [key, read(value)]));
}
