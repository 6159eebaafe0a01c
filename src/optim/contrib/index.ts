/** optax.contrib: optimizers that are not in the core of optax. */
export { acprop, scaleByAcprop } from "./acprop.ts";
export type { ScaleByAcpropOptions } from "./acprop.ts";
export { ademamix, scaleByAdemamix } from "./ademamix.ts";
export type { ScaleByAdemamixOptions, ScaleByAdemamixState } from "./ademamix.ts";
export { adopt, scaleByAdopt } from "./adopt.ts";
export type { ScaleByAdoptOptions } from "./adopt.ts";
export { cocob, scaleByCocob } from "./cocob.ts";
export type { CocobOptions, CocobState, ScaleByCocobOptions } from "./cocob.ts";
export { madgrad, scaleByMadgrad } from "./madgrad.ts";
export type { MadgradOptions, MadgradState, ScaleByMadgradOptions } from "./madgrad.ts";
export { muon, scaleByMuon, scaleByShape } from "./muon.ts";
export type { MuonOptions, MuonState, ScaleByMuonOptions, ScaleByShapeOptions } from "./muon.ts";
export { dadaptAdamw, prodigy } from "./prodigy.ts";
export type { DAdaptAdamWOptions, DAdaptAdamWState, ProdigyOptions, ProdigyState } from "./prodigy.ts";
export { reduceOnPlateau } from "./reduceonplateau.ts";
export type { ReduceLROnPlateauState, ReduceOnPlateauOptions } from "./reduceonplateau.ts";
export { normalize, sam } from "./sam.ts";
export type { SamGradFn, SamOptions, SAMState } from "./sam.ts";
export { scheduleFree, scheduleFreeAdamw, scheduleFreeEvalParams, scheduleFreeSgd } from "./schedulefree.ts";
export type {
  ScheduleFreeAdamwOptions,
  ScheduleFreeOptions,
  ScheduleFreeSgdOptions,
  ScheduleFreeState,
} from "./schedulefree.ts";
export * from "../../absent/contrib.ts";
