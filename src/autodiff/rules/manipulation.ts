/** Rules of operations that move elements without changing them, or space numbers between them. */
import type { NDArray, Spacing } from "../../array/index.ts";
import {
  apply,
  BAND,
  BROADCAST_TO,
  CONCATENATE,
  COPY,
  DATA,
  LINSPACE,
  linspace,
  PAD,
  RESHAPE,
  reshape,
  ROLL,
  roll,
  sum,
  TRANSPOSE,
  transpose,
} from "../../array/index.ts";
import type { RuleEntry } from "../rule.ts";
import { pullbacks, rule } from "../rule.ts";
import { unbroadcast } from "./broadcast.ts";

/** The rules of this file. */
export function manipulationRules(): readonly RuleEntry[] {
  return [
    pullbacks(RESHAPE, (ct, { inputs: [x] }) => reshape(ct, x.shape)),
    pullbacks(TRANSPOSE, (ct, { parameters: axes }) => transpose(ct, inverse(axes))),
    pullbacks(BROADCAST_TO, (ct, { inputs: [x] }) => unbroadcast(ct, x.shape)),
    rule(CONCATENATE, (ct, { inputs, parameters: axis }, wanted) => {
      let end = 0;
      return inputs.map((x, i) => {
        const start = end;
        end += x.shape[axis]!;
        return wanted[i] ? part(ct, axis, start, end) : undefined;
      });
    }),
    pullbacks(PAD, (ct, { inputs: [x], parameters: { widths } }) =>
      widths.reduce((inner, [before], axis) => part(inner, axis, before, before + x.shape[axis]!), ct),
    ),
    pullbacks(ROLL, (ct, { parameters: { shift, axis } }) => roll(ct, -shift, axis)),
    pullbacks(COPY, (ct) => ct),
    pullbacks(
      LINSPACE,
      (ct, { parameters }) => weighed(ct, 1, 0, parameters),
      (ct, { parameters }) => weighed(ct, 0, 1, parameters),
    ),
    pullbacks(BAND, (ct, { parameters: band }) => apply(BAND, band, ct[DATA])),
  ];
}

/** The cotangent of one end of evenly spaced numbers, whose share in them goes from `first` to `last`. */
function weighed(ct: NDArray, first: number, last: number, { num, endpoint, axis }: Spacing): NDArray {
  const shares = linspace(first, last, num, { endpoint, dtype: ct.dtype });
  return sum(ct.mul(reshape(shares, [num, ...ct.shape.slice(axis + 1).map(() => 1)])), axis);
}

/** The places from `start` to before `end` along an axis. */
function part(x: NDArray, axis: number, start: number, end: number): NDArray {
  if (start === 0 && end === x.shape[axis]) return x;
  return x.slice(...x.shape.slice(0, axis).map(() => ":" as const), `${start}:${end}`);
}

function inverse(axes: readonly number[]): number[] {
  return axes.map((_, axis) => axes.indexOf(axis));
}
