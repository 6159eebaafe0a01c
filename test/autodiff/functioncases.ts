import { lax, nnx, numpy as jnp, random, vjp } from "../../src/index.ts";
import type { NDArray } from "../../src/index.ts";
import type { Encoded } from "../golden/load.ts";
import { recordedText, revive, toArray } from "../golden/training.ts";

/** The gradient of a function as JAX gives it. */
export interface FunctionCase {
  readonly fn: string;
  readonly args: readonly unknown[];
  readonly wrt: readonly number[];
  readonly kind: "accuracy" | "convention" | "draw";
  readonly options?: Readonly<Record<string, unknown>>;
  readonly call?: string;
  readonly index?: Encoded;
  readonly mask?: Encoded;
  readonly ct: readonly Encoded[];
  readonly out: readonly Encoded[];
  readonly grads: readonly Encoded[];
  readonly grads64?: readonly Encoded[];
  readonly second?: { readonly ct: Encoded; readonly grads: Encoded; readonly grads64: Encoded };
}

/** The recorded cases. Python's 0.0, which is not a whole number there, becomes the object `{ "float": 0 }`. */
export function functionCases(): FunctionCase[] {
  return ["grad_functions", "grad_functions_more"].flatMap((name) => {
    const text = recordedText(name).replace(/,0\.0\]/g, ',{"float":0}]');
    return (JSON.parse(text) as { cases: FunctionCase[] }).cases;
  });
}

/** An argument as it was recorded: an array, a number or a list of arrays. */
export function toArgument(x: unknown): unknown {
  if (typeof x === "object" && x !== null && "float" in x) return jnp.array(x.float as number);
  return Array.isArray(x) ? x.map(toArgument) : revive(x);
}

type Result = NDArray | readonly NDArray[];
type Call = (...args: never[]) => Result;

/** What a case calls, towards the arguments in `wrt`. */
export function functionOf(testCase: FunctionCase): {
  readonly f: (...diff: NDArray[]) => Result;
  readonly x: NDArray[];
} {
  const args = testCase.args.map(toArgument);
  const f = (SPECIAL[testCase.fn] ?? named)(testCase) as (...all: unknown[]) => Result;
  const x = testCase.wrt.map((i) =>
    testCase.fn === "select" ? jnp.zeros(testCase.out[0]!.shape) : (args[i] as NDArray),
  );
  return {
    f: (...diff) => {
      const given = [...args];
      testCase.wrt.forEach((place, i) => (given[place] = diff[i]!));
      return f(...given);
    },
    x,
  };
}

/** The gradients of a case for its cotangents. */
export function gradientsOf(testCase: FunctionCase): NDArray[] {
  const { f, x } = functionOf(testCase);
  const [out, vjpFn] = vjp(f as (...args: NDArray[]) => unknown, ...x);
  const cts = testCase.ct.map(toArray);
  return vjpFn(Array.isArray(out) ? cts : cts[0]) as NDArray[];
}

/** The function of the case's name, with its options, or called as the text says: `x, 3`. */
function named({ fn, options, call }: FunctionCase): Call {
  const doors: Readonly<Record<string, object>> = { lax, nnx };
  const [first, ...rest] = fn.split(".");
  const door = doors[first!];
  let found: unknown = door ?? jnp;
  for (const part of door ? rest : [first!, ...rest]) found = (found as Record<string, unknown>)[part];
  const f = found as (...args: unknown[]) => Result;
  if (call === undefined || call === "") return options === undefined ? f : (...args: unknown[]) => f(...args, options);
  // oxlint-disable-next-line no-implied-eval, no-new-func -- the text is the recording's
  const written = new Function("f", "x", "y", "z", `return f(${call})`) as (...args: unknown[]) => Result;
  return (...args: unknown[]) => written(f, ...args);
}

