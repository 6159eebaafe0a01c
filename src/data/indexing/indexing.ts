import { int, ShapeError } from "../../base/index.ts";
import type { ArrayLike } from "../convert.ts";
import { toData } from "../convert.ts";
import type { ArrayData } from "../arraydata.ts";
import { assertConcrete, castData, arrayData, zerosData } from "../arraydata.ts";
import { isFloat } from "../dtype.ts";
import { copyRow, gather, rawPair, stretch, stridesOf } from "../layout/strided.ts";
import type { Shape } from "../shape.ts";
import { broadcastShapes, formatShape, sizeOf } from "../shape.ts";
import type { SliceText } from "./slicing.ts";
import { toRange } from "./slicing.ts";

/**
 * What may stand for an axis between the brackets of an index: a whole number (negative from the end); a slice as text,
 * `"1:3"`, `"::-1"`; `"..."` for all axes not named; `null` for a new axis of size 1; an array of whole numbers; a
 * bool array, which stands for as many axes as it has and takes the places that are true.
 */
export type Index = number | null | "..." | SliceText | ArrayLike;

/** An axis of the result that is passed in even steps. */
interface Stepped {
  readonly size: number;
  readonly stride: number;
}

/** An axis that an array of places reads. */
interface Chosen {
  readonly places: ArrayData;
  readonly n: number;
  readonly stride: number;
}

/** An index worked out against a shape. */
interface Plan {
  readonly offset: number;
  readonly before: Stepped[];
  readonly after: Stepped[];
  readonly chosen: Chosen[];
  readonly chosenShape: Shape;
  readonly shape: Shape;
}

function planOf(items: readonly Index[], shape: Shape, fn: string, clamp: boolean): Plan {
  const parts = expand(items, shape, fn);
  const strides = stridesOf(shape);
  const axes: Stepped[] = [];
  const chosen: Chosen[] = [];
  const advanced = parts.some((part) => typeof part === "object" && part !== null);
  let offset = 0;
  let axis = 0;
  let first = 0;
  parts.forEach((part) => {
    if (part === null) {
      axes.push({ size: 1, stride: 0 });
      return;
    }
    const n = shape[axis]!;
    const stride = strides[axis++]!;
    if (typeof part === "string") {
      const { start, step, count } = toRange(part, n, `${fn}: "index"`);
      if (count > 0) offset += start * stride;
      axes.push({ size: count, stride: step * stride });
      return;
    }
    if (typeof part === "number" && !advanced) {
      const place = wrapped(part, n, clamp);
      if (n === 0)
        throw new RangeError(
          `${fn}: "index" expected an axis with elements for ${part}, got shape ${formatShape(shape)}`,
        );
      offset = place < 0 ? NaN : offset + place * stride;
      return;
    }
    const places = typeof part === "number" ? numberPlace(part) : part;
    if (chosen.length === 0) first = axes.length;
    chosen.push({ places, n, stride });
  });
  const chosenShape = chosen.reduce<Shape>((common, { places }) => broadcastShapes(common, places.shape, fn), []);
  // The chosen axes go where they stand if they stand together, to the front if not.
  const split = separated(parts) ? 0 : first;
  const [before, after] = [axes.slice(0, split), axes.slice(split)];
  return {
    offset,
    before,
    after,
    chosen,
    chosenShape,
    shape: [...before.map((a) => a.size), ...chosenShape, ...after.map((a) => a.size)],
  };
}

/** Whether numbers and arrays of an index with arrays have a slice or a new axis between them. */
function separated(parts: readonly Part[]): boolean {
  const at = parts.flatMap((part, i) => (typeof part === "string" || part === null ? [] : [i]));
  return at.length > 0 && at[at.length - 1]! - at[0]! !== at.length - 1;
}

function numberPlace(place: number): ArrayData {
  return arrayData([], "int32", Int32Array.of(place));
}

