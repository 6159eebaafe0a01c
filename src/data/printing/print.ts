import type { ArrayData } from "../arraydata.ts";
import { decodeElement, isAbstract } from "../arraydata.ts";
import type { DType } from "../dtype.ts";
import { stridesOf } from "../manipulation/strided.ts";
import { formatShape, sizeOf } from "../shape.ts";
import { positional, scientific, nonFinite, general } from "./decimal.ts";

/** Nested lists of an array's elements; a scalar is the element itself. */
export type NestedList = number | boolean | NestedList[];

/** The elements as nested JavaScript arrays: numbers, or booleans for a bool array. */
export function toList(x: ArrayData): NestedList {
  const { data } = x.storage;
  const value = x.dtype === "bool" ? (i: number) => data[i] !== 0 : (i: number) => decodeElement(x.dtype, data[i]!);
  let at = 0;
  const build = (axis: number): NestedList =>
    axis === x.shape.length ? value(at++) : Array.from({ length: x.shape[axis]! }, () => build(axis + 1));
  return build(0);
}

/** The shortest decimal that reads back as the same float32. */
export function formatFloat32(x: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const text = Number(x.toPrecision(digits));
    if (Math.fround(text) === x) return String(text);
  }
  return String(Number(x.toPrecision(9)));
}

/** NumPy's printing options, as they are before anyone changes them. */
const PRECISION = 8;
const THRESHOLD = 1000;
const EDGE = 3;
const WIDTH = 75;

/** From here on NumPy turns to exponents: ten to the decimal digits of the dtype. */
const LARGE: Partial<Record<DType, number>> = { float32: 1e6, float16: 1e3 };

/** How the elements `values` of an array print, all to one width. */
function formatter(values: readonly number[], dtype: DType): (x: number) => string {
  if (dtype === "bool") return (x) => (x === 0 ? "False" : " True");
  if (dtype === "bfloat16") return (x) => nonFinite(x) ?? general(x);
  if (dtype !== "float32" && dtype !== "float16") {
    const width = Math.max(0, ...values.map((x) => String(x).length));
    return (x) => String(x).padStart(width);
  }
  return floatFormatter(values, dtype);
}

function floatFormatter(values: readonly number[], dtype: DType): (x: number) => string {
  const finite = values.filter((x) => Number.isFinite(x));
  const sizes = finite.filter((x) => x !== 0).map(Math.abs);
  const [most, least] = [Math.max(...sizes), Math.min(...sizes)];
  const exponents =
    sizes.length > 0 &&
    (most >= LARGE[dtype]! || least < encoded(0.0001, dtype) || encoded(most / least, dtype) > 1000);
  const write = exponents
    ? (x: number, digits = 0): string => scientific(x, dtype, digits)
    : (x: number): string => positional(x, dtype, PRECISION);
  const parts = finite.map((x) => write(x).split(/[.e]/));
  let left = Math.max(0, ...parts.map(([whole]) => whole!.length));
  const digits = Math.max(0, ...parts.map(([, fraction]) => fraction!.length));
  const right = digits + (exponents ? Math.max(...parts.map((part) => part[2]!.length)) + 1 : 0);
  for (const x of values) left = Math.max(left, (nonFinite(x)?.length ?? 0) - right - 1);
  const width = left + 1 + right;
  if (exponents) return (x) => (nonFinite(x) ?? write(x, digits)).padStart(width);
  return (x) => {
    const text = nonFinite(x);
    if (text !== undefined) return text.padStart(width);
    const [whole, fraction] = write(x).split(".") as [string, string];
    return `${whole.padStart(left)}.${fraction.padEnd(right)}`;
  };
}

/** `x` rounded to `dtype`, for NumPy compares in it. */
function encoded(x: number, dtype: DType): number {
  if (dtype === "float32") return Math.fround(x);
  return x >= 65520 ? Infinity : x;
}

