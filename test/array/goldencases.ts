import { grad, image, lax, nn } from "../../src/index.ts";
import { oneHot } from "../../src/nnx/index.ts";
import * as jnp from "../../src/numpy.ts";
import type { ArrayLike, DType, Index, NDArray } from "../../src/numpy.ts";
import type { Encoded } from "../golden/load.ts";
import { decode } from "../golden/load.ts";

/** A call and what JAX answers: arrays encoded, anything else as it is. */
export interface GoldenCall {
  readonly fn: string;
  readonly args: unknown[];
  readonly kwargs?: Record<string, unknown>;
  readonly result: unknown;
  /** How far a float32 may be from JAX's, where JAX asks the host's C library. */
  readonly ulp?: number;
}

function isEncoded(x: unknown): x is Encoded {
  return typeof x === "object" && x !== null && "b64" in x;
}

const HALVES: Record<string, string> = { bfloat16: "uint16", float16: "uint16" };

/** An encoded array as an array. */
export function arrayOf(x: Encoded): NDArray {
  const data = decode({ ...x, dtype: HALVES[x.dtype] ?? x.dtype });
  if (!Object.hasOwn(HALVES, x.dtype))
    return jnp
      .array(data)
      .astype(x.dtype as DType)
      .reshape(x.shape);
  const out = jnp.zeros(x.shape, x.dtype as DType);
  out.data.set(data);
  return out;
}

/** An argument as a call takes it. */
function argument(x: unknown): unknown {
  if (isEncoded(x)) return arrayOf(x);
  if (Array.isArray(x)) return x.map(argument);
  if (typeof x === "object" && x !== null && "number" in x) return Number(x.number);
  return x;
}

const DTYPES = [
  "float32",
  "bfloat16",
  "float16",
  "int32",
  "int16",
  "int8",
  "uint32",
  "uint16",
  "uint8",
  "bool",
] as const;

/** The functions of a namespace by their whole names. */
function named(space: string, functions: object): Record<string, (...args: never[]) => unknown> {
  return Object.fromEntries(
    Object.entries(functions).map(([name, f]) => [`${space}.${name}`, f as (...args: never[]) => unknown]),
  );
}

function omit(functions: object, name: string): object {
  return Object.fromEntries(Object.entries(functions).filter(([own]) => own !== name));
}

const KINDS = [
  jnp.generic,
  jnp.number,
  jnp.integer,
  jnp.signedinteger,
  jnp.unsignedinteger,
  jnp.inexact,
  jnp.floating,
  jnp.complexfloating,
] as const;

const FOLDS = { max: lax.max, min: lax.min, add: lax.add };

/** The gradients of the sum of all results, element k of each counted k + 1 times. */
function gradients(f: (...given: NDArray[]) => NDArray | NDArray[], ...given: NDArray[]): NDArray[] {
  const weighted = (...traced: NDArray[]): NDArray =>
    [f(...traced)]
      .flat()
      .map((out) => jnp.sum(out.mul(jnp.arange(1, out.size + 1).reshape(out.shape))))
      .reduce((a, b) => a.add(b));
  return grad(weighted as never, { argnums: given.map((_, i) => i) })(...(given as never[])) as unknown as NDArray[];
}

/** Calls that are not plain functions. */
const SPECIAL: Record<string, (...args: never[]) => unknown> = {
  promoteTable: () => DTYPES.map((a) => DTYPES.map((b) => jnp.promoteTypes(a, b))),
  oneHot,
  constant: (name: string) => new Map(Object.entries({ pi: jnp.pi, e: jnp.e, eulerGamma: jnp.eulerGamma })).get(name),
  slice: (x: NDArray, ...index: Index[]) => x.slice(...index),
  issubdtypes: (dtype: DType) => KINDS.map((kind) => jnp.issubdtype(dtype, kind)),
  canCasts: (from: DType) => DTYPES.map((to) => jnp.canCast(from, to)),
  "linalg.slogdet": (x: NDArray) => Object.values(jnp.linalg.slogdet(x)),
  ...named("lax", lax),
  ...named("nn", nn),
  ...named("image", image),
  ...named("linalg", omit(jnp.linalg, "slogdet")),
  "lax.reduceWindow": (x: NDArray, init: number, f: keyof typeof FOLDS, ...rest: unknown[]) =>
    (lax.reduceWindow as (...args: unknown[]) => unknown)(x, init, FOLDS[f], ...rest),
  "grad.logsumexp": (x: NDArray, b: NDArray, options?: object) =>
    gradients((a, w) => jnp.logsumexp(a, { ...options, b: w }), x, b),
  "grad.linspace": (x: NDArray, y: NDArray, o?: object) => gradients((a, b) => jnp.linspace(a, b, 4, o), x, y),
  "grad.logspace": (x: NDArray, y: NDArray, o?: object) => gradients((a, b) => jnp.logspace(a, b, 4, o), x, y),
  "grad.geomspace": (x: NDArray, y: NDArray, o?: object) => gradients((a, b) => jnp.geomspace(a, b, 4, o), x, y),
  "grad.pad": (x: NDArray, o: object) =>
    gradients(
      (a) =>
        jnp.pad(
          a,
          [
            [1, 2],
            [4, 3],
          ] as const,
          o,
        ),
      x,
    ),
  "grad.pad constant": (x: NDArray, v: NDArray) => gradients((a, b) => jnp.pad(a, 2, { constantValues: b }), x, v),
  "grad.nanToNum": (x: NDArray, y: NDArray, z: NDArray) =>
    gradients((a, nan, posinf) => jnp.nanToNum(a, { nan, posinf }), x, y, z),
  at: (x: NDArray, index: Index[], operation: "set", value: ArrayLike) => x.at(...index)[operation](value),
};

/** What flaxen answers. */
export function answer({ fn, args, kwargs }: GoldenCall): unknown {
  const f = (SPECIAL[fn] ?? (jnp as unknown as Record<string, unknown>)[fn]) as (...args: unknown[]) => unknown;
  const given = args.map(argument);
  if (kwargs === undefined) return f(...given);
  const options = Object.fromEntries(Object.entries(kwargs).map(([name, value]) => [name, argument(value)]));
  // A lone axis is positional here.
  return f(...given, ...(POSITIONAL.has(fn) ? Object.values(options) : [options]));
}

const POSITIONAL: ReadonlySet<string> = new Set();

/** dtype, shape and bits of the arrays in an answer; every NaN is one. */
export function comparable(x: unknown): unknown {
  if (Array.isArray(x)) return x.map(comparable);
  if (isEncoded(x)) return comparable(arrayOf(x));
  if (!jnp.isArray(x)) return x;
  const values = x.dtype === "bfloat16" || x.dtype === "float16" ? x.astype("float32") : x;
  const words =
    values.dtype === "float32"
      ? Array.from(values.data, (v) => (Object.is(v, -0) ? "-0" : v))
      : Array.from(values.data);
  return { dtype: x.dtype, shape: x.shape, words };
}
