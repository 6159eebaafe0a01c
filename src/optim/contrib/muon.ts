import type { DType, NDArray } from "../../array/index.ts";
import {
  add,
  array,
  divide,
  expandDims,
  matmul,
  maximum,
  multiply,
  sqrt,
  square,
  sum,
  abs,
} from "../../array/index.ts";
import { describe } from "../../base/index.ts";
import { named, REQUIRED } from "../arguments.ts";
import type { GradientTransformation, Scalar, ScalarOrSchedule } from "../base.ts";
import { transformation } from "../base.ts";
import { safeIncrement, zeroCount } from "../count.ts";
import { biasCorrection, updateMoment } from "../moments.ts";
import { normOf } from "../norms.ts";
import { adamw } from "../optimizers/adam.ts";
import type { WithLearningRate } from "../optimizers/types.ts";
import { nesterovMoment } from "../transforms/adam.ts";
import { stateless } from "../transforms/basic.ts";
import { addDecayedWeights } from "../transforms/decay.ts";
import { scaleByLearningRate } from "../transforms/scale.ts";
import type { EmptyState } from "../tree/emptynodes.ts";
import { treeMap } from "../tree/map.ts";
import { treeCast, treeZerosLike } from "../tree/math.ts";
import type { Tree } from "../tree/node.ts";
import { chain } from "../wrappers/chain.ts";
import type { Mask } from "../wrappers/masked.ts";
import type { PartitionState } from "../wrappers/partition.ts";
import { partition } from "../wrappers/partition.ts";

type Coefficients = readonly [number, number, number];

/** How matrices are brought below norm 1 first. optax has `"spectral"` too, which needs singular values. */
export type Preconditioning = "frobenius" | "aol" | "schatten";

const STANDARD: Coefficients = [3.4445, -4.775, 2.0315];

const DION: readonly Coefficients[] = [
  [4.0848, -6.8946, 2.927],
  [3.9505, -6.3029, 2.6377],
  [3.7418, -5.5913, 2.3037],
  [2.8769, -3.1427, 1.2046],
  [2.8366, -3.0525, 1.2012],
];

/** A running average of gradients. */
export interface MuonState {
  /** int32 */
  readonly count: NDArray;
  readonly mu: Tree;
  readonly ns_coeffs: NDArray;
}

/** What `scaleByMuon` takes. */
export interface ScaleByMuonOptions {
  /** The coefficients of Newton-Schulz steps: one set for all, one a step, or `"standard"` (default) or `"dion"`. */
  readonly nsCoeffs?: Coefficients | readonly Coefficients[] | "standard" | "dion";
  /** How many steps. Default 5. */
  readonly nsSteps?: number;
  /** How much of the average stays. Default 0.95. */
  readonly beta?: Scalar;
  /** Added to norms. Default 1e-8. */
  readonly eps?: Scalar;
  /** The dtype of the average. Default that of the gradients. */
  readonly muDtype?: DType | null;
  /** Nesterov momentum. Default true. */
  readonly nesterov?: boolean;
  /** Whether updates are multiplied by their scalar product with the average. Default false. */
  readonly adaptive?: boolean;
  /** Default `"frobenius"`. */
  readonly preconditioning?: Preconditioning;
}

type Muon = Required<ScaleByMuonOptions>;
const SUMS: Pick<Muon, "nsCoeffs" | "nsSteps" | "beta" | "eps"> = {
  nsCoeffs: "standard",
  nsSteps: 5,
  beta: 0.95,
  eps: 1e-8,
};
const FORMS: Omit<Muon, keyof typeof SUMS> = {
  muDtype: null,
  nesterov: true,
  adaptive: false,
  preconditioning: "frobenius",
};

/**
 * Muon's rescaling of matrices: an average of gradients, made almost orthogonal by Newton-Schulz steps.
 *
 * Source: optax 0.2.8 `optax/contrib/_muon.py` (`scale_by_muon`), as are the other functions of this file. Leaves are
 * matrices; optax takes tensors too, with dimension numbers.
 * @throws RangeError for a leaf that is not a matrix, coefficients that do not fit the
 * steps, or an unknown preconditioning
 * @example
 * const tx = optax.contrib.scaleByMuon();
 * tx.update(jnp.eye(2), tx.init(jnp.zeros([2, 2])))[0].shape // => [2, 2]
 */