/** The cases whose arguments were recorded in another form than flaxen's functions take. */
const SPECIAL: Record<string, (testCase: FunctionCase) => Call> = {
  whereSqrt: () => (x: NDArray) => jnp.where(x.gt(0), jnp.sqrt(x), 0),
  whereLog: () => (x: NDArray) => jnp.where(x.gt(0), jnp.log(x), 0),
  whereSafe: () => (x: NDArray) => jnp.where(x.gt(0), jnp.log(jnp.where(x.gt(0), x, 1)), 0),
  stopGradient: () => (x: NDArray) => x.mul(lax.stopGradient(x)),
  "nnx.softmax": (testCase) => alongAxis(nnx.softmax, testCase),
  "nnx.logSoftmax": (testCase) => alongAxis(nnx.logSoftmax, testCase),
  "nnx.standardize": (testCase) => alongAxis(nnx.standardize, testCase),
  // Only the conditions were recorded; the gradient does not depend on the operands.
  select: ({ args }) => {
    const conditions = args.map((x) => toArray(x as Encoded));
    return (a: NDArray, b: NDArray, d: NDArray) => jnp.select(conditions, [a, b], d);
  },
  average: ({ args, options }) =>
    args.length === 2
      ? (a: NDArray, w: NDArray) => jnp.average(a, { axis: 0, weights: w })
      : (a: NDArray) => jnp.average(a, options as never),
  "linalg.norm": ({ args, options, out }) =>
    options === undefined && (args[0] as Encoded).shape.length === 2 && out[0]!.shape.length === 1
      ? (x: NDArray) => jnp.linalg.norm(x, { ord: 1, axis: 1 })
      : (x: NDArray) => jnp.linalg.norm(x, options as never),
  reshape:
    ({ out }) =>
    (x: NDArray) =>
      jnp.reshape(x, out[0]!.shape),
  transpose:
    ({ options }) =>
    (x: NDArray) =>
      jnp.transpose(x, options!.axes as number[]),
  swapaxes: () => (x: NDArray) => jnp.swapaxes(x, 0, 2),
  moveaxis: () => (x: NDArray) => jnp.moveaxis(x, 0, -1),
  concatenate: () => (x: NDArray, y: NDArray) => jnp.concatenate([x, y], 1),
  stack: () => (x: NDArray, y: NDArray) => jnp.stack([x, y], 1),
  split: () => (x: NDArray) => jnp.split(x, [1, 2], 1),
  tile: () => (x: NDArray) => jnp.tile(x, [2, 3]),
  repeat: () => (x: NDArray) => jnp.repeat(x, 3, 0),
  flip: () => (x: NDArray) => jnp.flip(x, 1),
  roll: () => (x: NDArray) => jnp.roll(x, 2, 1),
  broadcastTo:
    ({ out }) =>
    (x: NDArray) =>
      jnp.broadcastTo(x, out[0]!.shape),
  expandDims: () => (x: NDArray) => jnp.expandDims(x, 1),
  triu: () => (x: NDArray) => jnp.triu(x, 1),
  pad: ({ call }) => {
    const mode = /mode: '(\w+)'/.exec(call!)![1] as "edge";
    return (x: NDArray) =>
      jnp.pad(
        x,
        [
          [1, 2],
          [0, 1],
        ],
        { mode },
      );
  },
  hstack: () => (x: NDArray, y: NDArray) => jnp.hstack([x, y]),
  vstack: () => (x: NDArray, y: NDArray) => jnp.vstack([x, y]),
  dstack: () => (x: NDArray, y: NDArray) => jnp.dstack([x, y]),
  columnStack: () => (x: NDArray, y: NDArray) => jnp.columnStack([x, y]),
  append: () => (x: NDArray, y: NDArray) => jnp.append(x, y, 0),
  take:
    ({ index }) =>
    (x: NDArray) =>
      jnp.take(x, toArray(index!), { axis: 0 }),
  takeAlongAxis:
    ({ index }) =>
    (x: NDArray) =>
      jnp.takeAlongAxis(x, toArray(index!), 0),
  slice: ({ call }) => {
    const index = JSON.parse(`[${call!.slice("slice(".length, -1)}]`) as never[];
    return (x: NDArray) => x.slice(...index);
  },
  ...Object.fromEntries(
    (["set", "add", "mul", "min", "max"] as const).map((method) => [
      `at.${method}`,
      ({ call }: FunctionCase) => {
        const index = JSON.parse(/at\((.*)\)\./.exec(call!)![1]!) as never;
        return (x: NDArray, y: NDArray) => x.at(index)[method === "mul" ? "multiply" : method](y);
      },
    ]),
  ),
  sort: ({ call, options }) => {
    const given = call === undefined ? options : { descending: true };
    return (x: NDArray) => jnp.sort(x, given as never);
  },
  topK: () => (x: NDArray) => jnp.topK(x, 2)[0],
  tensordot: () => (a: NDArray, b: NDArray) => jnp.tensordot(a, b, 2),
  einsum:
    ({ call }) =>
    (...operands: NDArray[]) =>
      jnp.einsum(call!, ...operands),
  cumsum:
    ({ options }) =>
    (x: NDArray) =>
      jnp.cumsum(x, options!.axis as number),
  cumprod:
    ({ options }) =>
    (x: NDArray) =>
      jnp.cumprod(x, options!.axis as number),
  "nnx.dotProductAttention":
    ({ mask }) =>
    (q: NDArray, k: NDArray, v: NDArray, bias?: NDArray) =>
      nnx.dotProductAttention(q, k, v, {
        ...(mask === undefined ? {} : { mask: toArray(mask) }),
        ...(bias === undefined ? {} : { bias }),
      }),
  clip: ({ call }) => (call === undefined ? jnp.clip : (x: NDArray) => jnp.clip(x, -0.5)) as Call,
  meshgrid: () => (x: NDArray, y: NDArray) => jnp.meshgrid([x, y]),
  full:
    ({ out }) =>
    (x: NDArray) =>
      jnp.full(out[0]!.shape, x),
  fullLike:
    ({ out }) =>
    (x: NDArray) =>
      jnp.fullLike(jnp.zeros(out[0]!.shape), x),
  astype: () => (x: NDArray) => x.astype("bfloat16").astype("float32"),
  "linalg.slogdet": () => (x: NDArray) => jnp.linalg.slogdet(x).logabsdet,
  "at.get": () => (x: NDArray) => x.at([2, 0, 2]).get(),
  "random.uniform": drawn((key, x, y) => random.uniform(key, x!.shape, { minval: x!, maxval: y! })),
  "random.truncatedNormal": drawn((key, x, y) => random.truncatedNormal(key, x!, y!)),
  "random.triangular": drawn((key, x, y, z) => random.triangular(key, x!, y!, z!)),
  "random.wald": drawn((key, x) => random.wald(key, x!)),
  "random.pareto": drawn((key, x) => random.pareto(key, x!)),
  "random.weibullMin": drawn((key, x, y) => random.weibullMin(key, x!, y!)),
  "random.rayleigh": drawn((key, x) => random.rayleigh(key, x!)),
  "random.lognormal": drawn((key, x) => random.lognormal(key, x!)),
  "random.doubleSidedMaxwell": drawn((key, x, y) => random.doubleSidedMaxwell(key, x!, y!)),
  "random.multivariateNormal": drawn((key, x) => random.multivariateNormal(key, x!, jnp.eye(x!.size))),
  "nnx.avgPool": (testCase) => pool(nnx.avgPool, testCase),
  "nnx.maxPool": (testCase) => pool(nnx.maxPool as typeof nnx.avgPool, testCase),
  "nnx.minPool": (testCase) => pool(nnx.minPool as typeof nnx.avgPool, testCase),
};

function alongAxis(f: (x: NDArray, axis?: number) => NDArray, { options }: FunctionCase): Call {
  return (x: NDArray) => f(x, (options?.axis as number | undefined) ?? -1);
}

function pool(f: typeof nnx.avgPool, { options }: FunctionCase): Call {
  const { windowShape, ...rest } = options as { windowShape: number[] };
  return (x: NDArray) => f(x, windowShape, rest);
}

/** A sampler with the key of the recording. */
function drawn(f: (key: random.Key, ...x: NDArray[]) => NDArray): (testCase: FunctionCase) => Call {
  const { meta } = JSON.parse(recordedText("grad_functions_more")) as { meta: { seed_base: number } };
  return () =>
    (...x: NDArray[]) =>
      f(random.key(5 + meta.seed_base), ...x);
}
