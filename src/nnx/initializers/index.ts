/** flax.nnx.initializers: how weights begin, with JAX's names and JAX's bits. */
export { constant, ones, onesInit, zeros, zerosInit } from "./constant.ts";
export type { Axes, FanAxes } from "./fans.ts";
export type { Initializer } from "./initializer.ts";
export {
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  kaimingNormal,
  kaimingUniform,
  lecunNormal,
  lecunUniform,
  xavierNormal,
  xavierUniform,
} from "./named.ts";
export { deltaOrthogonal, orthogonal } from "./orthogonal.ts";
export type { OrthogonalOptions } from "./orthogonal.ts";
export { normal, truncatedNormal, uniform } from "./scaled.ts";
export type { TruncatedNormalOptions } from "./scaled.ts";
export { varianceScaling } from "./variance.ts";
export type { FanMode, ScalingDistribution, ScalingOptions } from "./variance.ts";
