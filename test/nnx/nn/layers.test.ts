import { afterAll, describe, expect, it } from "vitest";
import { useBackend } from "../../../src/index.ts";
import { hexWords } from "../../bits.ts";
import { decode, golden } from "../../golden/load.ts";
import { excess, flat, numbers } from "./closeness.ts";
import type { LayerCase } from "./layercases.ts";
import { build, isKnown, shapesOf, toArray, valueAt } from "./layercases.ts";

const CASES = [...golden<LayerCase>("layers"), ...golden<LayerCase>("products")].filter(isKnown);

afterAll(() => useBackend("auto"));

describe("layers have Flax's weights and answers", () => {
  it.each(CASES.map((c, i) => [`${c.layer} ${JSON.stringify(c.ctor).slice(0, 160)} #${i}`, c] as const))("%s", (_, c) => {
    const model = build(c);
    expect(shapesOf(model)).toEqual(Object.fromEntries(Object.entries(c.state).map(([path, { shape }]) => [path, shape])));
    for (const [path, encoded] of Object.entries(c.state)) {
      expect(hexWords(valueAt(model, path).data), path).toEqual(hexWords(decode(encoded)));
    }
    for (const backend of ["core", "wasm"] as const) {
      useBackend(backend);
      const y = model(...c.inputs.map(toArray));
      expect(y.shape).toEqual(c.outputs[0]!.shape);
      const jax = numbers(c.outputs[0]!);
      expect(excess(flat(y), jax, c.outputs_float64 ? numbers(c.outputs_float64[0]!) : jax)).toBeLessThanOrEqual(0);
    }
  });
});
