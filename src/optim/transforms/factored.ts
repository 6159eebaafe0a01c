import type { NDArray } from "../../array/index.ts";
import {
  add,
  asarray,
  divide,
  expandDims,
  mean,
  multiply,
  power,
  square,
  subtract,
  zeros,
  zerosLike,
} from "../../array/index.ts";
import type { AllNamed } from "../arguments.ts";
import { named } from "../arguments.ts";
import type { GradientTransformation, Scalar } from "../base.ts";
import { requireParams, transformation } from "../base.ts";
import { safeIncrement, zeroCount } from "../count.ts";
import { treeMap } from "../tree/map.ts";
import type { Tree } from "../tree/node.ts";

/** Averages of squares: over rows and over columns of large matrices, of each element of the others. */
export interface FactoredState {
  /** int32 */
  readonly count: NDArray;
  readonly v_row: Tree;
  readonly v_col: Tree;
  readonly v: Tree;
}

/** What `scaleByFactoredRms` takes. */
export interface ScaleByFactoredRmsOptions {
  /** Whether large matrices keep averages of rows and columns in place of one an element. Default true. */
  readonly factored?: boolean;
  /** How much of the averages stays at step t: 1 - (t + 1)^-decayRate. Default 0.8. */
  readonly decayRate?: Scalar;
  /** How many steps were done before the first, for fine-tuning. Default 0. */
  readonly stepOffset?: Scalar;
  /** From which size of the second largest axis on a leaf is factored. Default 128. */
  readonly minDimSizeToFactor?: number;
  /** Added to the squares. Default 1e-30. */
  readonly epsilon?: Scalar;
  /** Default the function above. */
  readonly decayRateFn?: ((step: NDArray, decayRate: Scalar) => NDArray) | null;
}

type Averages = readonly [update: NDArray, row: NDArray, column: NDArray, all: NDArray];

/**
 * Adafactor's rescaling: g over the root of an average of squares; of a large matrix the product of averages over rows
 * and columns.
 *
 * Source: optax 0.2.8 `optax/_src/factorized.py` (`scale_by_factored_rms`).
 * @throws TypeError if an update gets no parameters
 * @example
 * const tx = optax.scaleByFactoredRms({ minDimSizeToFactor: 2 });
 * const state = tx.init(jnp.zeros([2, 3]));
 * [state.v_row.shape, state.v_col.shape, state.v.shape] // => [[2], [3], [1]]
 */
export function scaleByFactoredRms(
  ...args: AllNamed<ScaleByFactoredRmsOptions, "factored decayRate stepOffset minDimSizeToFactor epsilon decayRateFn">
): GradientTransformation<FactoredState> {
  const { factored, decayRate, stepOffset, minDimSizeToFactor, epsilon, decayRateFn } = named<
    Required<ScaleByFactoredRmsOptions>
  >("scaleByFactoredRms", args, {
    factored: true,
    decayRate: 0.8,
    stepOffset: 0,
    minDimSizeToFactor: 128,
    epsilon: 1e-30,
    decayRateFn: null,
  });
  const axesOf = (shape: readonly number[]): readonly [number, number] | undefined =>
    factored ? largestAxes(shape, minDimSizeToFactor) : undefined;
  const zerosWithout = ({ shape, dtype }: NDArray, which: 0 | 1): NDArray => {
    const axis = axesOf(shape)?.[which];
    return zeros(axis === undefined ? [1] : shape.filter((_, at) => at !== axis), dtype);
  };
  return transformation(
    (params) => ({
      count: zeroCount(),
      v_row: treeMap((p) => zerosWithout(asarray(p), 1), params),
      v_col: treeMap((p) => zerosWithout(asarray(p), 0), params),
      v: treeMap((p) => (axesOf(asarray(p).shape) ? zeros([1], asarray(p).dtype) : zerosLike(p)), params),
    }),
    (updates, state, params) => {
      requireParams("scaleByFactoredRms", params);
      const step = subtract(state.count, stepOffset);
      const decay = decayRateFn ? decayRateFn(step, decayRate) : decayAt(step, decayRate);
      const blend = (average: NDArray, now: NDArray): NDArray =>
        add(multiply(decay, average), multiply(subtract(1, decay), now)).astype(average.dtype);
      // Leaves of a function's own class, so that no tree takes them for a node.
      const results = treeMap(
        (g, row, column, all, p) => new Box(average(g, row!, column!, all!, epsilon, axesOf(asarray(p!).shape), blend)),
        updates,
        state.v_row,
        state.v_col,
        state.v,
        params,
      );
      const part = (i: 0 | 1 | 2 | 3): Tree => treeMap((box) => (box as unknown as Box).parts[i], results);
      return [part(0), { count: safeIncrement(state.count), v_row: part(1), v_col: part(2), v: part(3) }];
    },
  );
}

class Box {
  readonly parts: Averages;

  constructor(parts: Averages) {
    this.parts = parts;
  }
}

function decayAt(step: NDArray, exponent: Scalar): NDArray {
  const t = asarray(add(step, 1), "float32");
  return subtract(1, power(t, typeof exponent === "number" ? -exponent : multiply(-1, exponent)));
}

function average(
  g: NDArray,
  row: NDArray,
  column: NDArray,
  all: NDArray,
  epsilon: Scalar,
  axes: readonly [number, number] | undefined,
  blend: (average: NDArray, now: NDArray) => NDArray,
): Averages {
  const squares = add(square(g), epsilon);
  if (axes === undefined) {
    const next = blend(all, squares);
    return [multiply(g, power(next, -0.5)), row, column, next];
  }
  const [second, first] = axes;
  const rows = blend(row, mean(squares, first));
  const columns = blend(column, mean(squares, second));
  const ofRows = mean(rows, { axis: second > first ? second - 1 : second, keepdims: true });
  const byRow = expandDims(power(divide(rows, ofRows), -0.5), first);
  const byColumn = expandDims(power(columns, -0.5), second);
  return [multiply(multiply(g, byRow), byColumn), rows, columns, all];
}

/** The second largest and the largest axis; of equal ones the later counts as larger. */
function largestAxes(shape: readonly number[], least: number): readonly [number, number] | undefined {
  const axes = shape.map((_, axis) => axis).sort((a, b) => shape[a]! - shape[b]!);
  const [second, first] = axes.slice(-2);
  return first === undefined || second === undefined || shape[second]! < least ? undefined : [second, first];
}