/** The place in an axis of `n`; one outside is the nearest inside where `clamp`, else -1. */
function wrapped(place: number, n: number, clamp: boolean): number {
  const at = place < 0 ? place + n : place;
  if (at >= 0 && at < n) return at;
  return clamp ? Math.min(Math.max(at, 0), n - 1) : -1;
}

type Part = number | null | string | ArrayData;

/** The index with "..." written out, bool arrays as places, and a full slice for every axis not named. */
function expand(items: readonly Index[], shape: Shape, fn: string): Part[] {
  const parts: Part[] = [];
  let ellipsis = -1;
  let named = 0;
  for (const item of items) {
    if (item === "...") {
      if (ellipsis >= 0) throw new TypeError(`${fn}: "index" expected one "..." at most, got two`);
      ellipsis = parts.length;
    } else if (item === null || typeof item === "string") {
      parts.push(item as Part);
      if (item !== null) named++;
    } else if (typeof item === "number" || typeof item === "bigint") {
      parts.push(int(item, `${fn}: "index"`));
      named++;
    } else {
      const places = toData(item, `${fn}: "index"`);
      const list =
        places.dtype === "bool"
          ? maskPlaces(places, shape, named, ellipsis, fn)
          : [wholePlaces(places, item, `${fn}: "index"`)];
      parts.push(...list);
      named += list.length;
    }
  }
  const missing = shape.length - named;
  if (missing < 0)
    throw new ShapeError(
      `${fn}: "index" expected at most ${shape.length} axes for shape ${formatShape(shape)}, got ${named}`,
    );
  parts.splice(ellipsis < 0 ? parts.length : ellipsis, 0, ...Array.from({ length: missing }, () => ":"));
  return parts;
}

/** An array of places along an axis. */
export function placesOf(x: ArrayLike, name: string): ArrayData {
  return wholePlaces(toData(x, name), x, name);
}

/** JavaScript numbers are floats; a list of whole ones is a list of places all the same. */
function wholePlaces(x: ArrayData, given: unknown, name: string): ArrayData {
  if (!isFloat(x.dtype)) return x;
  if ((Array.isArray(given) || typeof given === "number") && x.storage.data.every((v) => Number.isInteger(v)))
    return castData(x, "int32");
  throw new TypeError(
    `${name} expected whole numbers, got ${x.dtype}${formatShape(x.shape)}. Cast with .astype("int32")`,
  );
}

/** Where a bool array is true among the axes it stands for. */
function maskPlaces(mask: ArrayData, shape: Shape, axis: number, ellipsis: number, fn: string): ArrayData[] {
  // After "..." the axes count from the end, which only one mask at the end can know.
  const start = ellipsis < 0 ? axis : shape.length - mask.shape.length;
  if (mask.shape.length === 0 || mask.shape.some((n, i) => n !== shape[start + i])) {
    throw new ShapeError(
      `${fn}: "index" expected a bool array with the sizes of its axes of ${formatShape(shape)}, got ${formatShape(mask.shape)}`,
    );
  }
  return truePlaces(mask);
}

/**
 * Where a bool array is true, row-major: an array of places an axis.
 *
 * @throws TypeError if it has no values
 */
export function truePlaces(mask: ArrayData): ArrayData[] {
  assertConcrete(mask);
  const { data } = mask.storage;
  const room = new Int32Array(data.length);
  let count = 0;
  for (let i = 0; i < data.length; i++) {
    room[count] = i;
    count += Number(data[i] !== 0);
  }
  const found = room.slice(0, count);
  const strides = stridesOf(mask.shape);
  return mask.shape.map((n, axis) => {
    const stride = strides[axis]!;
    const places = mask.shape.length === 1 ? found : found.map((at) => Math.floor(at / stride) % n);
    return arrayData([count], "int32", places);
  });
}

