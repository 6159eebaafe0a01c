import { nnx } from "flaxen";
import { expect, it } from "vitest";
import { MLP, train } from "../../train-digits.ts";
import { digits } from "../../training/data.ts";
import { accuracyOf } from "../../training/progress.ts";

it("npm run example train-digits: over 97 % of the held-out digits right", () => {
  const sets = digits();
  const model = new MLP({ rngs: new nnx.Rngs(0) });
  expect([...train(model, sets.train, 5)].length).toBe(2145);
  expect(accuracyOf(model, sets.test.images, sets.test.labels)).toBeGreaterThan(0.97);
});
