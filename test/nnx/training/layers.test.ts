import { describe, expect, it } from "vitest";
import { inaccuracy, largestError, rms } from "../../autodiff/acceptance.ts";
import { onEachBackend } from "../../backends.ts";
import type { Encoded } from "../../golden/load.ts";
import { numbersOf, recorded } from "../../golden/training.ts";
import type { LayerCase } from "./layercases.ts";
import { gradientsOf } from "./layercases.ts";

const CASES = recorded<{ cases: LayerCase[] }>("grad_layers").cases.map(
  (testCase, i) => [`${testCase.layer} #${i}`, testCase] as const,
);

onEachBackend("gradients of layers", () => {
  describe("are those of Flax", () => {
    it.each(CASES)("%s", (_, testCase) => {
      const { params, inputs } = gradientsOf(testCase);
      const wanted = testCase.param_grads;
      expect([...params.keys()].sort()).toEqual(Object.keys(wanted).sort());
      const names = Object.keys(wanted);
      const got = [...names.map((name) => params.get(name)!), ...inputs];
      const jax: Encoded[] = [...names.map((name) => wanted[name]!), ...testCase.input_grads];
      const exact: Encoded[] =
        testCase.param_grads64 === undefined
          ? jax
          : [...names.map((name) => testCase.param_grads64![name]!), ...testCase.input_grads64!];
      // A recording without float64, or with float32 again, as JAX gives for layers that name their dtype, has errors
      // of its own, which nobody knows: 8 units then. The recordings in test/golden have float64 for all but Dropout.
      const isExact = exact.some((x, i) => x.b64 !== jax[i]!.b64 && largestError(numbersOf(x), numbersOf(jax[i]!)) > 0);
      const scale = rms(exact.map(numbersOf)) * (isExact ? 1 : 8);
      got.forEach((gradient, i) => {
        expect(gradient.shape).toEqual(jax[i]!.shape);
        const problem = inaccuracy(gradient.data, numbersOf(jax[i]!), numbersOf(exact[i]!), scale);
        expect(problem, `${names[i] ?? "input"}: ${problem}`).toBe("");
      });
    });
  });
});
