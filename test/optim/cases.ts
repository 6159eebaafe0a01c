/** The recorded optimizers by the text that stands for them. */
import type { NDArray } from "../../src/numpy.ts";
import * as optax from "../../src/optax.ts";

/** A recorded case of optimizers.json. */
export interface OptimizerCase {
  readonly optimizer: string;
  readonly options: Record<string, unknown>;
  readonly text?: string;
}

const schedule = (): optax.Schedule => optax.warmupCosineDecaySchedule(0, 0.1, 2, 5, 0.01);
const matrices = (params: unknown): unknown => optax.tree.map((x) => x.ndim > 1, params);

/** What options cannot say. */
const BY_TEXT: Record<string, (options: Record<string, unknown>) => optax.GradientTransformation> = {
  "mask: ndim > 1": (options) => optax.adamw({ ...options, mask: matrices } as never),
  "learningRate: warmupCosineDecaySchedule(0, 0.1, 2, 5, 0.01), weightDecay 0.01": () =>
    optax.adamw(schedule(), { weightDecay: 0.01 }),
  "chain(clipByGlobalNorm(1), adamw(0.1, {b2: 0.99, weightDecay: 0.1, mask: ndim > 1}))": () =>
    optax.chain(optax.clipByGlobalNorm(1), optax.adamw(0.1, { b2: 0.99, weightDecay: 0.1, mask: matrices })),
  "chain(clipByGlobalNorm(1e6), sgd(0.1))": () => optax.chain(optax.clipByGlobalNorm(1e6), optax.sgd(0.1)),
  "chain(clip(0.5), trace({decay: 0.9}), scale(-0.1))": () =>
    optax.chain(optax.clip(0.5), optax.trace({ decay: 0.9 }), optax.scale(-0.1)),
  "chain(addDecayedWeights(0.1), scaleByAdam(), scaleByLearningRate(0.1))": () =>
    optax.chain(optax.addDecayedWeights(0.1), optax.scaleByAdam(), optax.scaleByLearningRate(0.1)),
  "chain(scaleByAdam(), scaleBySchedule(c => -0.1 / (1 + c)), applyEvery(2))": () =>
    optax.chain(
      optax.scaleByAdam(),
      optax.scaleBySchedule((c) => -0.1 / (1 + c)),
      optax.applyEvery(2),
    ),
  "chain(clipByBlockRms(0.3), adaptiveGradClip(0.05), centralize(), sgd(0.1))": () =>
    optax.chain(optax.clipByBlockRms(0.3), optax.adaptiveGradClip(0.05), optax.centralize(), optax.sgd(0.1)),
  "chain(zeroNans(), ema(0.9), scale(-0.1))": () => optax.chain(optax.zeroNans(), optax.ema(0.9), optax.scale(-0.1)),
  "multiTransform({x: adam(0.1), y: sgd(0.5), z: setToZero()}, {a: x, b: y, c: z})": () =>
    optax.multiTransform({ x: optax.adam(0.1), y: optax.sgd(0.5), z: optax.setToZero() }, { a: "x", b: "y", c: "z" }),
  "chain(masked(scale(0.5), {a: true, b: false, c: true}), sgd(0.1))": () =>
    optax.chain(optax.masked(optax.scale(0.5), { a: true, b: false, c: true }), optax.sgd(0.1)),
  "injectHyperparams(adamw)({learningRate: warmupCosineDecaySchedule(0, 0.1, 2, 5, 0.01), weightDecay: 0.01})": () =>
    optax.injectHyperparams(optax.adamw)({ learningRate: schedule(), weightDecay: 0.01 }),
  "new MultiSteps(adam(0.1), {everyKSchedule: 2})": () => new optax.MultiSteps(optax.adam(0.1), { everyKSchedule: 2 }),
  "applyIfFinite(adam(0.1), 3)": () => optax.applyIfFinite(optax.adam(0.1), 3),
  "chain(sgd(0.1), keepParamsNonnegative())": () => optax.chain(optax.sgd(0.1), optax.keepParamsNonnegative()),
};

/** The optimizer of a case. */
export function optimizerOf({ optimizer, options, text }: OptimizerCase): optax.GradientTransformation {
  if (text !== undefined) return BY_TEXT[text]!(options);
  const make = optimizer
    .split(".")
    .reduce<unknown>((space, name) => (space as Record<string, unknown>)[name], optax) as (
    options: object,
  ) => optax.GradientTransformation;
  return make(options);
}

/** The leaves of a state in the order in which JAX lists them: fields as they were declared, names of a dict sorted. */
export function stateLeaves(state: unknown): NDArray[] {
  if (state === null || typeof state !== "object") return [];
  if (Array.isArray(state)) return state.flatMap(stateLeaves);
  if ("dtype" in state) return [state as unknown as NDArray];
  return Object.entries(state).flatMap(([key, value]: [string, unknown]) =>
    stateLeaves(key === "inner_states" ? Object.fromEntries(Object.entries(value as object).sort()) : value),
  );
}
