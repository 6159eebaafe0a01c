/** Rules of operations that read and write elements at places. Cotangents of elements that were read twice add up. */
import type { NDArray } from "../../array/index.ts";
import {
  apply,
  arange,
  DATA,
  divide,
  equal,
  GATHER,
  max,
  ones,
  reshape,
  SCATTER_ADD,
  SCATTER_MAX,
  SCATTER_MIN,
  SCATTER_MULTIPLY,
  SCATTER_SET,
  TAKE,
  TAKE_ALONG_AXIS,
  where,
  zeros,
} from "../../array/index.ts";
import type { Index, IndexPlan } from "../../data/index.ts";
import { planIndex } from "../../data/index.ts";
import type { RuleEntry } from "../rule.ts";
import { pullbacks } from "../rule.ts";
import { unbroadcast } from "./broadcast.ts";

/** The rules of this file. */
export function indexingRules(): readonly RuleEntry[] {
  return [
    pullbacks(GATHER, (ct, { inputs: [x], parameters: plan }) => scatterAdd(zeros(x.shape, x.dtype), plan, ct)),
    pullbacks(
      SCATTER_SET,
      (ct, { parameters: plan }) => apply(SCATTER_SET, plan, ct[DATA], 0),
      (ct, { inputs: [, values], parameters: plan }) => toValues(gather(ct, plan).mul(lastWrites(plan, ct)), values),
    ),
    pullbacks(
      SCATTER_ADD,
      (ct) => ct,
      (ct, { inputs: [, values], parameters: plan }) => toValues(gather(ct, plan), values),
    ),
    pullbacks(
      SCATTER_MULTIPLY,
      (ct, { inputs: [, values], parameters: plan }) =>
        apply(SCATTER_MULTIPLY, plan, ct[DATA], typeof values === "number" ? values : values[DATA]),
      (ct, { inputs: [x, values], parameters: plan }) => {
        assertNoDuplicates(plan, x);
        return toValues(gather(ct.mul(x), plan), values);
      },
    ),
    ...[SCATTER_MIN, SCATTER_MAX].map((operation) =>
      pullbacks(
        operation,
        (ct, { inputs: [x, values], out, parameters: plan }) => {
          const isPlace = apply(SCATTER_SET, plan, zeros(x.shape, "bool")[DATA], 1);
          const share = where(equal(x, out), divide(1, winners(plan, out, values).add(1)), 0);
          return ct.mul(where(isPlace, share, 1));
        },
        (ct, { inputs: [x, values], out, parameters: plan }) => {
          const kept = equal(x, out).astype(ct.dtype);
          const share = gather(divide(1, winners(plan, out, values).add(kept)), plan);
          const won = equal(values, gather(out, plan));
          return toValues(gather(ct, plan).mul(where(won, share, 0)), values);
        },
      ),
    ),
    pullbacks(TAKE, (ct, { inputs: [x, index], parameters: axis }) =>
      scatterAdd(zeros(x.shape, x.dtype), planAlong(x, axis, index), ct),
    ),
    pullbacks(TAKE_ALONG_AXIS, (ct, { inputs: [x, index], parameters: axis }) => {
      const places = x.shape.map((n, i): Index => {
        const shape = x.shape.map((_, other) => (other === i ? n : 1));
        return i === axis ? outside(index, n) : reshape(arange(n, undefined, undefined, "int32"), shape);
      });
      return scatterAdd(zeros(x.shape, x.dtype), planIndex(places, x.shape, "takeAlongAxis", false), ct);
    }),
  ];
}

function gather(x: NDArray, plan: IndexPlan): NDArray {
  return apply(GATHER, plan, x[DATA]);
}

function scatterAdd(x: NDArray, plan: IndexPlan, values: NDArray): NDArray {
  return apply(SCATTER_ADD, plan, x[DATA], values[DATA]);
}

/** `ct`, of the shape of the places, as a cotangent of values that were broadcast to it. */
function toValues(ct: NDArray, values: NDArray | number): NDArray {
  return unbroadcast(ct, typeof values === "number" ? [] : values.shape);
}

/** The plan of the entries `index` along an axis. */
function planAlong(x: NDArray, axis: number, index: NDArray): IndexPlan {
  const before = x.shape.slice(0, axis).map(() => ":" as const);
  return planIndex([...before, outside(index, x.shape[axis]!)], x.shape, "take", false);
}

/** Places where -1 is one that is missing, with a place outside of the axis for it. */
function outside(index: NDArray, n: number): NDArray {
  return where(index.lt(0), n, index);
}

/** 1 for the value that was written last to its place, 0 for those that it replaced. */
function lastWrites(plan: IndexPlan, { shape, dtype }: NDArray): NDArray | number {
  if (plan.chosen.length === 0) return 1;
  const numbers = reshape(
    arange(
      plan.shape.reduce((size, n) => size * n, 1),
      undefined,
      undefined,
      "int32",
    ),
    plan.shape,
  );
  const written = apply(SCATTER_SET, plan, zeros(shape, "int32")[DATA], numbers[DATA]);
  return equal(gather(written, plan), numbers).astype(dtype);
}

/** For each element of the result how many values are equal to it, of those that were written there. */
function winners(plan: IndexPlan, out: NDArray, values: NDArray | number): NDArray {
  const won = equal(values, gather(out, plan)).astype(out.dtype);
  return scatterAdd(zeros(out.shape, out.dtype), plan, won);
}

/** @throws RangeError if a place comes twice: each factor's gradient would need the others */
function assertNoDuplicates(plan: IndexPlan, { shape }: NDArray): void {
  const counts = scatterAdd(zeros(shape), plan, ones(plan.shape));
  if (counts.size > 0 && max(counts).item() > 1)
    throw new RangeError("at().multiply: expected each place once where the values are differentiated, got one twice");
}
