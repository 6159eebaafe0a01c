/** Rules of activations: the derivatives of what JAX computes, by the same operations. */
import type { Activation, NDArray } from "../../array/index.ts";
import {
  abs,
  activate,
  ACTIVATE,
  add,
  concatenate,
  erf,
  expm1,
  GLU,
  LOG_SOFTMAX,
  logaddexp,
  logistic,
  maximum,
  minimum,
  PRELU,
  SOFTMAX,
  softmax,
  split,
  sum,
  tanh,
  where,
} from "../../array/index.ts";
import { LONGEST_ROW } from "../../base/index.ts";
import { geluBack, GELU_BACK } from "../operations/geluback.ts";
import { reluBack, RELU_BACK } from "../operations/reluback.ts";
import { softmaxBack, SOFTMAX_BACK } from "../operations/softmaxback.ts";
import { slope } from "../operations/slopes.ts";
import type { RuleEntry } from "../rule.ts";
import { expression, pullbacks, rule } from "../rule.ts";

/** The rules of this file. */
export function activationRules(): readonly RuleEntry[] {
  return [
    rule(ACTIVATE, (ct, { inputs: [x], parameters }, _, trace) => {
      const direct = DIRECT[parameters.name];
      if (direct !== undefined) return [direct(ct, x, parameters)];
      const { value, pull } = trace([x], ([y]) => EXPRESSIONS[parameters.name]!(y!, parameters));
      return pull([value], [ct]);
    }),
    rule(RELU_BACK, (ct, { inputs: [, x] }, [wanted]) => [wanted === true ? reluBack(ct, x) : undefined, undefined]),
    expression(GELU_BACK, (_, ct, x) => {
      const t = tanh(x.add(x.pow(3).mul(CUBIC)).mul(SQRT_TWO_OVER_PI));
      const d = ct.mul(x).mul(0.5).mul(t.neg().add(1)).mul(t.add(1)).mul(SQRT_TWO_OVER_PI);
      return ct
        .mul(t.add(1).mul(0.5))
        .add(d)
        .add(d.mul(CUBIC).mul(x.mul(x).mul(3)));
    }),
    expression(PRELU, (_, x, slope) => where(x.ge(0), x, slope.mul(x))),
    pullbacks(SOFTMAX, (ct, { out, parameters: axes }) =>
      isOfRows(out, axes) ? softmaxBack(ct, out) : fromMean(ct, out, axes),
    ),
    expression(SOFTMAX_BACK, (_, ct, y) => fromMean(ct, y, [y.ndim - 1])),
    // By softmax again, not by e^out, whose error grows with the size of out.
    pullbacks(LOG_SOFTMAX, (ct, { inputs: [x], parameters: axes }) =>
      ct.sub(softmax(x, axes).mul(sum(ct, axes, { keepdims: true }))),
    ),
    pullbacks(GLU, (ct, { inputs: [x], parameters: axis }) => {
      const [value, gate] = split(x, 2, axis) as [NDArray, NDArray];
      const open = logistic(gate);
      return concatenate([ct.mul(open), slope("logistic", ct.mul(value), open)], axis);
    }),
  ];
}

/** Whether softmax went along rows that the kernel takes: the last axis, not too long. */
function isOfRows(y: NDArray, axes: readonly number[]): boolean {
  return axes.length === 1 && axes[0] === y.ndim - 1 && y.shape[y.ndim - 1]! <= LONGEST_ROW;
}

/** The cotangent of the input of a softmax along `axes` that gave `y`. */
function fromMean(ct: NDArray, y: NDArray, axes: readonly number[]): NDArray {
  return y.mul(ct.sub(sum(ct.mul(y), axes, { keepdims: true })));
}

type Numbers = Omit<Activation, "name">;

/** The activations whose derivative is one of a few numbers. */
const DIRECT: Partial<Record<Activation["name"], (ct: NDArray, x: NDArray, numbers: Numbers) => NDArray>> = {
  relu: reluBack,
  gelu: geluBack,
  relu6: (ct, x) => where(x.gt(0), where(x.lt(6), ct, 0), 0),
  leakyRelu: (ct, x, { a = 1 }) => where(x.ge(0), ct, ct.mul(a)),
  hardTanh: (ct, x) => where(x.gt(1), 0, where(x.lt(-1), 0, ct)),
  hardSigmoid: (ct, x) => relu6Slope(ct, x),
  hardSilu: (ct, x) => ct.mul(activate({ name: "hardSigmoid" }, x)).add(relu6Slope(ct.mul(x), x)),
};

/** The cotangent of `x` in relu6(x + 3) / 6. */
function relu6Slope(ct: NDArray, x: NDArray): NDArray {
  const shifted = x.add(3);
  return where(shifted.gt(0), where(shifted.lt(6), ct.mul(1 / 6), 0), 0);
}

const SQRT_HALF = Math.SQRT1_2;
const CUBIC = 0.044715;
const SQRT_TWO_OVER_PI = 0.7978845608028654;

/** The others as operations that have rules. */
const EXPRESSIONS: Partial<Record<Activation["name"], (x: NDArray, numbers: Numbers) => NDArray>> = {
  geluErf: (x) => x.mul(0.5).mul(erf(x.mul(SQRT_HALF)).add(1)),
  silu: (x) => x.mul(logistic(x)),
  elu: (x, { a = 1, b = 1 }) => where(x.gt(0), x, expm1(where(x.gt(0), 0, x)).mul(a)).mul(b),
  celu: (x, { a = 1 }) => add(maximum(x, 0), expm1(minimum(x, 0).div(a)).mul(a)),
  softplus: (x, { a = 1 }) => logaddexp(x.mul(a), 0).mul(a),
  softSign: (x) => x.div(abs(x).add(1)),
};
