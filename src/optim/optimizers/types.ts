import type { Named } from "../arguments.ts";
import type { GradientTransformation, ScalarOrSchedule } from "../base.ts";
import type { AddDecayedWeightsState } from "../transforms/decay.ts";
import type { ScaleByScheduleState } from "../transforms/scale.ts";
import type { EmptyState } from "../tree/emptynodes.ts";
import type { Mask, MaskedState } from "../wrappers/masked.ts";

/** A learning rate and options, or both in one object. */
export type WithLearningRate<Options> = Named<"learningRate", ScalarOrSchedule, Options>;

/** The state of what multiplies by the learning rate. */
export type LearningRateState = EmptyState | ScaleByScheduleState;

/** The state of weight decay. */
export type DecayState = AddDecayedWeightsState | MaskedState<AddDecayedWeightsState>;

/** An optimizer of one transformation and a learning rate. */
export type Optimizer<S> = GradientTransformation<readonly [S, LearningRateState]>;

/** An optimizer of one transformation, weight decay and a learning rate. */
export type DecayedOptimizer<S> = GradientTransformation<readonly [S, DecayState, LearningRateState]>;

/** What optimizers with weight decay take. */
export interface DecayOptions {
  /** How much of the parameters is added to the updates before they are multiplied by the learning rate. */
  readonly weightDecay?: ScalarOrSchedule;
  /** Which leaves decay. Default all. */
  readonly mask?: Mask | null;
}

/** The names of arguments that may be schedules. */
export const RATE_AND_DECAY: readonly string[] = ["learningRate", "weightDecay"];
