/** How an `IndexPlan` goes through the elements of an array. */
import { broadcastData, stridesOf } from "../manipulation/strided.ts";
import { sizeOf } from "../shape.ts";
import type { IndexPlan, Stepped } from "./plan.ts";
import { placeOf } from "./plan.ts";

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

/** Like `distances`, for the chosen axes; NaN where a place is outside and not clamped. */
function chosenDistances({ chosen, chosenShape, clamp }: IndexPlan): Float64Array {
  const list = new Float64Array(sizeOf(chosenShape));
  for (const { places, n, stride } of chosen) {
    const data = broadcastData(places, chosenShape).storage.data;
    for (let i = 0; i < list.length; i++) {
      const place = placeOf(data[i]!, n, clamp);
      list[i] = place < 0 ? NaN : list[i]! + place * stride;
    }
  }
  return list;
}

/**
 * Calls `visit(at, start, steps)` for every part of the result that the axes `after` make: the number of its first
 * element, and from where its elements are `steps` away in the array; NaN where they are none of the array's.
 */
export function eachPart(plan: IndexPlan, visit: (at: number, start: number, steps: Float64Array) => void): void {
  const [before, between, steps] = [distances(plan.before), chosenDistances(plan), distances(plan.after)];
  let at = 0;
  for (const x of before) {
    for (const y of between) {
      visit(at, plan.offset + x + y, steps);
      at += steps.length;
    }
  }
}

/** Whether the elements of the axes lie one after another. */
export function areNeighbours(axes: readonly Stepped[]): boolean {
  const strides = stridesOf(axes.map(({ size }) => size));
  return axes.every(({ size, stride }, i) => size === 1 || stride === strides[i]);
}
