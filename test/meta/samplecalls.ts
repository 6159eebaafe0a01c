/** What the functions of Python's namespaces may be called with, by the names of their parameters. */
import type { NDArray } from "../../src/index.ts";
import { numpy as jnp, random } from "../../src/index.ts";

const drawn = (seed: number, ...shape: number[]): NDArray => random.normal(random.key(seed), shape);

/** Numbers of which some are equal, NaN or negative, in no order. */
const MIXED = jnp.array([
  [3, 1, 2, 1],
  [-0.5, 4, NaN, 4],
  [2, -7, 0.25, 1.5],
]);
const FINITE = jnp.array([
  [3, 1.2, 2, 1],
  [-0.5, 4.4, 5, 4],
  [2, -7, 0.25, 1.5],
]);
const VECTOR = jnp.array([3, -1.5, 2, 0.25, 3, 1]);
const IDS = jnp.array([2, 0, 1, 0], "int32");
const SQUARE = jnp.array([
  [4, 1, 0.5],
  [1, 3, 0.25],
  [0.5, 0.25, 2],
]);
export const KEY: random.Key = random.key(7);

/** By the parameter's name. */
const USUAL: Readonly<Record<string, unknown>> = {
  a: FINITE,
  x: FINITE,
  arr: FINITE,
  ary: FINITE,
  array: FINITE,
  operand: FINITE,
  arrays: [FINITE, FINITE.add(1)],
  operands: [FINITE, FINITE.add(1)],
  b: FINITE.mul(1.25),
  x1: FINITE,
  x2: FINITE.add(1),
  a1: VECTOR,
  a2: VECTOR.add(1),
  ar1: [1, 2, 3, 3],
  ar2: [3, 4, 1],
  m: FINITE,
  p: VECTOR,
  v: VECTOR,
  y: FINITE,
  z: FINITE,
  q: 0.3,
  n: 3,
  k: 2,
  kth: 1,
  key: KEY,
  shape: [2, 3],
  dtype: "float32",
  indices: IDS,
  start: 1,
  stop: 9,
  logits: drawn(1, 3, 4),
  labels: jnp.array([
    [0, 1, 0, 0],
    [0.5, 0.25, 0.25, 0],
    [0, 0, 0, 1],
  ]),
  predictions: drawn(2, 3, 4),
  targets: drawn(3, 3, 4).abs(),
  logPredictions: drawn(4, 3, 4),
  logTargets: drawn(5, 3, 4),
  data: drawn(6, 4, 2),
  segmentIds: IDS,
  learningRate: 0.125,
  decay: 0.75,
  alpha: 0.25,
  initValue: 1,
  endValue: 0.125,
  peakValue: 2,
  transitionSteps: 5,
  decaySteps: 9,
  warmupSteps: 3,
  decayRate: 0.5,
  power: 2,
  scale: 1.5,
  mode: "fan_in",
  distribution: "normal",
  values: jnp.array([1, 3, 2, 4]),
  keys: jnp.array([3, 1, 1, 0]),
};

const CTC = [
  drawn(1, 2, 5, 4),
  jnp.zeros([2, 5]),
  jnp.array(
    [
      [1, 2],
      [3, 1],
    ],
    "int32",
  ),
  jnp.zeros([2, 2]),
];
const SMALL = jnp.array(
  [
    [1, 2],
    [3, 4],
  ],
  "int8",
);

