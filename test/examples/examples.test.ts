import { nnx, random } from "flaxen";
import { expect, it } from "vitest";
import { CNN } from "../../examples/cnn.ts";
import { MLP } from "../../examples/mlp.ts";
import { onEachBackend } from "../backends.ts";
import { sha256 } from "../bits.ts";
import type { Digest, Encoded } from "../golden/load.ts";
import { golden } from "../golden/load.ts";
import { excess, flat, numbers } from "../nnx/nn/closeness.ts";
import { shapesOf, valueAt } from "../nnx/nn/layercases.ts";

interface ExampleCase {
  readonly model: "mlp" | "cnn";
  readonly shape: number[];
  readonly state: Record<string, Digest>;
  readonly logits: Encoded;
  readonly logits_float64: Encoded;
}

const CASES = golden<ExampleCase>("examples");
const MODELS = {
  mlp: (rngs: nnx.Rngs) => new MLP(64, 128, 10, { rngs }),
  cnn: (rngs: nnx.Rngs) => new CNN({ rngs }),
};

it("no golden example is left over", () => expect(CASES.map(({ model }) => model)).toEqual(Object.keys(MODELS)));

onEachBackend("the examples", () => {
  it.each(CASES.map((c) => [c.model, c] as const))(
    "%s has the weights of the same model in Flax, to the bit",
    (name, c) => {
      const model = MODELS[name](new nnx.Rngs(0));
      expect(Object.keys(shapesOf(model)).sort()).toEqual(Object.keys(c.state).sort());
      for (const [path, wanted] of Object.entries(c.state)) {
        const value = valueAt(model, path);
        expect({ dtype: value.dtype, shape: value.shape, sha256: sha256(value.data) }, path).toEqual(wanted);
      }
    },
  );

  it.each(CASES.map((c) => [c.model, c] as const))(
    "%s gives Flax's logits, after eval() and as a view, which changes nothing",
    (name, c) => {
      const x = random.normal(random.key(1), c.shape);
      const model = MODELS[name](new nnx.Rngs(0));
      const seen = nnx.view(model, { deterministic: true, useRunningAverage: true })(x);
      expect(model.dropout.deterministic).toBe(false);
      model.eval();
      for (const y of [seen, model(x)]) {
        expect([y.dtype, y.shape]).toEqual([c.logits.dtype, c.logits.shape]);
        expect(excess(flat(y), numbers(c.logits), numbers(c.logits_float64))).toBeLessThanOrEqual(0);
      }
    },
  );
});
