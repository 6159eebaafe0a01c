/** Rules of what slides over an image. */
import type { ConvolveParameters, NDArray, PoolParameters, Shape } from "../../array/index.ts";
import {
  apply,
  CONVOLVE,
  convolve,
  DATA,
  divide,
  flip,
  FLIP_KERNEL,
  flipKernel,
  GATHER,
  ones,
  POOL,
  pool,
  reshape,
  SCATTER_ADD,
  take,
  transpose,
  WRAP,
  zeros,
} from "../../array/index.ts";
import { hasExtremesBack, paddedAxis, planIndex } from "../../data/index.ts";
import type { IndexPlan } from "../../data/index.ts";
import { CONVOLVE_KERNEL, convolveKernel } from "../operations/convolvekernel.ts";
import { EXTREMES_BACK, extremesBack, POOL_SUM_BACKWARD, poolPlaces, poolSumBackward } from "../operations/pool.ts";
import type { RuleEntry } from "../rule.ts";
import { pullbacks, rule } from "../rule.ts";
import { unbroadcast } from "./broadcast.ts";

/** The rules of this file. */
export function convolutionRules(): readonly RuleEntry[] {
  return [
    rule(CONVOLVE, (ct, { inputs: [x, kernel, bias], parameters }, wanted, trace) => {
      const toBias = wanted[2] ? unbroadcast(ct, bias!.shape) : undefined;
      if (parameters.edges === "zero")
        return [
          wanted[0] ? inputGradient(ct, kernel, x.shape, parameters) : undefined,
          wanted[1] ? convolveKernel(x, ct, { ...parameters, sizes: kernel.shape.slice(0, -2) }) : undefined,
          toBias,
        ];
      const { value, pull } = trace([x, kernel], ([a, b]) => {
        const none = { ...parameters, edges: "zero" as const, pads: parameters.pads.map(() => [0, 0] as const) };
        return convolve(withEdges(a!, parameters), b!, undefined, none);
      });
      return [...pull([value], [ct]), toBias];
    }),
    pullbacks(
      CONVOLVE_KERNEL,
      (ct, { inputs: [x, given], parameters }) => inputGradient(given, ct, x.shape, parameters),
      (ct, { inputs: [x], parameters }) => convolve(x, ct, undefined, parameters),
    ),
    pullbacks(FLIP_KERNEL, (ct) => flipKernel(ct)),
    pullbacks(WRAP, (ct, { inputs: [x], parameters: { axis, period, before } }) =>
      take(
        ct,
        Int32Array.from({ length: x.shape[axis]! }, (_, i) => (i + before) % period),
        { axis },
      ),
    ),
    pullbacks(POOL, (ct, { inputs: [x], parameters }) => poolBackward(ct, x, parameters)),
    rule(EXTREMES_BACK, (ct, { inputs: [, x], parameters }, [wanted]) => {
      const flat = reshape(ct, [x.size]);
      return [wanted === true ? apply(GATHER, placesPlan(x, parameters), flat[DATA]) : undefined, undefined];
    }),
    pullbacks(POOL_SUM_BACKWARD, (ct, { parameters: { parameters } }) => pool(ct, parameters)),
  ];
}

/**
 * The cotangent of a convolution's input: the convolution of `ct`, its elements as far apart as the windows were, with
 * the kernel reversed and its channels swapped.
 */
function inputGradient(ct: NDArray, kernel: NDArray, shape: Shape, parameters: ConvolveParameters): NDArray {
  const { strides, pads, dilation, inputDilation, groups } = parameters;
  const sizes = kernel.shape.slice(0, -2);
  const axes = sizes.map((size, axis) => {
    const span = (size - 1) * dilation[axis]! + 1;
    const length = (shape[axis + 1]! - 1) * inputDilation[axis]! + 1;
    const low = span - 1 - pads[axis]![0];
    const high = length - 1 + pads[axis]![0] - (ct.shape[axis + 1]! - 1) * strides[axis]!;
    return { low, high, length, step: inputDilation[axis]! };
  });
  const isWhole = axes.every(({ low, high }) => low >= 0 && high >= 0);
  const full = convolve(ct, reversed(kernel, groups), undefined, {
    groups,
    dilation,
    edges: "zero",
    inputDilation: strides,
    strides: isWhole ? inputDilation : inputDilation.map(() => 1),
    pads: axes.map(({ low, high }) => [Math.max(low, 0), Math.max(high, 0)]),
  });
  if (isWhole) return full;
  // Windows that saw padding alone have no part in it.
  const parts = axes.map(
    ({ low, length, step }) => `${Math.max(-low, 0)}:${Math.max(-low, 0) + length}:${step}` as const,
  );
  return full.slice(":", ...parts);
}

/** `kernel` [...sizes, inputs / groups, outputs] reversed along the sizes: [...sizes, outputs / groups, inputs]. */
function reversed(kernel: NDArray, groups: number): NDArray {
  const sizes = kernel.shape.slice(0, -2);
  const [inputs, outputs] = kernel.shape.slice(-2) as [number, number];
  const rank = sizes.length;
  const axes = [...sizes.keys()];
  const grouped = reshape(flip(kernel, axes), [...sizes, inputs, groups, outputs / groups]);
  return reshape(transpose(grouped, [...axes, rank + 2, rank + 1, rank]), [
    ...sizes,
    outputs / groups,
    groups * inputs,
  ]);
}

/** `x` with what stands beyond its edges written out. */
function withEdges(x: NDArray, parameters: ConvolveParameters): NDArray {
  return parameters.pads.reduce(
    (padded, _, axis) =>
      take(padded, Int32Array.from(paddedAxis(x.shape[axis + 1]!, axis, parameters)), { axis: axis + 1 }),
    x,
  );
}

/**
 * The cotangent of a pool's input: all elements of a window get that of a sum, the first extreme that of an extreme.
 */
function poolBackward(ct: NDArray, x: NDArray, parameters: PoolParameters): NDArray {
  const { reduce, divisor, ...rest } = parameters;
  if (divisor !== undefined) {
    const count = divisor === "seen" ? pool(ones([1, ...x.shape.slice(1, -1), 1]), { ...rest, reduce }) : divisor;
    return poolBackward(divide(ct, count), x, { ...rest, reduce });
  }
  if (reduce === "sum") return poolSumBackward(ct, { parameters, shape: x.shape });
  if (typeof reduce === "function")
    throw new TypeError('nnx.pool: "reduceFn" has no gradient. nnx.avgPool, nnx.maxPool and nnx.minPool have one');
  if (hasExtremesBack(parameters, x[DATA]) && ct.dtype === "float32") return extremesBack(ct, x, parameters);
  const plan = placesPlan(x, parameters);
  return reshape(apply(SCATTER_ADD, plan, zeros([x.size], x.dtype)[DATA], ct[DATA]), x.shape);
}

/** Reads the first extreme of each window from all elements. */
function placesPlan(x: NDArray, parameters: PoolParameters): IndexPlan {
  return planIndex([poolPlaces(x, parameters)], [x.size], "pool", false);
}
