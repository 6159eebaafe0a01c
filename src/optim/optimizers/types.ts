import type { Named } from "../arguments.ts";
import type { GradientTransformation, ScalarOrSchedule } from "../base.ts";
import type { AddDecayedWeightsState } from "../transforms/decay.ts";
import type { ScaleByScheduleState } from "../transforms/scale.ts";
import type { EmptyState } from "../tree/emptynodes.ts";
import type { Mask, MaskedState } from "../wrappers/masked.ts";

/** A learning rate and options, by place in the order of the words, or all in one object. */
export type WithLearningRate<Options, Words extends string = ""> = Named<
  "learningRate",
  ScalarOrSchedule,
  Options,
  Words
>;

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