export function scaleByMuon(...args: readonly [options?: ScaleByMuonOptions]): GradientTransformation<MuonState> {
  const { nsCoeffs, nsSteps, beta, eps, muDtype, nesterov, adaptive, preconditioning } = named<
    Required<ScaleByMuonOptions>
  >("contrib.scaleByMuon", args, { ...SUMS, ...FORMS }, []);
  if (!["frobenius", "aol", "schatten"].includes(preconditioning))
    throw new RangeError(
      'optax.contrib.scaleByMuon: "preconditioning" expected "frobenius", "aol" or "schatten", got ' +
        `${describe(preconditioning)}`,
    );
  const coefficients = coefficientsOf(nsCoeffs, nsSteps);
  return transformation<MuonState>(
    (params) => ({
      count: zeroCount(),
      mu: treeZerosLike(params, muDtype),
      ns_coeffs: array(coefficients as never),
    }),
    (updates, state) => {
      const mu = updateMoment(updates, state.mu, beta, 1);
      const count = safeIncrement(state.count);
      const muHat = nesterov ? nesterovMoment(mu, updates, beta, count) : biasCorrection(mu, beta, count);
      const orthogonal = treeMap((x) => orthogonalize(x, state.ns_coeffs, nsSteps, preconditioning, eps), muHat);
      return [
        adaptive ? treeMap((x, y) => multiply(sum(multiply(x, y!)), y!), muHat, orthogonal) : orthogonal,
        { count, mu: treeCast(mu, muDtype), ns_coeffs: state.ns_coeffs },
      ];
    },
  );
}

function coefficientsOf(
  given: Required<ScaleByMuonOptions>["nsCoeffs"],
  steps: number,
): Coefficients | readonly Coefficients[] {
  const coefficients = given === "standard" ? STANDARD : given === "dion" ? DION : given;
  const rows: readonly unknown[] =
    Array.isArray(coefficients) && Array.isArray(coefficients[0]) ? coefficients : [coefficients];
  if (!rows.every((row) => Array.isArray(row) && row.length === 3))
    throw new RangeError(
      `optax.contrib.scaleByMuon: "nsCoeffs" expected three numbers, or three a step, got ${describe(given)}`,
    );
  if (rows[0] === coefficients) return coefficients as Coefficients;
  if (rows.length > steps)
    throw new RangeError(
      `optax.contrib.scaleByMuon: "nsCoeffs" expected at most ${steps} rows, as many as "nsSteps", got ${rows.length}`,
    );
  return (coefficients as readonly Coefficients[]).slice(-steps);
}

/** The matrix of the same singular vectors whose singular values are near 1. */
function orthogonalize(
  given: NDArray,
  coefficients: NDArray,
  steps: number,
  preconditioning: Preconditioning,
  eps: Scalar,
): NDArray {
  if (given.ndim !== 2)
    throw new RangeError(`optax.contrib.scaleByMuon: "updates" expected matrices, got ${describe(given)}`);
  const tall = given.shape[0]! > given.shape[1]!;
  let x = tall ? given.T : given;
  if (preconditioning === "frobenius") x = divide(x, add(normOf(x), eps));
  const sets = coefficients.ndim === 1 ? Array.from({ length: steps }, () => coefficients) : coefficients.unstack();
  for (const [i, set] of sets.entries()) {
    const [c0, c1, c2] = set.astype(x.dtype).unstack() as [NDArray, NDArray, NDArray];
    let a = matmul(x, x.T);
    if (i === 0 && preconditioning !== "frobenius") [x, a] = rescaled(x, a, preconditioning);
    const b = add(multiply(c1, a), matmul(multiply(c2, a), a));
    x = add(multiply(c0, x), matmul(b, x));
  }
  return tall ? x.T : x;
}

/** x and x @ x.T, by a bound of the norm that is known from the product. */
function rescaled(x: NDArray, a: NDArray, preconditioning: "aol" | "schatten"): [NDArray, NDArray] {
  if (preconditioning === "aol") {
    const scale = expandDims(divide(1, sqrt(maximum(sum(abs(a), -1), 1e-8))), -1);
    return [multiply(x, scale), multiply(multiply(a, scale), scale.T)];
  }
  const scale = divide(1, sqrt(maximum(normOf(a), 1e-8)));
  return [multiply(x, scale), multiply(a, square(scale))];
}

