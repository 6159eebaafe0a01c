import { describe, expect, it } from "vitest";
import { nnx } from "../../../src/index.ts";
import { OPTIONS } from "./optioncases.ts";
import { attributesOf, effectsOf } from "./optioneffects.ts";

/** Modules that take no options. */
const WITHOUT_OPTIONS = ["Dict", "List", "Module", "RNNCellBase", "Sequential"];

/** Modules that are not layers. */
const OF_TRAINING = ["Metric", "ModelAndOptimizer", "MultiMetric", "Optimizer"];

/** Options that say how to compute, where there is one way. */
const HINTS = new Set(["precision", "unroll"]);

describe.each(OPTIONS.map((item) => [item.name, item] as const))("%s", (_, item) => {
  it("keeps its arguments and defaults as attributes", () => {
    expect(attributesOf(item.make({}))).toEqual(item.attributes);
  });

  it.each(Object.entries(item.options))("%s", (option, given) => {
    expect(effectsOf(item, option, given)).toEqual(given.effects);
    expect(given.effects.length > 0).toBe(!HINTS.has(option));
  });
});

it("every layer of nnx is in the table", () => {
  const layers = Object.entries(nnx)
    .filter(([, x]) => typeof x === "function" && (x === nnx.Module || x.prototype instanceof nnx.Module))
    .map(([name]) => name);
  expect([...OPTIONS.map(({ name }) => name), ...WITHOUT_OPTIONS, ...OF_TRAINING].sort()).toEqual(layers.sort());
});
