/** Learning rates as functions of the step, with the names of `optax.schedules`. */
export { injectHyperparams } from "../inject.ts";
export type { InjectHyperparamsState } from "../inject.ts";
export type { Schedule } from "../base.ts";
export { cosineDecaySchedule, sgdrSchedule, warmupCosineDecaySchedule } from "./cosine.ts";
export type { CosineDecayOptions, WarmupCosineDecayOptions } from "./cosine.ts";
export { exponentialDecay, warmupExponentialDecaySchedule } from "./exponential.ts";
export type { ExponentialDecayOptions, WarmupExponentialDecayOptions } from "./exponential.ts";
export { joinSchedules } from "./join.ts";
export {
  cosineOnecycleSchedule,
  linearOnecycleSchedule,
  piecewiseConstantSchedule,
  piecewiseInterpolateSchedule,
} from "./piecewise.ts";
export type {
  BoundariesAndScales,
  CosineOnecycleOptions,
  InterpolateType,
  LinearOnecycleOptions,
  PiecewiseConstantOptions,
  PiecewiseInterpolateOptions,
} from "./piecewise.ts";
export { constantSchedule, linearSchedule, polynomialSchedule, warmupConstantSchedule } from "./polynomial.ts";
export type { LinearScheduleOptions, PolynomialScheduleOptions, WarmupConstantScheduleOptions } from "./polynomial.ts";