/** The elements between nested brackets. */
function brackets(x: ArrayData, separator: string, prefix: string, width: number): string {
  const cut = sizeOf(x.shape) > THRESHOLD;
  const strides = stridesOf(x.shape);
  const { data } = x.storage;
  const value = (i: number): number => decodeElement(x.dtype, data[i]!);
  /** The places along an axis that print, -1 for the dots. */
  const places = (axis: number): number[] => {
    const n = x.shape[axis]!;
    const all = Array.from({ length: cut && n > 2 * EDGE ? 2 * EDGE : n }, (_, i) => i);
    return cut && n > 2 * EDGE ? [...all.slice(0, EDGE), -1, ...all.slice(EDGE).map((i) => n - 2 * EDGE + i)] : all;
  };
  const shown: number[] = [];
  const collect = (axis: number, at: number): void => {
    if (axis === x.shape.length) shown.push(value(at));
    else for (const i of places(axis)) if (i >= 0) collect(axis + 1, at + i * strides[axis]!);
  };
  collect(0, 0);
  const text = formatter(shown, x.dtype);
  const print = (axis: number, at: number, indent: string, width: number): string => {
    if (axis === x.shape.length) return text(value(at));
    const items = places(axis).map((i) =>
      i < 0 ? "..." : print(axis + 1, at + i * strides[axis]!, `${indent} `, width - 1),
    );
    if (axis < x.shape.length - 1)
      return `[${items.join(`${separator.trimEnd()}${"\n".repeat(x.shape.length - 1 - axis)}${indent}`)}]`;
    return `[${wrapped(items, separator, indent, width).slice(indent.length)}]`;
  };
  return print(0, 0, prefix, width);
}

/** The words of a row on lines of `width`, the last column left for a separator or a bracket. */
function wrapped(words: readonly string[], separator: string, indent: string, width: number): string {
  let done = "";
  let line = indent;
  words.forEach((word, i) => {
    if (line.length + word.length > width - 1 && line.length > indent.length) {
      done += `${line.trimEnd()}\n`;
      line = indent;
    }
    line += i < words.length - 1 ? word + separator : word;
  });
  return done + line;
}

/** An array without values, as JAX writes it. */
function shapeOnly({ shape, dtype }: ArrayData): string {
  return `ShapeDtypeStruct(shape=${formatShape(shape)}, dtype=${dtype})`;
}

/** As NumPy's `str` writes the array: `[[1. 2.]\n [3. 4.]]`. */
export function formatArray(x: ArrayData): string {
  if (isAbstract(x)) return shapeOnly(x);
  if (x.storage.data.length === 0) return x.shape.includes(0) ? "[]" : `${x.dtype}${formatShape(x.shape)}`;
  return x.shape.length === 0
    ? formatScalar(decodeElement(x.dtype, x.storage.data[0]!), x.dtype)
    : brackets(x, " ", " ", WIDTH);
}

function formatScalar(x: number, dtype: DType): string {
  if (dtype === "bool") return x === 0 ? "False" : "True";
  if (dtype !== "float32" && dtype !== "float16") return formatter([x], dtype)(x);
  const size = Math.abs(x);
  if (x !== 0 && Number.isFinite(x) && (size >= LARGE[dtype]! || size < 1e-4))
    return scientific(x, dtype, 0).replace(".e", "e");
  return nonFinite(x) ?? positional(x, dtype, 100).replace(/\.$/, ".0");
}

/** As JAX's `repr` writes the array: `Array([1., 2.], dtype=float32)`. */
export function reprArray(x: ArrayData): string {
  if (isAbstract(x)) return shapeOnly(x);
  const head = "Array(";
  const dtype = `dtype=${x.dtype}`;
  if (x.storage.data.length === 0)
    return `${head}${x.shape.includes(0) ? "[], " : ""}shape=(${x.shape.join(", ")}${x.shape.length === 1 ? "," : ""}), ${dtype})`;
  const text =
    x.shape.length === 0
      ? formatter(
          [decodeElement(x.dtype, x.storage.data[0]!)],
          x.dtype,
        )(decodeElement(x.dtype, x.storage.data[0]!)).trim()
      : brackets(x, ", ", " ".repeat(head.length + 1), WIDTH - 1);
  const lastLine = text.length - text.lastIndexOf("\n") + 1;
  return `${head}${text},${lastLine + dtype.length + 2 > WIDTH ? " ".repeat(head.length) : " "}${dtype})`;
}
