import { config, fma } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import type { DType, TypedArray } from "../dtype.ts";
import { isHalf } from "../dtype.ts";
import { fromHalf, toHalf } from "../half.ts";
import { arrayData, castData, zerosData } from "../arraydata.ts";

const { fround } = Math;

/** How the numbers between two ends are spaced, and the axis of the result along which they run. */
export interface Spacing {
  readonly num: number;
  /** Whether the second end is the last number. */
  readonly endpoint: boolean;
  readonly axis: number;
}

/**
 * `num` evenly spaced numbers between the elements of two arrays of one shape and float dtype: start * (1 - t) +
 * stop * t with t = i / (num - 1), or i / num without the end. 16-bit floats are rounded at every step.
 */
export function linspaceData({ num, endpoint, axis }: Spacing, start: ArrayData, stop: ArrayData): ArrayData {
  const out = zerosData([...start.shape.slice(0, axis), num, ...start.shape.slice(axis)], "float32");
  const to = out.storage.data;
  const [from, until] = [start, stop].map((end) => castData(end, "float32").storage.data) as [TypedArray, TypedArray];
  const parts = endpoint ? num - 1 : num;
  const between = start.dtype === "bfloat16" ? betweenBfloat16(parts) : betweenFloats(parts, rounderTo(start.dtype));
  const inner = start.shape.slice(axis).reduce((size, n) => size * n, 1);
  for (let at = 0; at < to.length; at++) {
    const i = Math.floor(at / inner) % num;
    const pair = Math.floor(at / (inner * num)) * inner + (at % inner);
    const [low, high] = [from[pair]!, until[pair]!];
    to[at] = num === 1 ? low : endpoint && i === parts ? high : between(i, low, high);
  }
  return castData(arrayData(out.shape, "float32", to), start.dtype);
}

type Between = (i: number, low: number, high: number) => number;

/** XLA multiplies by 1 / parts, and the two constant factors of i first. */
function betweenFloats(parts: number, round: (x: number) => number): Between {
  const part = round(fround(1 / parts));
  const fused = config.profile === "fma";
  return (i, low, high) =>
    fma(i, round(fround(high * part)), round(fround(low * round(fround(1 - round(fround(i * part)))))), fused);
}

/** XLA computes in float32, and rounds each step. */
function betweenBfloat16(parts: number): Between {
  const round = rounderTo("bfloat16");
  return (i, low, high) => {
    const t = round(fround(i / parts));
    return fround(round(fround(low * round(fround(1 - t)))) + round(fround(high * t)));
  };
}

/** Rounds float32 to a dtype. */
function rounderTo(dtype: DType): (x: number) => number {
  return isHalf(dtype) ? (x) => fromHalf(dtype, toHalf(dtype, x)) : (x) => x;
}