/** What `scaleByShape` takes. */
export interface ScaleByShapeOptions {
  /**
   * The root mean square that updates are brought to, as a factor of sqrt(max(rows,
   * columns)). Default null: another rule.
   */
  readonly consistentRms?: Scalar | null;
}

/**
 * The transformation that multiplies matrices by sqrt(max(1, columns / rows)), or with `consistentRms` by that
 * times sqrt(max( rows, columns)).
 *
 * @example
 * const tx = optax.contrib.scaleByShape();
 * tx.update(jnp.ones([1, 4]), tx.init())[0].tolist() // => [[2, 2, 2, 2]]
 */
export function scaleByShape(...args: readonly [options?: ScaleByShapeOptions]): GradientTransformation<EmptyState> {
  const { consistentRms } = named<Required<ScaleByShapeOptions>>("contrib.scaleByShape", args, {
    consistentRms: null,
  });
  return stateless((updates) =>
    treeMap((u) => {
      const [rows, columns] = u.shape as [number, number];
      const scale =
        consistentRms === null
          ? sqrt(Math.max(1, columns / rows))
          : multiply(sqrt(Math.max(rows, columns)), consistentRms);
      return multiply(scale, u);
    }, updates),
  );
}

/** What `muon` takes besides the learning rate. */
export interface MuonOptions extends ScaleByMuonOptions, ScaleByShapeOptions {
  /** How much of the matrices is added to their updates. Default 0. */
  readonly weightDecay?: ScalarOrSchedule;
  /** Which of them decay. Default all. */
  readonly weightDecayMask?: Mask | null;
  /** Of `adamw` for the other leaves. Default 0.9. */
  readonly adamB1?: Scalar;
  /** Default 0.999. */
  readonly adamB2?: Scalar;
  /** Default 0. */
  readonly adamEpsRoot?: Scalar;
  /** Default 0. */
  readonly adamWeightDecay?: ScalarOrSchedule;
  /** Default that of the matrices. */
  readonly adamLearningRate?: ScalarOrSchedule | null;
}

/**
 * Muon for matrices, `adamw` for all other leaves.
 *
 * @throws TypeError if an update gets no parameters
 * @example
 * const tx = optax.contrib.muon(0.1);
 * Object.keys(tx.init({ kernel: jnp.zeros([2, 2]), bias: jnp.zeros([2]) }).inner_states) // => ["muon", "adam"]
 */
export function muon(...args: WithLearningRate<MuonOptions>): GradientTransformation<PartitionState> {
  const o = named<Required<MuonOptions> & { readonly learningRate: ScalarOrSchedule }>(
    "contrib.muon",
    args,
    {
      learningRate: REQUIRED,
      ...SUMS,
      weightDecay: 0,
      weightDecayMask: null,
      ...FORMS,
      adamB1: 0.9,
      adamB2: 0.999,
      adamEpsRoot: 0,
      adamWeightDecay: 0,
      adamLearningRate: null,
      consistentRms: null,
    },
    ["learningRate", "weightDecay", "adamLearningRate", "adamWeightDecay"],
  );
  const { nsCoeffs, nsSteps, beta, eps, muDtype, nesterov, adaptive, preconditioning } = o;
  return partition(
    {
      muon: chain(
        scaleByMuon({ nsCoeffs, nsSteps, beta, eps, muDtype, nesterov, adaptive, preconditioning }),
        scaleByShape({ consistentRms: o.consistentRms }),
        addDecayedWeights(o.weightDecay, o.weightDecayMask),
        scaleByLearningRate(o.learningRate),
      ),
      adam: adamw(o.adamLearningRate ?? o.learningRate, {
        b1: o.adamB1,
        b2: o.adamB2,
        eps,
        epsRoot: o.adamEpsRoot,
        weightDecay: o.adamWeightDecay,
        muDtype,
        nesterov,
      }),
    },
    (params: Tree) => treeMap((x) => (x.ndim === 2 ? "muon" : "adam"), params),
  );
}
