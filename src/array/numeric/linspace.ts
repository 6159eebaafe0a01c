import type { Given, Places } from "../../base/index.ts";
import { describe, inOrder, int } from "../../base/index.ts";
import type { ArrayLike, DType } from "../../data/index.ts";
import { broadcastShapes, checkDType, DATA, isFloat, toAxis } from "../../data/index.ts";
import { divide, floor, subtract } from "../elementwise/arithmetic.ts";
import { resultType } from "../info.ts";
import { broadcastTo } from "../manipulation/shapes.ts";
import type { NDArray } from "../ndarray.ts";
import { apply, asNDArray } from "../ndarray.ts";
import { LINSPACE } from "../operations/creation.ts";

/** The options of `linspace`. */
export interface LinspaceOptions {
  readonly num?: number;
  /** Whether `stop` is the last number, default true. */
  readonly endpoint?: boolean;
  /** Whether the distance between neighbours is wanted too. Default false. */
  readonly retstep?: boolean;
  /** Default that of the ends, float32 for integers; an integer dtype rounds down. */
  readonly dtype?: DType | null;
  /** The axis of the result along which the numbers run, default 0. */
  readonly axis?: number;
}

/** What comes after the ends in a call that wants the step. */
type StepPlaces =
  | [options: LinspaceOptions & { readonly retstep: true }]
  | [num: number | undefined, options: LinspaceOptions & { readonly retstep: true }]
  | [num: number | undefined, endpoint: boolean | undefined, options: LinspaceOptions & { readonly retstep: true }]
  | [
      num: number | undefined,
      endpoint: boolean | undefined,
      retstep: true,
      ...places: Places<[dtype: DType, axis: number], LinspaceOptions>,
    ];

/**
 * `num` evenly spaced numbers from `start` to `stop`, which broadcast; along axis `axis` of the result.
 *
 * Source: JAX 0.10.2 `jnp.linspace`: start * (1 - t) + stop * t with t = i / (num - 1), in float32. Within one unit in
 * the last place of XLA, whose code fuses one product or the other by element.
 * @param num default 50
 * @throws RangeError if `num` is negative, or there is no such axis; ShapeError if the ends do not broadcast
 * @example
 * linspace(0, 1, 5).tolist() // => [0, 0.25, 0.5, 0.75, 1]
 * linspace([0, 10], [1, 20], 3, { axis: 1 }).tolist() // => [[0, 0.5, 1], [10, 15, 20]]
 */
export function linspace(start: ArrayLike, stop: ArrayLike, ...places: StepPlaces): [out: NDArray, step: NDArray];
export function linspace(
  start: ArrayLike,
  ...places: Given<
    [stop: ArrayLike],
    "stop",
    [num: number, endpoint: boolean, retstep: false, dtype: DType | null, axis: number],
    LinspaceOptions & { readonly retstep?: false }
  >
): NDArray;
export function linspace(): NDArray | NDArray[] {
  return inOrder(linspaceOf, arguments, 3, "linspace start stop num | endpoint:b retstep:b dtype:d axis:n");
}

function linspaceOf(
  start: ArrayLike,
  stop: ArrayLike,
  num?: number,
  options: LinspaceOptions = {},
): NDArray | NDArray[] {
  const { out, step } = spaced("linspace", start, stop, num, options);
  return options.retstep === true ? [out, step()] : out;
}

/** The numbers of `linspace`, and the distance between neighbours: NaN where there are none. */
export function spaced(
  fn: string,
  start: ArrayLike,
  stop: ArrayLike,
  num = 50,
  { endpoint = true, dtype, axis = 0 }: LinspaceOptions,
): { readonly out: NDArray; step(): NDArray } {
  const [from, to] = [asNDArray(start, `${fn}: "start"`), asNDArray(stop, `${fn}: "stop"`)];
  const count = int(num, `${fn}: "num"`);
  if (count < 0) throw new RangeError(`${fn}: "num" expected at least 0, got ${describe(num)}`);
  const kind = spacedDType(fn, start, stop, dtype);
  const shape = broadcastShapes(from.shape, to.shape, fn);
  const along = toAxis(axis, shape.length + 1, `${fn}: "axis"`);
  const [low, high] = [from, to].map((end) => broadcastTo(end.astype(floatOf(kind)), shape)) as [NDArray, NDArray];
  const all = apply(LINSPACE, { num: count, endpoint, axis: along }, low[DATA], high[DATA]);
  const parts = endpoint ? count - 1 : count;
  return {
    out: (isFloat(kind) || kind === "bool" ? all : floor(all)).astype(kind),
    step: () => (parts > 0 ? divide(subtract(high, low), parts) : asNDArray(NaN, fn).astype(all.dtype)),
  };
}

/** The dtype of numbers between two ends. */
export function spacedDType(fn: string, start: ArrayLike, stop: ArrayLike, dtype?: DType | null): DType {
  return dtype === undefined || dtype === null ? floatOf(resultType(start, stop)) : checkDType(dtype, fn);
}

/** The dtype that numbers of a dtype are computed in. */
export function floatOf(dtype: DType): DType {
  return isFloat(dtype) ? dtype : "float32";
}
