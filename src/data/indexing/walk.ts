/** Traversal of the elements that an `IndexPlan` names. */
import { broadcastData, stridesOf } from "../manipulation/strided.ts";
import { sizeOf } from "../shape.ts";
import type { IndexPlan, Stepped } from "./plan.ts";
import { resolveIndex } from "./plan.ts";

/** The offsets of the elements of some stepped axes from the first one. */
function distances(axes: readonly Stepped[]): Float64Array {
  let list = new Float64Array(1);
  for (const { size, stride } of axes) {
    const next = new Float64Array(list.length * size);
    for (let i = 0; i < next.length; i++) next[i] = list[Math.floor(i / size)]! + (i % size) * stride;
    list = next;
  }
  return list;
}

/** Like `distances`, for the axes that arrays read; NaN where an index is out of bounds. */
function chosenDistances({ chosen, chosenShape, clamp }: IndexPlan): Float64Array {
  const list = new Float64Array(sizeOf(chosenShape));
  for (const { places, n, stride } of chosen) {
    const data = broadcastData(places, chosenShape).storage.data;
    for (let i = 0; i < list.length; i++) {
      const place = resolveIndex(data[i]!, n, clamp);
      list[i] = place < 0 ? NaN : list[i]! + place * stride;
    }
  }
  return list;
}

/**
 * Calls `visit(at, start, steps)` for every part of the result along the axes `after`. `at` is the linear index of the
 * part's first element in the result. Its elements are at `start + steps[i]` in the array; `start` is NaN if they are
 * none of the array's.
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

/** Whether the elements of the axes are contiguous. */
export function areNeighbours(axes: readonly Stepped[]): boolean {
  const strides = stridesOf(axes.map(({ size }) => size));
  return axes.every(({ size, stride }, i) => size === 1 || stride === strides[i]);
}