/** By the function's name, where the usual ones do not fit. */
const OWN: Readonly<Record<string, readonly unknown[]>> = {
  "numpy.allclose": [
    [1, 0, NaN],
    [1.000009, 0.9e-8, NaN],
  ],
  "numpy.sum": [SMALL],
  "numpy.prod": [SMALL],
  "optax.adaptiveGradClip": [0.01],
  "optax.scaleByLearningRate": [0.125],
  "optax.safeNorm": [FINITE, 0.5],
  "numpy.isclose": [
    [1, NaN, 0],
    [1.000012, NaN, 1.2e-8],
  ],
  "numpy.arrayEqual": [
    [1, NaN],
    [1, NaN],
  ],
  "numpy.angle": [FINITE],
  "numpy.array": [[1, 2]],
  "numpy.arraySplit": [FINITE, 2],
  "numpy.split": [jnp.ones([4, 4]), 2],
  "numpy.astype": [FINITE, "int32"],
  "numpy.bincount": [IDS],
  "numpy.choose": [
    [0, 1, 3],
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
  ],
  "numpy.compress": [[true, false, true], FINITE],
  "numpy.convolve": [VECTOR, [1, 2]],
  "numpy.correlate": [VECTOR, [1, 2]],
  "numpy.cross": [drawn(8, 3, 3), drawn(9, 3, 3)],
  "linalg.cross": [drawn(8, 3, 3), drawn(9, 3, 3)],
  "numpy.delete": [VECTOR, [1, 2]],
  "numpy.diagIndices": [3],
  "numpy.digitize": [
    [1, 2],
    [1, 2, 3],
  ],
  "numpy.einsum": ["ij->i", FINITE],
  "numpy.extract": [jnp.greater(VECTOR, 1), VECTOR],
  "numpy.eye": [4],
  "numpy.fillDiagonal": [jnp.zeros([6, 2]), 3],
  "numpy.indices": [[2, 3]],
  "numpy.isin": [[1, 2, 3], [2]],
  "numpy.lexsort": [
    [
      [2, 1, 2],
      [3, 3, 1],
    ],
  ],
  "numpy.maskIndices": [3, jnp.triu],
  "numpy.meshgrid": [
    [1, 2],
    [3, 4, 5],
  ],
  "numpy.nanToNum": [MIXED],
  "numpy.packbits": [jnp.greater(drawn(1, 2, 9), 0)],
  "numpy.unpackbits": [jnp.array([7, 130]).astype("uint8")],
  "numpy.pad": [[1, 2, 3], 2],
  "numpy.polyder": [[1, 2, 3, 4]],
  "numpy.polydiv": [
    [0, 3, 1, 2],
    [2, 1],
  ],
  "numpy.polyfit": [[0, 1, 2, 3, 5], [1, 0, 2, 5, 4], 2],
  "numpy.polyint": [[1, 2, 3, 4]],
  "numpy.polymul": [
    [0, 1, 2],
    [0, 3],
  ],
  "numpy.polyval": [VECTOR, 2],
  "numpy.ravelMultiIndex": [
    [
      [0, 1],
      [1, 1],
    ],
    [2, 3],
  ],
  "numpy.gradient": [FINITE],
  "numpy.insert": [drawn(1, 3, 3), 1, 9],
  "numpy.repeat": [FINITE, 2],
  "numpy.roll": [FINITE, 1],
  "lax.dynamicUpdateIndexInDim": [drawn(1, 3, 3), drawn(2, 3), 1],
  "lax.dynamicUpdateSliceInDim": [drawn(1, 3, 3), drawn(2, 2, 2), 1],
  "numpy.rollaxis": [jnp.ones([2, 3, 4]), 2],
  "numpy.roots": [[0, 2, -3, 1]],
  "numpy.searchsorted": [[1, 2, 2, 3], [2]],
  "numpy.select": [
    [
      [true, false, false],
      [false, true, false],
    ],
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
  ],
  "numpy.setdiff1d": [[3, 1, 1], [2]],
  "numpy.takeAlongAxis": [FINITE, jnp.argsort(FINITE)],
  "numpy.tensordot": [jnp.ones([2, 3, 3, 2]), drawn(1, 3, 2, 3, 2)],
  "linalg.tensordot": [jnp.ones([2, 3, 3, 2]), drawn(1, 3, 2, 3, 2)],
  "numpy.tri": [4],
  "numpy.trilIndices": [3],
  "numpy.triuIndices": [3],
  "numpy.trimZeros": [[0, 1, 2, 0]],
  "numpy.unique": [[3, 1, 3, NaN, NaN]],
  "numpy.unwrap": [
    jnp.array([
      [0, 4, 9, 3, 30],
      [1, 8, 2, 2, 9],
    ]),
  ],
  "numpy.vander": [[1, 2, 3]],
  "numpy.geomspace": [1, 9],
  "numpy.putAlongAxis": [FINITE, [[0], [1], [2]], 9, 1],
  "numpy.place": [VECTOR, jnp.greater(VECTOR, 1), [7, 8]],
  "numpy.put": [VECTOR, [0, 2], [7, 8]],
  "numpy.fromfunction": [(i: NDArray, j: NDArray) => i.add(j), [2, 3]],
  "numpy.histogram2d": [VECTOR, VECTOR.mul(2)],
  "numpy.histogramdd": [drawn(1, 9, 2)],
  "numpy.diag": [SQUARE],
  "numpy.diagflat": [[1, 2]],
  "numpy.linspace": [1, 9],
  "numpy.trapezoid": [FINITE],
  "numpy.cov": [FINITE],
  "numpy.rot90": [jnp.arange(24).reshape([2, 3, 4])],
  "numpy.diagonal": [jnp.arange(24).reshape([2, 3, 4])],
  "numpy.trace": [jnp.arange(24).reshape([2, 3, 4])],
  "linalg.diagonal": [jnp.arange(24).reshape([2, 3, 4])],
  "linalg.trace": [jnp.arange(24).reshape([2, 3, 4])],
  "linalg.cholesky": [SQUARE],
  "linalg.eigh": [SQUARE],
  "linalg.eigvalsh": [SQUARE],
  "linalg.lstsq": [drawn(1, 5, 2), drawn(2, 5)],
  "linalg.pinv": [SQUARE],
  "linalg.matrixRank": [SQUARE],
  "linalg.tensorinv": [drawn(3, 2, 3, 6)],
  "lax.associativeScan": [(p: NDArray, r: NDArray) => p.add(r), FINITE],
  "lax.convGeneralDilated": [drawn(1, 1, 4, 5, 5), drawn(2, 4, 4, 2, 2), [1, 1], "SAME"],
  "lax.convTranspose": [drawn(1, 1, 5, 2), drawn(2, 3, 2, 2), [2], "SAME"],
  "lax.cond": [true, (x: NDArray) => x, (x: NDArray) => x.neg(), VECTOR],
  "lax.dynamicIndexInDim": [FINITE, 1],
  "lax.dynamicSliceInDim": [FINITE, 1, 2],
  "lax.indexInDim": [FINITE, 1],
  "lax.sliceInDim": [FINITE, 0, 3],
  "lax.reduceWindow": [FINITE, 0, (p: NDArray, r: NDArray) => p.add(r), [2, 2]],
  "lax.scan": [(carry: NDArray, x: NDArray) => [carry.add(x), carry], jnp.array(1), jnp.arange(4)],
  "lax.split": [jnp.arange(12).reshape([3, 4]), [1, 2]],
  "lax.sortKeyVal": [jnp.array([3, 1, 1, 0]), jnp.array([1, 3, 2, 4])],
  "lax.switch": [0, [(x: NDArray) => x], VECTOR],
  "lax.topK": [FINITE, 2],
  "lax.argmax": [FINITE, 0],
  "lax.argmin": [FINITE, 0],
  "nn.glu": [drawn(1, 4, 4)],
  "nn.oneHot": [IDS, 3],
  "nnx.oneHot": [IDS, 3],
  "nn.dotProductAttention": [drawn(1, 1, 4, 2, 3), drawn(2, 1, 4, 2, 3), drawn(3, 1, 4, 2, 3)],
  "image.resize": [drawn(1, 4, 4), [2, 2], "linear"],
  "image.scaleAndTranslate": [drawn(1, 4, 4), [2, 2], [0, 1], jnp.array([0.5, 0.5]), jnp.array([0.25, 0]), "linear"],
  "random.ball": [KEY, 3],
  "random.categorical": [KEY, drawn(1, 4, 4)],
  "random.choice": [KEY, jnp.arange(12).reshape([3, 4])],
  "random.generalizedNormal": [KEY, 1.5],
  "random.doubleSidedMaxwell": [KEY, 1, 2],
  "random.multivariateNormal": [KEY, [1, 2, 3], SQUARE],
  "random.multinomial": [KEY, 5, [0.25, 0.75]],
  "random.orthogonal": [KEY, 3],
  "random.permutation": [KEY, jnp.arange(12).reshape([3, 4])],
  "random.weibullMin": [KEY, 1, 2],
  "losses.binaryDiceLoss": [drawn(1, 3, 4), jnp.greater(drawn(2, 3, 4), 0).astype("float32")],
  "losses.tripletMarginLoss": [drawn(1, 3, 4), drawn(2, 3, 4), drawn(3, 3, 4)],
  "losses.rankingSoftmaxLoss": [drawn(1, 3, 4), drawn(2, 3, 4).abs()],
  "optax.lars": [0.125],
  "optax.polynomialSchedule": [1, 0.125, 2, 5],
};

