import { kernels } from "../../backend/index.ts";
import type { BinaryOperation, Comparison, FloatLoop } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, emptyData, floatsOf } from "../arraydata.ts";
import type { DType, TypedArray } from "../dtype.ts";
import { isFloat, isUnsigned, promote } from "../dtype.ts";
import { repeatOf, byRepeats } from "../manipulation/repeats.ts";
import { broadcastStrides, eachRow, walkOf } from "../manipulation/strided.ts";
import type { Operation } from "../operation.ts";
import type { Shape } from "../shape.ts";
import { broadcastShapes, sameShape } from "../shape.ts";
import type { IntegerFunction, IntegerLoop } from "./integers.ts";
import { loopOf } from "./integers.ts";
import type { Operand } from "./promotion.ts";
import { floatsOnly } from "./computedtype.ts";
import { promoteScalars } from "./promotion.ts";

/** An operation on two arrays that goes element by element, NumPy's ufunc, and what is known of it. */
export class BinaryUfunc implements Operation<undefined, [a: Operand, b: Operand]> {
  readonly name!: string;
  /**
   * The dtype that two operands promoted to `dtype` are computed in, if it may be another.
   *
   * @throws TypeError if the operation has no meaning for `dtype`
   */
  readonly computeDtype?: (dtype: DType, fn: string) => DType;
  /** Whether the result is bool; else it has the dtype that was computed in. */
  readonly isPredicate?: true;
  /** The kernel of float32 operands, if backends have one. */
  readonly kernel?: BinaryOperation | Comparison;
  /** How operands of the float `dtype` that broadcast to `shape` are computed, if the kernel does not do it alone. */
  readonly computeFloats?: (x: ArrayData, y: ArrayData, shape: Shape, dtype: DType) => ArrayData;
  /** The function of two integers. Results wrap when they are stored. */
  readonly integer?: IntegerFunction;
  /** The same function as a loop, for the operations that are used most. */
  readonly integerLoop?: IntegerLoop;
  /** The function of two unsigned integers, if it is another. */
  readonly unsigned?: IntegerFunction;
  /** The function of two bools, if it is another. */
  readonly bool?: IntegerFunction;

  // All fields are set first, so that all operations have one hidden class.
  constructor(traits: Omit<BinaryUfunc, "forward">) {
    Object.assign(this, traits);
  }

  forward(_: undefined, a: Operand, b: Operand): ArrayData {
    return binaryData(this, a, b);
  }
}

/**
 * `ufunc` of `a` and `b`, with broadcasting and JAX's promotion. float32 rounds once and flushes subnormals; bfloat16
 * and float16 compute in float32 and round; integers wrap; division gives floats.
 *
 * @throws ShapeError if the shapes do not broadcast; TypeError if the operation has no meaning for the dtypes
 */
export function binaryData(ufunc: BinaryUfunc, a: Operand, b: Operand): ArrayData {
  if (
    ufunc.kernel !== undefined &&
    typeof a !== "number" &&
    typeof b !== "number" &&
    a.dtype === "float32" &&
    b.dtype === "float32" &&
    sameShape(a.shape, b.shape)
  )
    return floatPair(ufunc, a, b);
  const [x, y] = promoteScalars(a, b, ufunc.name, ufunc.computeDtype === floatsOnly);
  const shape = broadcastShapes(x.shape, y.shape, ufunc.name);
  const promoted = promote(x.dtype, y.dtype);
  const dtype = ufunc.computeDtype === undefined ? promoted : ufunc.computeDtype(promoted, ufunc.name);
  const compute = isFloat(dtype) ? binaryFloats : binaryIntegers;
  return compute(ufunc, castData(x, dtype), castData(y, dtype), shape, dtype);
}

/**
 * Two float32 arrays of one shape, the most frequent case. Deciding between the others takes longer than adding two
 * rows of 256.
 */
