/** Covariances and correlations. */
import type { Places } from "../../base/index.ts";
import { inOrder, int, ShapeError } from "../../base/index.ts";
import type { ArrayLike, DType } from "../../data/index.ts";
import { formatShape, isFloat } from "../../data/index.ts";
import { full } from "../creation/arrays.ts";
import { diag } from "../creation/diagonals.ts";
import { abs, clip } from "../elementwise/arithmetic.ts";
import { floating, floatingPair, sqrt } from "../elementwise/elementary.ts";
import { concatenate } from "../manipulation/joining.ts";
import { atleast2d } from "../manipulation/views.ts";
import type { NDArray } from "../ndarray.ts";
import { asNDArray, checkFloat } from "../ndarray.ts";
import { average } from "../reduce/differences.ts";

/** The options of `corrcoef`. */
export interface CorrelationOptions {
  /** More variables, in the form of `x`. */
  readonly y?: ArrayLike | null;
  /** Whether rows are variables and columns observations. Default true. */
  readonly rowvar?: boolean;
  /** What the variables are cast to first. Default their own. */
  readonly dtype?: DType | null;
}

/** The options of `cov`. */
export interface CovarianceOptions extends CorrelationOptions {
  /** Whether to divide by the number of observations n instead of n - 1. Default false. */
  readonly bias?: boolean;
  /** The divisor is n less this number: overrides `bias`. */
  readonly ddof?: number | null;
  /** How often each observation counts, integers. */
  readonly fweights?: ArrayLike | null;
  /** How much each observation counts. */
  readonly aweights?: ArrayLike | null;
}

/** The variables as rows. */
function rows(x: ArrayLike, rowvar: boolean, name: string): NDArray {
  const given = floating(x, name);
  if (given.ndim > 2) throw new ShapeError(`${name} expected at most two axes, got shape ${formatShape(given.shape)}`);
  const wide = atleast2d(given);
  return rowvar || given.ndim < 2 ? wide : wide.T;
}

/** The weights of the observations. */
function weightsOf(
  n: number,
  fweights: ArrayLike | undefined,
  aweights: ArrayLike | undefined,
): { all?: NDArray; amounts?: NDArray } {
  const [times, amounts] = [fweights, aweights].map((given, i) => {
    if (given === undefined) return undefined;
    const name = `cov: "${i === 0 ? "fweights" : "aweights"}"`;
    const weights = asNDArray(given, name);
    if (weights.ndim !== 1 || weights.size !== n)
      throw new ShapeError(`${name} expected shape [${n}], got ${formatShape(weights.shape)}`);
    if (i === 0 && isFloat(weights.dtype)) throw new TypeError(`${name} expected integers, got ${weights.dtype}`);
    return abs(weights);
  });
  if (amounts === undefined) return times === undefined ? {} : { all: times };
  return { all: times === undefined ? amounts : times.mul(amounts), amounts };
}

/**
 * The covariances of variables, a matrix; the variance alone of one variable.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`cov`).
 * @param x [variables, observations], or the observations of one variable
 * @throws ShapeError for more than two axes, or weights of another size; TypeError for float `fweights`, or a dtype
 * that is not a float
 * @example
 * cov([[1, 2, 3], [2, 4, 9]]).tolist() // => [[1, 3.5], [3.5, 13]]
 */
export function cov(
  x: ArrayLike,
  ...places: Places<
    [
      y: ArrayLike | null,
      rowvar: boolean,
      bias: boolean,
      ddof: number | null,
      fweights: ArrayLike | null,
      aweights: ArrayLike | null,
      dtype: DType | null,
    ],
    CovarianceOptions
  >
): NDArray;
export function cov(): NDArray {
  return inOrder(covOf, arguments, 1, "cov m | y:x rowvar:b bias:b ddof:x fweights:x aweights:x dtype:d");
}

/** The options of a call, of which null is left out. */
type Given = { readonly [Name in keyof CovarianceOptions]: NonNullable<CovarianceOptions[Name]> };

function covOf(
  x: ArrayLike,
  { y, rowvar = true, bias = false, ddof = bias ? 0 : 1, fweights, aweights, dtype }: Given = {},
): NDArray {
  const delta = int(ddof, 'cov: "ddof"');
  const parts = y === undefined ? [x] : floatingPair(x, y, "cov", "x", "y");
  const joined = concatenate(parts.map((part, i) => rows(part, rowvar, `cov: "${i === 0 ? "x" : "y"}"`)));
  const all = dtype ? joined.astype(checkFloat(dtype, "cov")) : joined;
  const [count, n] = all.shape as [number, number];
  if (count * n === 0) return full([count, count], NaN, all.dtype).squeeze();
  const { all: given, amounts } = weightsOf(n, fweights, aweights);
  const weights = dtype ? given?.astype(dtype) : given;
  const mean = weights === undefined ? all.mean(1) : average(all, { axis: 1, weights });
  const centred = all.sub(mean.reshape([-1, 1]));
  const other = weights === undefined ? centred : centred.mul(weights);
  const product = centred.matmul(other.T);
  if (weights === undefined) return product.div(n - delta).squeeze();
  const total = weights.sum().astype(mean.dtype);
  const lost = amounts === undefined ? delta : weights.mul(amounts).sum().mul(delta).div(total);
  return product.div(delta === 0 ? total : total.sub(lost)).squeeze();
}

/**
 * The correlations of variables: covariances divided by both deviations, clipped to -1 and 1.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`corrcoef`).
 * @param x [variables, observations], or the observations of one variable
 * @throws ShapeError for more than two axes; TypeError for a dtype that is not a float
 * @example
 * corrcoef([[1, 2, 3], [3, 2, 1]]).tolist() // => [[1, -1], [-1, 1]]
 */
export function corrcoef(
  x: ArrayLike,
  ...places: Places<[y: ArrayLike | null, rowvar: boolean, dtype: DType | null], CorrelationOptions>
): NDArray;
export function corrcoef(): NDArray {
  return inOrder(corrcoefOf, arguments, 1, "corrcoef x | y:x rowvar:b dtype:d");
}

function corrcoefOf(x: ArrayLike, options: CorrelationOptions = {}): NDArray {
  checkFloat(options.dtype ?? "float32", "corrcoef");
  const c = cov(x, options);
  if (c.ndim === 0) return c.div(c);
  const deviation = sqrt(diag(c));
  return clip(c.div(deviation.reshape([-1, 1])).div(deviation), -1, 1);
}