const LOSSES: Readonly<Record<string, readonly unknown[]>> = {
  softmaxCrossEntropyWithIntegerLabels: [drawn(1, 4, 4), IDS.add(1)],
  ntxent: [drawn(1, 4, 3), jnp.array([0, 1, 0, 1], "int32")],
  ctcLoss: CTC,
  ctcLossWithForwardProbs: CTC,
};

/** Options that others need to matter. */
const BESIDE: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "numpy.allclose": { equalNan: true },
  "numpy.cumulativeProd": { axis: 0 },
  "numpy.cumulativeSum": { axis: 0 },
  "numpy.fillDiagonal": { inplace: false },
  "numpy.place": { inplace: false },
  "numpy.put": { inplace: false },
  "numpy.putAlongAxis": { inplace: false },
  "random.categorical": { shape: [3, 4] },
  "optax.adafactor": { minDimSizeToFactor: 1 },
  "optax.scaleByFactoredRms": { minDimSizeToFactor: 1 },
  "optax.lars": { weightDecay: 0.25 },
  "optax.radam": { threshold: -100 },
  "optax.scaleByRadam": { threshold: -100 },
  "optax.rmsprop": { momentum: 0.5 },
  "optax.scaleByLion": { mode: "smooth" },
  "optax.sgd": { momentum: 0.5 },
};

/** The arguments that a function must have; undefined where none is known. */
export function sampleOf(fn: string, required: readonly string[]): readonly unknown[] | undefined {
  if (Object.hasOwn(OWN, fn)) return OWN[fn];
  const [space, name] = fn.split(".") as [string, string];
  if (/^(losses|optax)$/.test(space) && Object.hasOwn(LOSSES, name)) return LOSSES[name];
  return required.every((one) => Object.hasOwn(USUAL, one)) ? required.map((one) => USUAL[one]) : undefined;
}

/** The options that a call has beside the one that is looked at. */
export function besideOf(fn: string): Readonly<Record<string, unknown>> {
  return Object.hasOwn(BESIDE, fn) ? BESIDE[fn]! : {};
}

export const PARAMS = { kernel: drawn(11, 3, 2), bias: drawn(12, 2) };