function floatPair(ufunc: BinaryUfunc, a: ArrayData, b: ArrayData): ArrayData {
  const out = emptyData(a.shape, ufunc.isPredicate ? "bool" : "float32");
  kernels().binaryF32(
    ufunc.kernel!,
    a.storage.data as Float32Array,
    b.storage.data as Float32Array,
    out.storage.data as Float32Array | Uint8Array,
  );
  return out;
}

function binaryFloats(ufunc: BinaryUfunc, x: ArrayData, y: ArrayData, shape: Shape, dtype: DType): ArrayData {
  if (ufunc.isPredicate) return viaKernel(ufunc.kernel!, x, y, emptyData(shape, "bool"));
  return ufunc.computeFloats === undefined
    ? floatsViaKernel(ufunc.kernel!, x, y, shape, dtype)
    : ufunc.computeFloats(x, y, shape, dtype);
}

/** Floats computed by a kernel, in float32. */
export function floatsViaKernel(
  kernel: BinaryOperation | Comparison,
  x: ArrayData,
  y: ArrayData,
  shape: Shape,
  dtype: DType,
): ArrayData {
  return castData(viaKernel(kernel, x, y, emptyData(shape, "float32")), dtype);
}

/** Floats computed by a loop, in float32. */
export function floatsViaLoop(
  loop: FloatLoop<Float32Array>,
  x: ArrayData,
  y: ArrayData,
  shape: Shape,
  dtype: DType,
): ArrayData {
  const out = emptyData(shape, "float32");
  return castData(viaLoop(loop as IntegerLoop, castData(x, "float32"), castData(y, "float32"), out), dtype);
}

function binaryIntegers(ufunc: BinaryUfunc, x: ArrayData, y: ArrayData, shape: Shape, dtype: DType): ArrayData {
  return viaLoop(integerLoopOf(ufunc, dtype), x, y, emptyData(shape, ufunc.isPredicate ? "bool" : dtype));
}

function integerLoopOf(ufunc: BinaryUfunc, dtype: DType): IntegerLoop {
  const other = dtype === "bool" ? ufunc.bool : isUnsigned(dtype) ? ufunc.unsigned : undefined;
  return other === undefined ? (ufunc.integerLoop ?? loopOf(ufunc.integer!)) : loopOf(other);
}

/** `out`, filled by the kernel. */
function viaKernel(kernel: BinaryOperation | Comparison, x: ArrayData, y: ArrayData, out: ArrayData): ArrayData {
  const to = out.storage.data as Float32Array | Uint8Array;
  const xRepeat = repeatOf(x.shape, out.shape);
  const yRepeat = repeatOf(y.shape, out.shape);
  // This is what byRepeats does with most operands. Calling the kernel directly saves 50 ns (Node 20, 2026-11).
  if (xRepeat > 0 && yRepeat > 0) kernels().binaryF32(kernel, floatsOf(x), floatsOf(y), to, xRepeat, yRepeat);
  else
    byRepeats(out.shape, [x, y], to, (part, [a, b], [aRepeat, bRepeat]) =>
      kernels().binaryF32(kernel, floatsOf(a!), floatsOf(b!), part, aRepeat, bRepeat),
    );
  return out;
}

/** `out`, filled row by row. */
function viaLoop(loop: IntegerLoop, x: ArrayData, y: ArrayData, out: ArrayData): ArrayData {
  const to: TypedArray = out.storage.data;
  const [from, other] = [x.storage.data, y.storage.data];
  if (sameShape(x.shape, y.shape)) {
    loop(from, 0, 1, other, 0, 1, to, 0, to.length);
    return out;
  }
  const walk = walkOf(out.shape, broadcastStrides(x.shape, out.shape), broadcastStrides(y.shape, out.shape));
  eachRow(walk, to.length, (at, i, j) => loop(from, i, walk.dx, other, j, walk.dy, to, at, walk.inner));
  return out;
}
