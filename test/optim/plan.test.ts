/** Which optimizers one pass over the parameters does, and what of a chain runs before it. */
import { expect, it } from "vitest";
import { optax } from "../../src/index.ts";
import { planOf } from "../../src/optim/fused/plan.ts";

const rescaled = optax.scale(-0.1);

it.each([
  ["sgd", optax.sgd(0.1), [0, undefined, false]],
  ["sgd with momentum", optax.sgd(0.1, 0.9), [0, "trace", false]],
  ["adam", optax.adam(0.1), [0, "adam", false]],
  ["adamw", optax.adamw(0.1), [0, "adam", true]],
  ["identity and a scale", optax.chain(optax.identity(), rescaled), [0, undefined, false]],
  ["clip, identity and a scale", optax.chain(optax.clip(1), optax.identity(), rescaled), [1, undefined, false]],
  ["clip, Adam and a scale", optax.chain(optax.clip(1), optax.scaleByAdam(), rescaled), [1, "adam", false]],
  ["a scale alone", optax.chain(rescaled), [0, undefined, false]],
] as const)("%s is one pass", (_, tx, [before, direction, decays]) => {
  const plan = planOf(tx)!;
  expect([plan.before.length, plan.direction?.part.kind, plan.decay !== undefined]).toEqual([
    before,
    direction,
    decays,
  ]);
});

it.each([
  ["weight decay without Adam", optax.chain(optax.addDecayedWeights(0.1), rescaled)],
  ["a scale in the middle", optax.chain(rescaled, optax.clip(1))],
  ["no chain", optax.identity()],
])("%s runs as it is", (_, tx) => {
  expect(planOf(tx)).toBeUndefined();
});

it("holds the plan of a chain that comes last", () => {
  const plan = planOf(optax.chain(optax.clip(1), optax.adam(0.1)))!;
  expect([plan.before.length, plan.inner?.direction?.part.kind]).toEqual([1, "adam"]);
});
