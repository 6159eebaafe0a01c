/** nnx.metrics: what is gathered over steps. */
export { Accuracy } from "./accuracy.ts";
export type { AccuracyOptions } from "./accuracy.ts";
export { Average } from "./average.ts";
export { Metric, MetricState } from "./metric.ts";
export type { MetricArguments } from "./metric.ts";
export { MultiMetric } from "./multimetric.ts";
export { Welford } from "./welford.ts";
export type { Statistics } from "./welford.ts";
