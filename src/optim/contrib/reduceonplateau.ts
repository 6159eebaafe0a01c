import type { ArrayLike, NDArray } from "../../array/index.ts";
import {
  add,
  array,
  asarray,
  astype,
  divide,
  less,
  maximum,
  multiply,
  ones,
  subtract,
  zeros,
} from "../../array/index.ts";
import { assertScalar, named } from "../arguments.ts";
import type { GradientTransformation } from "../base.ts";
import { requireExtra, transformation } from "../base.ts";
import { safeIncrement, zeroCount } from "../count.ts";
import { treeDtype } from "../tree/dtype.ts";
import { treeScale } from "../tree/math.ts";

/** The state of `reduceOnPlateau`. */
export interface ReduceLROnPlateauState {
  /** The factor of the updates. */
  readonly scale: NDArray;
  readonly best_value: NDArray;
  /** int32: how many values one after another were no better. */
  readonly plateau_count: NDArray;
  /** int32: how many values of a cooldown are left. */
  readonly cooldown_count: NDArray;
  /** int32: how many values the average is of. */
  readonly count: NDArray;
  readonly avg_value: NDArray;
}

/** What `reduceOnPlateau` takes. */
export interface ReduceOnPlateauOptions {
  /** A factor of the scale at each reduction, between 0 and 1. Default 0.1. */
  readonly factor?: number;
  /** After how many values without improvement the scale is reduced. Default 10. */
  readonly patience?: number;
  /** A value is better below best * (1 - rtol) - atol. Defaults 1e-4 and 0. */
  readonly rtol?: number;
  readonly atol?: number;
  /** How many values after a reduction do not count. Default 0. */
  readonly cooldown?: number;
  /** How many values are averaged to one. Default 1. */
  readonly accumulationSize?: number;
  /** The scale is never smaller. Default 0. */
  readonly minScale?: number;
}

/**
 * Updates times a scale, which is reduced where a value, such as the loss, stops improving. It comes behind an
 * optimizer, and asks for the value at every update.
 *
 * Source: optax 0.2.8 `optax/contrib/_reduce_on_plateau.py` (`reduce_on_plateau`).
 * @throws RangeError if `factor`, `rtol` or `atol` is out of range; TypeError if an update gets no `{ value }`
 * @example
 * const tx = optax.contrib.reduceOnPlateau({ factor: 0.5, patience: 1 });
 * const grads = jnp.array([8]);
 * let [u, state] = tx.update(grads, tx.init(grads), undefined, { value: 2 });
 * [u, state] = tx.update(grads, state, undefined, { value: 2 });
 * u.tolist() // => [4]
 */
export function reduceOnPlateau(
  ...args: readonly [options?: ReduceOnPlateauOptions]
): GradientTransformation<ReduceLROnPlateauState> {
  const o = named<Required<ReduceOnPlateauOptions>>("contrib.reduceOnPlateau", args, {
    factor: 0.1,
    patience: 10,
    rtol: 1e-4,
    atol: 0,
    cooldown: 0,
    accumulationSize: 1,
    minScale: 0,
  });
  assertRanges(o);
  return transformation<ReduceLROnPlateauState>(
    (params) => {
      const highest = treeDtype(params, "highest");
      return {
        scale: ones([], treeDtype(params, "lowest")),
        best_value: asarray(Infinity, highest),
        plateau_count: zeroCount(),
        cooldown_count: zeroCount(),
        count: zeroCount(),
        avg_value: zeros([], highest),
      };
    },
    (updates, state, _, extra) => {
      const value = requireExtra("contrib.reduceOnPlateau", "value", extra);
      assertScalar("contrib.reduceOnPlateau", "value", value);
      const { dtype } = state.avg_value;
      const count = safeIncrement(state.count);
      const sum = add(multiply(state.count, state.avg_value), astype(asarray(value as ArrayLike), dtype));
      const gathered = { ...state, count, avg_value: astype(divide(sum, count), dtype) };
      const next = count.item() === o.accumulationSize ? afterAverage(gathered, o) : gathered;
      return [treeScale(next.scale, updates), next];
    },
  );
}

/** The state after an average that is complete. */
function afterAverage(
  { scale, best_value, plateau_count, cooldown_count, avg_value }: ReduceLROnPlateauState,
  { factor, patience, rtol, atol, cooldown, minScale }: Required<ReduceOnPlateauOptions>,
): ReduceLROnPlateauState {
  const better = less(avg_value, subtract(multiply(1 - rtol, best_value), atol)).item() !== 0;
  const plateau = better ? zeroCount() : safeIncrement(plateau_count);
  const cools = cooldown_count.item() > 0;
  const reduces = !cools && plateau.item() === patience;
  const left = cools ? subtract(cooldown_count, 1) : array(reduces ? cooldown : 0, "int32");
  return {
    scale: cools ? scale : maximum(reduces ? multiply(scale, factor) : scale, minScale),
    best_value: better ? avg_value : best_value,
    plateau_count: cools || reduces ? zeroCount() : plateau,
    cooldown_count: left,
    count: zeroCount(),
    avg_value: zeros([], avg_value.dtype),
  };
}

function assertRanges({ factor, rtol, atol }: Required<ReduceOnPlateauOptions>): void {
  if (!(factor > 0 && factor < 1)) throw rangeError("factor", "a number between 0 and 1", factor);
  if (!(rtol >= 0 && rtol <= 1)) throw rangeError("rtol", "a number from 0 to 1", rtol);
  if (!(atol >= 0)) throw rangeError("atol", "a number from 0 on", atol);
  if (rtol === 0 && atol === 0) throw rangeError("rtol", "a positive number where atol is 0", rtol);
}

function rangeError(name: string, expected: string, got: number): RangeError {
  return new RangeError(`optax.contrib.reduceOnPlateau: "${name}" expected ${expected}, got ${got}`);
}
