import type { Input, NDArray, Operation, Shape } from "../../array/index.ts";
import { broadcastTo, isArray, reshape, sameShape, sum } from "../../array/index.ts";
import type { Application, Pullback, RuleEntry } from "../rule.ts";
import { pullbacks } from "../rule.ts";

/** `ct` summed over the axes along which an array of shape `shape` was broadcast. */
export function unbroadcast(ct: NDArray, shape: Shape): NDArray {
  if (sameShape(ct.shape, shape)) return ct;
  const lead = ct.ndim - shape.length;
  const axes = ct.shape.flatMap((n, axis) => (axis < lead || (shape[axis - lead] === 1 && n !== 1) ? [axis] : []));
  return reshape(axes.length === 0 ? ct : sum(ct, axes), shape);
}

/** The rule of an operation on arrays that broadcast: each pullback's cotangent is summed to the shape of its input. */
export function broadcasting<P, I extends readonly Input[]>(
  operation: Operation<P, I>,
  ...each: readonly Pullback<P, I>[]
): RuleEntry {
  return pullbacks(
    operation,
    ...each.map((pull, i): Pullback<P, I> => (ct, application: Application<P, I>) => {
      const input: unknown = application.inputs[i];
      return unbroadcast(pull(ct, application), isArray(input) ? input.shape : []);
    }),
  );
}

/** `x`, a reduction over `axes` of something of shape `shape`, repeated along these axes. */
export function expand(x: NDArray, axes: readonly number[], shape: Shape): NDArray {
  const kept = shape.map((n, axis) => (axes.includes(axis) ? 1 : n));
  return broadcastTo(reshape(x, kept), shape);
}
