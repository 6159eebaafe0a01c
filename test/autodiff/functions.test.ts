import { describe, expect, it } from "vitest";
import { grad, vjp } from "../../src/index.ts";
import type { NDArray } from "../../src/index.ts";
import { onEachBackend } from "../backends.ts";
import { numbersOf, toArray } from "../golden/training.ts";
import { inaccuracy, rms, UNIT, unconventional } from "./acceptance.ts";
import type { FunctionCase } from "./functioncases.ts";
import { functionCases, functionOf, gradientsOf } from "./functioncases.ts";

const CASES = functionCases().map((testCase, i) => [`${testCase.fn} #${i}`, testCase] as const);

it("there are gradients of at least 250 functions", () => {
  expect(new Set(CASES.map(([, { fn }]) => fn)).size).toBeGreaterThanOrEqual(250);
});

/** What UNIT is of: of a draw 16 times as much, because JAX's own float32 is what it is held against. */
function scaleOf({ kind }: FunctionCase, exact: readonly ArrayLike<number>[]): number {
  return (kind === "draw" ? 16 : 1) * rms(exact);
}

onEachBackend("gradients of functions", () => {
  describe("are those of JAX", () => {
    it.each(CASES)("%s", (_, testCase) => {
      const got = gradientsOf(testCase);
      const jax = testCase.grads.map(numbersOf);
      const exact = (testCase.grads64 ?? testCase.grads).map(numbersOf);
      // Of equal cotangents the gradient of softmax is y * (1 - sum(y)), 0 except for rounding.
      const noise = testCase.fn === "nnx.softmax" ? UNIT : 0;
      got.forEach((gradient, i) => {
        expect(gradient.shape).toEqual(testCase.grads[i]!.shape);
        const problem =
          testCase.kind === "convention"
            ? unconventional(gradient.data, jax[i]!, noise)
            : inaccuracy(gradient.data, jax[i]!, exact[i]!, scaleOf(testCase, exact));
        expect(problem, problem).toBe("");
      });
      expect(got.length).toBe(jax.length);
    });
  });

  describe("can be differentiated again", () => {
    it.each(CASES.filter(([, { second }]) => second !== undefined))("%s", (_, testCase) => {
      const { f, x } = functionOf(testCase);
      const { ct, grads, grads64 } = testCase.second!;
      const cts = testCase.ct.map(toArray);
      const [x0, ...others] = x as [NDArray, ...NDArray[]];
      const got = grad((x: NDArray) => {
        const [, vjpFn] = vjp((y: NDArray) => f(y, ...others) as NDArray, x);
        return vjpFn(cts[0])[0].mul(toArray(ct)).sum();
      })(x0);
      const problem = inaccuracy(got.data, numbersOf(grads), numbersOf(grads64), rms([numbersOf(grads64)]));
      expect(problem, problem).toBe("");
    });
  });
});
