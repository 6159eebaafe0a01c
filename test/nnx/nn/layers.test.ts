import { expect, it } from "vitest";
import { nnx } from "../../../src/index.ts";
import type { NDArray } from "../../../src/index.ts";
import { onEachBackend } from "../../backends.ts";
import { hexWords } from "../../bits.ts";
import type { Encoded } from "../../golden/load.ts";
import { decode, golden } from "../../golden/load.ts";
import { camelCase } from "../calls.ts";
import { excess, flat, numbers } from "./closeness.ts";
import type { LayerCase } from "./layercases.ts";
import { build, isKnown, optionsOf, run, shapesOf, toArray, valueAt } from "./layercases.ts";

interface ActivationCase {
  readonly activation: string;
  readonly inputs: Encoded[];
  readonly outputs: Encoded[];
  readonly outputs_float64: Encoded[];
}

const GOLDEN = golden<LayerCase | ActivationCase>("layers");
const LAYERS = [...GOLDEN, ...golden<LayerCase>("products"), ...golden<LayerCase>("options")].filter(
  (item): item is LayerCase => "layer" in item && isKnown(item),
);
const ACTIVATIONS = GOLDEN.filter(
  (item): item is ActivationCase => "activation" in item && camelCase(item.activation) in nnx,
);

/** Kernels that come from LAPACK's QR in JAX. */
const RECURRENT = /(^|\/)dense_h\/kernel$/;

it("no case of layers.json is left over", () => {
  expect(
    GOLDEN.filter((item) => !(LAYERS as unknown[]).includes(item) && !(ACTIVATIONS as unknown[]).includes(item)),
  ).toEqual([]);
  expect(LAYERS.length).toBeGreaterThan(28);
  expect(ACTIVATIONS.length).toBe(20);
});

/** Paths, shapes and answers as text; or why there are none. */
function textOf(c: LayerCase): string {
  try {
    const model = build(c);
    return JSON.stringify([shapesOf(model), run(model, c).map((y) => [y.shape, hexWords(y.data)])]);
  } catch (error) {
    return String(error);
  }
}

it("every option that a case names is away from its default in one of them at least", () => {
  const named = new Set<string>();
  const changing = new Set<string>();
  for (const c of LAYERS.filter(({ layer }) => !["RNN", "Sequential"].includes(layer)))
    for (const option of optionsOf(c)) {
      named.add(`${c.layer}.${option}`);
      const { [option]: _, ...ctor } = c.ctor;
      if (textOf({ ...c, ctor }) !== textOf(c)) changing.add(`${c.layer}.${option}`);
    }
  expect([...named].filter((name) => !changing.has(name))).toEqual([]);
});

function expectClose(ours: NDArray, jax: Encoded, exact: Encoded | undefined): void {
  expect([ours.shape, ours.dtype]).toEqual([jax.shape, jax.dtype]);
  expect(excess(flat(ours), numbers(jax), numbers(exact ?? jax))).toBeLessThanOrEqual(0);
}

onEachBackend("layers have Flax's weights and answers", () => {
  it.each(LAYERS.map((c, i) => [`${c.layer} ${JSON.stringify(c.ctor).slice(0, 160)} #${i}`, c] as const))(
    "%s",
    (_, c) => {
      const model = build(c);
      expect(Object.keys(shapesOf(model)).sort()).toEqual(Object.keys(c.state).sort());
      for (const [path, encoded] of Object.entries(c.state)) {
        const value = valueAt(model, path);
        expect(value.shape, path).toEqual(encoded.shape);
        if (RECURRENT.test(path))
          numbers(encoded).forEach((wanted, i) =>
            expect(Math.abs(flat(value)[i]! - wanted), path).toBeLessThanOrEqual(2e-6),
          );
        else expect(hexWords(value.data), path).toEqual(hexWords(decode(encoded)));
      }
      const outputs = run(model, c);
      expect(outputs.length).toBe(c.outputs.length);
      outputs.forEach((y, i) => {
        if (c.layer === "Dropout") expect(hexWords(y.data)).toEqual(hexWords(decode(c.outputs[i]!)));
        else expectClose(y, c.outputs[i]!, c.outputs_float64?.[i]);
      });
    },
  );
});

onEachBackend("activations have JAX's answers", () => {
  it.each(ACTIVATIONS.map((c) => [c.activation, c] as const))("%s", (name, c) => {
    const activation = (nnx as unknown as Record<string, (x: NDArray) => NDArray>)[camelCase(name)]!;
    expectClose(activation(toArray(c.inputs[0]!)), c.outputs[0]!, c.outputs_float64[0]!);
  });
});