/** The distances of the elements of some stepped axes from the first. */
function distances(axes: readonly Stepped[]): Float64Array {
  let list = new Float64Array(1);
  for (const { size, stride } of axes) {
    const next = new Float64Array(list.length * size);
    for (let i = 0; i < next.length; i++) next[i] = list[Math.floor(i / size)]! + (i % size) * stride;
    list = next;
  }
  return list;
}

/** The same of the chosen axes; NaN where a place is outside and not clamped. */
function chosenDistances({ chosen, chosenShape }: Plan, clamp: boolean): Float64Array {
  const list = new Float64Array(sizeOf(chosenShape));
  for (const { places, n, stride } of chosen) {
    const data = stretch(places, chosenShape).storage.data;
    for (let i = 0; i < list.length; i++) {
      const place = wrapped(data[i]!, n, clamp);
      list[i] = place < 0 ? NaN : list[i]! + place * stride;
    }
  }
  return list;
}

/**
 * Calls `visit(at, start, run)` for every run of the result behind the chosen axes: the number of its first element, from
 * where its elements are `run`'s distances away in the array, or NaN.
 */
function eachRun(plan: Plan, clamp: boolean, visit: (at: number, start: number, run: Float64Array) => void): void {
  const [before, between, run] = [distances(plan.before), chosenDistances(plan, clamp), distances(plan.after)];
  let at = 0;
  for (const x of before) {
    for (const y of between) {
      visit(at, plan.offset + x + y, run);
      at += run.length;
    }
  }
}

/** Whether the elements of the axes lie one after another. */
function neighbours(axes: readonly Stepped[]): boolean {
  const strides = stridesOf(axes.map(({ size }) => size));
  return axes.every(({ size, stride }, i) => size === 1 || stride === strides[i]);
}

/** The elements at `items`; places outside read the nearest inside, as JAX reads. */
export function readAt(x: ArrayData, items: readonly Index[], fn: string): ArrayData {
  const plan = planOf(items, x.shape, fn, true);
  if (plan.chosen.length === 0) {
    const axes = [...plan.before, ...plan.after];
    return gather(
      x,
      plan.shape,
      axes.map((axis) => axis.stride),
      plan.offset,
    );
  }
  if (plan.chosen.some(({ n }) => n === 0) && sizeOf(plan.shape) > 0)
    throw new RangeError(`${fn}: "index" expected an axis with elements, got shape ${formatShape(x.shape)}`);
  const out = zerosData(plan.shape, x.dtype);
  const [from, to] = rawPair(x, out, 1);
  if (to.length > 0) {
    const even = neighbours(plan.after);
    eachRun(plan, true, (at, start, run) => {
      if (even) copyRow(from, start, 1, to, at, run.length);
      else for (let i = 0; i < run.length; i++) to[at + i] = from[start + run[i]!]!;
    });
  }
  return out;
}

/** A copy of `x` in which `write(data, place, value)` met every element at `items`, in order; places outside are left out, as in JAX. */
export function writeAt(
  x: ArrayData,
  items: readonly Index[],
  value: ArrayData,
  fn: string,
  write: (data: ArrayData["storage"]["data"], place: number, value: number) => void,
): ArrayData {
  const plan = planOf(items, x.shape, fn, false);
  if (broadcastShapes(value.shape, plan.shape, fn).length !== plan.shape.length || !fits(value.shape, plan.shape)) {
    throw new ShapeError(
      `${fn}: "value" expected a shape that broadcasts to ${formatShape(plan.shape)}, got ${formatShape(value.shape)}`,
    );
  }
  const values = stretch(castData(value, x.dtype), plan.shape).storage.data;
  const data = x.storage.data.slice();
  if (data.length > 0) {
    eachRun(plan, false, (at, start, run) => {
      if (start === start) for (let i = 0; i < run.length; i++) write(data, start + run[i]!, values[at + i]!);
    });
  }
  return arrayData(x.shape, x.dtype, data);
}

function fits(own: Shape, shape: Shape): boolean {
  return own.every((n, i) => n === 1 || n === shape[shape.length - own.length + i]);
}
