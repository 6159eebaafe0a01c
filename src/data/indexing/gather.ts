import type { ArrayData } from "../arraydata.ts";
import { zerosData } from "../arraydata.ts";
import { copyRow, rawPair } from "../manipulation/copying.ts";
import { gather } from "../manipulation/strided.ts";
import type { IndexPlan } from "./plan.ts";
import { areNeighbours, eachPart } from "./walk.ts";

/** The elements of `x` that the plan names; 0 for indices outside the array. */
export function gatherData(plan: IndexPlan, x: ArrayData): ArrayData {
  const { shape, offset } = plan;
  if (plan.chosen.length === 0 && offset === offset) {
    const axes = [...plan.before, ...plan.after];
    return gather(
      x,
      shape,
      axes.map((axis) => axis.stride),
      offset,
    );
  }
  const out = zerosData(shape, x.dtype);
  const [from, to] = rawPair(x, out, 1);
  if (to.length === 0) return out;
  const even = areNeighbours(plan.after);
  eachPart(plan, (at, start, steps) => {
    if (start !== start) return;
    if (even) copyRow(from, start, 1, to, at, steps.length);
    else for (let i = 0; i < steps.length; i++) to[at + i] = from[start + steps[i]!]!;
  });
  return out;
}
