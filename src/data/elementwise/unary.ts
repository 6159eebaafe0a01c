import { kernels } from "../../backend/index.ts";
import type { ExactUnary, UnaryName } from "../../base/index.ts";
import { config } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, emptyData, floatsOf } from "../arraydata.ts";
import { isFloat, isHalf } from "../dtype.ts";
import type { Operation } from "../operation.ts";

/** An operation on one array that goes element by element, and what is known of it. */
export class UnaryUfunc implements Operation<undefined, [x: ArrayData]> {
  readonly name!: string;
  /** The kernel of float32 elements that needs no approximation: see `binaryF32`. */
  readonly kernel?: ExactUnary;
  /** The kernel of an elementary function: see `unaryF32`. */
  readonly elementary?: UnaryName;
  /** How float32 elements are computed, if neither of the two does it. */
  readonly computeFloats?: (x: Float32Array, out: Float32Array) => void;
  /**
   * The function of an integer, or "same" if it leaves integers as they are. Bools stay as they are. Without it
   * integers and bools are computed as float32.
   */
  readonly integer?: ((x: number) => number) | "same";
  /** Whether a bool array is an error. */
  readonly refusesBools?: true;

  // All fields are set first, so that all operations have one hidden class.
  constructor(traits: Omit<UnaryUfunc, "forward">) {
    Object.assign(this, traits);
  }

  forward(_: undefined, x: ArrayData): ArrayData {
    return unaryData(this, x);
  }
}

/**
 * `ufunc` of each element, in the profile of `config`. Floats keep their dtype. Integers keep theirs in the operations
 * that integers have, and become float32 in the others.
 *
 * @throws TypeError if the operation has no meaning for bools
 */
export function unaryData(ufunc: UnaryUfunc, x: ArrayData): ArrayData {
  const { integer } = ufunc;
  if (ufunc.refusesBools && x.dtype === "bool") throw boolError(ufunc);
  if (integer !== undefined && !isFloat(x.dtype))
    return integer === "same" || x.dtype === "bool" ? x : mapped(x, integer);
  const out = emptyData(x.shape, "float32");
  computeFloats(ufunc, floatsOf(x), out.storage.data as Float32Array);
  return isHalf(x.dtype) ? castData(out, x.dtype) : out;
}

function computeFloats(ufunc: UnaryUfunc, x: Float32Array, out: Float32Array): void {
  if (ufunc.computeFloats !== undefined) ufunc.computeFloats(x, out);
  else if (ufunc.kernel !== undefined) kernels().binaryF32(ufunc.kernel, x, x, out);
  else kernels().unaryF32(ufunc.elementary!, x, out, config.profile === "fma");
}

/** `f` of each stored element, in the same dtype. */
export function mapped(x: ArrayData, f: (stored: number) => number): ArrayData {
  const from = x.storage.data;
  const out = emptyData(x.shape, x.dtype);
  const to = out.storage.data;
  for (let i = 0; i < to.length; i++) to[i] = f(from[i]!);
  return out;
}

function boolError({ name }: UnaryUfunc): TypeError {
  return new TypeError(`${name}: "x" expected numbers, got a bool array. Cast it with .astype("int32")`);
}

export const ABS = /* @__PURE__ */ new UnaryUfunc({
  name: "abs",
  kernel: "abs",
  integer: Math.abs,
});
export const NEGATIVE = /* @__PURE__ */ new UnaryUfunc({
  name: "negative",
  kernel: "negative",
  integer: (x) => -x,
  refusesBools: true,
});
export const SIGN = /* @__PURE__ */ new UnaryUfunc({
  name: "sign",
  kernel: "sign",
  integer: Math.sign,
  refusesBools: true,
});
export const FLOOR = /* @__PURE__ */ new UnaryUfunc({
  name: "floor",
  kernel: "floor",
  integer: "same",
});
export const CEIL = /* @__PURE__ */ new UnaryUfunc({
  name: "ceil",
  kernel: "ceil",
  integer: "same",
});
export const TRUNC = /* @__PURE__ */ new UnaryUfunc({
  name: "trunc",
  kernel: "trunc",
  integer: "same",
});
export const ROUND = /* @__PURE__ */ new UnaryUfunc({
  name: "round",
  kernel: "round",
  integer: "same",
});

export const SQUARE = /* @__PURE__ */ new UnaryUfunc({
  name: "square",
  computeFloats: (x, out) => kernels().binaryF32("multiply", x, x, out),
  integer: (x) => Math.imul(x, x),
});

export const RECIPROCAL = /* @__PURE__ */ new UnaryUfunc({
  name: "reciprocal",
  computeFloats: (x, out) => kernels().binaryF32("divide", Float32Array.of(1), x, out),
});

/** The function that backends have under this name. */
function elementary(name: UnaryName): UnaryUfunc {
  return new UnaryUfunc({ name, elementary: name });
}

export const EXP = /* @__PURE__ */ elementary("exp");
/** float32 0x3f317218. */
export const LN2 = 0.6931471824645996;

/** 2^x, as e^(x * log 2), the product rounded. */
export const EXP2 = /* @__PURE__ */ new UnaryUfunc({
  name: "exp2",
  computeFloats(x, out) {
    kernels().binaryF32("multiply", x, Float32Array.of(LN2), out);
    computeFloats(EXP, out, out);
  },
});
export const EXPM1 = /* @__PURE__ */ elementary("expm1");
export const LOG = /* @__PURE__ */ elementary("log");
export const LOG1P = /* @__PURE__ */ elementary("log1p");
export const TANH = /* @__PURE__ */ elementary("tanh");
export const ERF = /* @__PURE__ */ elementary("erf");
export const ERF_INV = /* @__PURE__ */ elementary("erfInv");
export const LOGISTIC = /* @__PURE__ */ elementary("logistic");
export const SQRT = /* @__PURE__ */ elementary("sqrt");
export const SIN = /* @__PURE__ */ elementary("sin");
export const COS = /* @__PURE__ */ elementary("cos");
export const TAN = /* @__PURE__ */ elementary("tan");
