import type { ArrayLike, Axes, NDArray } from "../../array/index.ts";
import {
  add,
  asarray,
  divide,
  equal,
  exp,
  log,
  multiply,
  subtract,
  sum,
  toAxes,
  where as choose,
} from "../../array/index.ts";
import { describe, inOrder } from "../../base/index.ts";
import type { Given } from "../../base/index.ts";
import { checkOperand } from "../operands.ts";
import type { AxisOptions } from "./inputs.ts";
import { floating, sumWhere } from "./inputs.ts";

/**
 * The Kullback-Leibler divergence of the targets from predictions, one value an example: sum(t * (log(t) -
 * logPredictions)), 0 where t is 0.
 *
 * @param logPredictions the logarithms of probabilities
 * @param targets probabilities
 *
 * Source: optax 0.2.8 `optax/losses/_classification.py` (`kl_divergence`), as are the two functions below.
 * @throws TypeError for arguments that are not floats; ShapeError if the shapes do not broadcast
 * @example
 * optax.klDivergence(jnp.log([0.5, 0.5]), [1, 0]).item() // => 0.6931472
 */
export function klDivergence(
  ...places: Given<
    [logPredictions: ArrayLike, targets: ArrayLike],
    "logPredictions targets",
    [axis: Axes, where: ArrayLike | null],
    AxisOptions
  >
): NDArray;
export function klDivergence(): NDArray {
  return inOrder(klDivergenceOf, arguments, 2, "optax.klDivergence logPredictions targets | axis where:x");
}

function klDivergenceOf(logPredictions: ArrayLike, targets: ArrayLike, options: AxisOptions = {}): NDArray {
  return divergence("klDivergence", logPredictions, targets, options);
}

function divergence(
  fn: string,
  logPredictions: ArrayLike,
  targets: ArrayLike,
  { axis = -1, where }: AxisOptions,
): NDArray {
  const x = floating(fn, "logPredictions", logPredictions);
  const t = floating(fn, "targets", targets);
  checkOperand(fn, "targets", t, x);
  const loss = multiply(t, subtract(choose(equal(t, 0), 0, log(t)), x));
  return sumWhere(loss, axis, where === undefined ? undefined : asarray(where));
}

/**
 * `klDivergence` of targets that are logarithms of probabilities too.
 *
 * @throws TypeError for arguments that are not floats; ShapeError if the shapes do not broadcast
 * @example
 * optax.losses.klDivergenceWithLogTargets(jnp.log([0.5, 0.5]), [0, -Infinity]).item() // => NaN
 */
export function klDivergenceWithLogTargets(
  ...places: Given<
    [logPredictions: ArrayLike, logTargets: ArrayLike],
    "logPredictions logTargets",
    [axis: Axes, where: ArrayLike | null],
    AxisOptions
  >
): NDArray;
export function klDivergenceWithLogTargets(): NDArray {
  return inOrder(
    klDivergenceWithLogTargetsOf,
    arguments,
    2,
    "optax.losses.klDivergenceWithLogTargets logPredictions logTargets | axis where:x",
  );
}

function klDivergenceWithLogTargetsOf(
  logPredictions: ArrayLike,
  logTargets: ArrayLike,
  { axis = -1, where }: AxisOptions = {},
): NDArray {
  const fn = "losses.klDivergenceWithLogTargets";
  const x = floating(fn, "logPredictions", logPredictions);
  const t = floating(fn, "logTargets", logTargets);
  checkOperand(fn, "logTargets", t, x);
  return sumWhere(multiply(exp(t), subtract(t, x)), axis, where === undefined ? undefined : asarray(where));
}

/**
 * `klDivergence` for what does not add up to 1: with sum(e^logPredictions - targets) added.
 *
 * @throws TypeError for arguments that are not floats; ShapeError if the shapes do not broadcast
 * @example
 * optax.generalizedKlDivergence([0, 0], [1, 1]).item() // => 0
 */
export function generalizedKlDivergence(
  ...places: Given<
    [logPredictions: ArrayLike, targets: ArrayLike],
    "logPredictions targets",
    [axis: Axes, where: ArrayLike | null],
    AxisOptions
  >
): NDArray;
export function generalizedKlDivergence(): NDArray {
  return inOrder(
    generalizedKlDivergenceOf,
    arguments,
    2,
    "optax.generalizedKlDivergence logPredictions targets | axis where:x",
  );
}

function generalizedKlDivergenceOf(logPredictions: ArrayLike, targets: ArrayLike, options: AxisOptions = {}): NDArray {
  const { axis = -1, where } = options;
  const loss = divergence("generalizedKlDivergence", logPredictions, targets, options);
  const rest = subtract(exp(logPredictions), targets);
  return add(loss, sumWhere(rest, axis, where === undefined ? undefined : asarray(where)));
}

/**
 * Labels moved towards the uniform distribution: (1 - alpha) * labels + alpha / classes.
 *
 * @param labels probabilities, one-hot rows for one
 * @param alpha a number
 *
 * Source: optax 0.2.8 `optax/losses/_smoothing.py` (`smooth_labels`).
 * @throws TypeError for labels that are not floats or an `alpha` that is not a number; RangeError if there is no such
 * axis
 * @example
 * optax.smoothLabels([[1, 0]], 0.5).tolist() // => [[0.75, 0.25]]
 */
export function smoothLabels(
  ...places: Given<[labels: ArrayLike, alpha: number], "labels alpha", [], AxisOptions>
): NDArray;
export function smoothLabels(): NDArray {
  return inOrder(smoothLabelsOf, arguments, 2, "optax.smoothLabels labels alpha | * axis where:x");
}

function smoothLabelsOf(labels: ArrayLike, alpha: number, { axis = -1, where }: AxisOptions = {}): NDArray {
  if (typeof alpha !== "number")
    throw new TypeError(`optax.smoothLabels: "alpha" expected a number, got ${describe(alpha)}`);
  const x = floating("smoothLabels", "labels", labels);
  const scaled = multiply(1 - alpha, x);
  if (where !== undefined) return add(scaled, divide(alpha, sum(asarray(where, "int32"), { axis, keepdims: true })));
  if (axis === null) return add(scaled, alpha / x.size);
  const axes = toAxes(axis, x.ndim, 'optax.smoothLabels: "axis"');
  return add(scaled, alpha / axes.reduce((n, at) => n * x.shape[at]!, 1));
}
