import { kernels } from "../backend.ts";
import type { UnaryName } from "../base/index.ts";
import { config, flush } from "../base/index.ts";
import type { Dense } from "./dense.ts";
import { castDense, zerosDense } from "./dense.ts";
import type { DType } from "./dtype.ts";
import { promote } from "./dtype.ts";
import type { Shape } from "./shape.ts";
import { broadcastIndex, broadcastShapes, sameShape } from "./shape.ts";

/** The operations on two arrays. Float results are rounded to float32 once; integers wrap; bools add as "or", multiply as "and". */
export type BinaryName = "add" | "subtract" | "multiply" | "divide";

const { fround, imul } = Math;

const FLOAT: Record<BinaryName, (a: number, b: number) => number> = {
  add: (a, b) => flush(fround(flush(a) + flush(b))),
  subtract: (a, b) => flush(fround(flush(a) - flush(b))),
  multiply: (a, b) => flush(fround(flush(a) * flush(b))),
  divide: (a, b) => flush(fround(flush(a) / flush(b))),
};

const INTEGER: Record<Exclude<BinaryName, "divide">, (a: number, b: number) => number> = {
  add: (a, b) => (a + b) | 0,
  subtract: (a, b) => (a - b) | 0,
  multiply: imul,
};

const BOOL: Record<"add" | "multiply", (a: number, b: number) => number> = {
  add: (a, b) => a | b,
  multiply: (a, b) => a & b,
};

/**
 * `a` op `b` with broadcasting and JAX's promotion; division is always float32.
 *
 * A divisor that is stretched to the result's shape divides as XLA has it: times the reciprocal, two roundings.
 */
export function binaryDense(op: BinaryName, a: Dense, b: Dense): Dense {
  const dtype = op === "divide" ? "float32" : promote(a.dtype, b.dtype);
  const shape = broadcastShapes(a.shape, b.shape, op);
  if (op === "divide" && !sameShape(b.shape, shape)) return binaryDense("multiply", a, reciprocal(castDense(b, "float32")));
  const out = zerosDense(shape, dtype);
  const x = castDense(a, dtype);
  const y = castDense(b, dtype);
  const f = operation(op, dtype);
  const data = out.storage.data;
  if (sameShape(x.shape, y.shape)) {
    for (let i = 0; i < data.length; i++) data[i] = f(x.storage.data[i]!, y.storage.data[i]!);
  } else if (y.shape.length === 0) {
    const scalar = y.storage.data[0]!;
    for (let i = 0; i < data.length; i++) data[i] = f(x.storage.data[i]!, scalar);
  } else {
    const xs = broadcastIndex(x.shape, shape);
    const ys = broadcastIndex(y.shape, shape);
    for (let i = 0; i < data.length; i++) data[i] = f(x.storage.data[xs(i)]!, y.storage.data[ys(i)]!);
  }
  return out;
}

function operation(op: BinaryName, dtype: DType): (a: number, b: number) => number {
  if (dtype === "float32") return FLOAT[op];
  if (dtype !== "bool") return INTEGER[op as keyof typeof INTEGER];
  if (op === "subtract") throw new TypeError('subtract: "a" expected numbers, got two bool arrays. Cast one with .astype("int32")');
  return BOOL[op as keyof typeof BOOL];
}

function mapFloat(x: Dense, f: (x: number) => number): Dense {
  const from = castDense(x, "float32").storage.data;
  const out = zerosDense(x.shape, "float32");
  for (let i = 0; i < from.length; i++) out.storage.data[i] = flush(f(flush(from[i]!)));
  return out;
}

function reciprocal(x: Dense): Dense {
  return mapFloat(x, (v) => fround(1 / v));
}

/** The function `op` of each element, float32, in the profile of `config`. */
export function unaryDense(op: UnaryName, x: Dense): Dense {
  const out = zerosDense(x.shape, "float32");
  kernels().unaryF32(op, floats(castDense(x, "float32")), floats(out), config.profile === "fma");
  return out;
}

/** `a` to the power `b` with broadcasting, float32. */
export function powerDense(a: Dense, b: Dense): Dense {
  const shape = broadcastShapes(a.shape, b.shape, "power");
  const out = zerosDense(shape, "float32");
  kernels().powF32(stretched(a, shape), stretched(b, shape), floats(out));
  return out;
}

/** The float32 elements of `x` as an array of `shape` has them. */
function stretched(x: Dense, shape: Shape): Float32Array {
  const from = floats(castDense(x, "float32"));
  if (sameShape(x.shape, shape)) return from;
  const out = floats(zerosDense(shape, "float32"));
  const index = broadcastIndex(x.shape, shape);
  for (let i = 0; i < out.length; i++) out[i] = from[index(i)]!;
  return out;
}

/** The elements of a float32 array. */
function floats(x: Dense): Float32Array {
  return x.storage.data as Float32Array;
}

/** -x: floats flip the sign, integers wrap. */
export function negativeDense(x: Dense): Dense {
  if (x.dtype === "float32") return mapFloat(x, (v) => -v);
  if (x.dtype === "bool") throw new TypeError('negative: "x" expected numbers, got a bool array');
  const out = zerosDense(x.shape, x.dtype);
  for (let i = 0; i < out.storage.data.length; i++) out.storage.data[i] = -x.storage.data[i]!;
  return out;
}
