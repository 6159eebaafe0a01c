import { add, multiply } from "../../array/index.ts";
import { named } from "../arguments.ts";
import type { GradientTransformation, ScalarOrSchedule } from "../base.ts";
import { requireParams, transformation } from "../base.ts";
import { safeIncrement, zeroCount } from "../count.ts";
import { withPart } from "../fused/parts.ts";
import type { EmptyState } from "../tree/emptynodes.ts";
import { treeMap } from "../tree/map.ts";
import type { Mask, MaskedState } from "../wrappers/masked.ts";
import { masked } from "../wrappers/masked.ts";
import { initEmptyState } from "./basic.ts";
import type { ScaleByScheduleState } from "./scale.ts";

/** The state of weight decay: a count where it is a schedule. */
export type AddDecayedWeightsState = EmptyState | ScaleByScheduleState;

interface DecayArguments {
  readonly weightDecay: ScalarOrSchedule;
  readonly mask: Mask | null;
}

/**
 * Weight decay: u = g + weightDecay * p.
 *
 * `weightDecay` is a number, or a schedule; 0, the default, leaves updates as they are. `mask` says which leaves decay:
 * a tree of booleans, a prefix of one, or a function of the parameters; the default is all of them.
 *
 * Source: optax 0.2.8 `optax/transforms/_adding.py` (`add_decayed_weights`).
 * @throws TypeError if an update gets no parameters
 * @example
 * const tx = optax.addDecayedWeights(0.5, { a: true, b: false });
 * const params = { a: jnp.array([2]), b: jnp.array([2]) };
 * const [u] = tx.update(params, tx.init(params), params);
 * [u.a.tolist(), u.b.tolist()] // => [[3], [2]]
 */
export function addDecayedWeights(
  ...args:
    | readonly [weightDecay?: ScalarOrSchedule, mask?: Mask | null]
    | readonly [options: { readonly weightDecay?: ScalarOrSchedule; readonly mask?: Mask | null }]
): GradientTransformation<AddDecayedWeightsState | MaskedState<AddDecayedWeightsState>> {
  const [first, second] = args;
  const byPosition = typeof first !== "object" || first === null || "dtype" in first;
  const { weightDecay, mask } = named<DecayArguments>(
    "addDecayedWeights",
    byPosition ? [{ weightDecay: first, mask: second }] : args,
    { weightDecay: 0, mask: null },
    ["weightDecay"],
  );
  const tx = decay(weightDecay);
  return mask === null ? tx : masked(tx, mask);
}

function decay(weightDecay: ScalarOrSchedule): GradientTransformation<AddDecayedWeightsState> {
  const scheduled = typeof weightDecay === "function";
  const tx = transformation<AddDecayedWeightsState>(
    scheduled ? () => ({ count: zeroCount() }) : initEmptyState,
    (updates, state, params) => {
      requireParams("addDecayedWeights", params);
      if (weightDecay === 0) return [updates, state];
      const count = scheduled ? (state as ScaleByScheduleState).count : undefined;
      const strength = scheduled ? weightDecay(count!.item()) : weightDecay;
      return [
        treeMap((g, p) => add(g, multiply(strength, p!)), updates, params),
        count ? { count: safeIncrement(count) } : state,
      ];
    },
  );
  return typeof weightDecay === "number" ? withPart(tx, { kind: "decay", strength: weightDecay }) : tx;
}
