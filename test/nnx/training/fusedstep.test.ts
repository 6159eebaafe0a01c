import { describe, expect, it } from "vitest";
import { debugNans, nnx, numpy as jnp, optax, random } from "../../../src/index.ts";
import type { NDArray } from "../../../src/index.ts";
import { STEP } from "../../../src/optim/base.ts";
import { onEachBackend } from "../../backends.ts";

type Tx = optax.GradientTransformation;

/** The same transformation without its step in one pass. */
function parts({ init, update }: Tx): Tx {
  return { init, update };
}

type DType = NDArray["dtype"];

function layer(dtype: DType = "float32"): nnx.Linear {
  const made = new nnx.Linear(70, 50, { rngs: new nnx.Rngs(3) });
  for (const param of [made.kernel, made.bias!]) param.set(param.get().astype(dtype) as never);
  return made;
}

function gradients(step: number, dtype: DType = "float32"): Record<string, NDArray> {
  const draw = (shape: number[], i: number): NDArray =>
    random
      .normal(random.key(10 * step + i), shape)
      .mul(10 ** (step - 2))
      .astype(dtype);
  return { kernel: draw([70, 50], 0), bias: draw([50], 1) };
}

/** The words of all arrays: of the model, of the optimizer, and of the updates of each step. */
function train(tx: Tx, dtype: DType = "float32"): unknown[] {
  const model = layer(dtype);
  const optimizer = new nnx.Optimizer(model, tx, { wrt: nnx.Param });
  const updates = [0, 1, 2].map((step) => optimizer.update(model, gradients(step, dtype)));
  return [nnx.state(model), nnx.state(optimizer), ...updates].map((state) =>
    [...state].map(([path, leaf]) => {
      const value = (leaf instanceof nnx.Variable ? leaf.get() : leaf) as NDArray;
      return [path.join("/"), value.dtype, Buffer.from(value.data.buffer).toString("base64")];
    }),
  );
}

const FUSED: readonly (readonly [string, () => Tx])[] = [
  ["sgd", () => optax.sgd(0.1)],
  ["sgd by a schedule", () => optax.sgd(optax.linearSchedule(0.1, 0.01, 3))],
  ["sgd with momentum", () => optax.sgd(0.1, { momentum: 0.9 })],
  ["sgd with Nesterov momentum", () => optax.sgd(0.1, { momentum: 0.9, nesterov: true })],
  ["adam", () => optax.adam(1e-2)],
  ["adam with epsRoot, by a schedule", () => optax.adam(optax.exponentialDecay(0.1, 2, 0.5), { epsRoot: 1e-6 })],
  ["adamw", () => optax.adamw(1e-2, { weightDecay: 0.1 })],
  ["clipByGlobalNorm, adamw", () => optax.chain(optax.clipByGlobalNorm(1), optax.adamw(1e-2))],
  ["clip, scaleByAdam, scale", () => optax.chain(optax.clip(0.5), optax.scaleByAdam(), optax.scale(-0.1))],
];

const NOT_FUSED: readonly (readonly [string, () => Tx])[] = [
  ["lion", () => optax.lion(1e-2)],
  ["adamw with a mask", () => optax.adamw(1e-2, { mask: (params: object) => optax.tree.map(() => true, params) })],
  ["nadam", () => optax.nadam(1e-2)],
  ["momentum in bfloat16", () => optax.sgd(0.1, { momentum: 0.9, accumulatorDtype: "bfloat16" })],
  ["adam with a rate that is an array", () => optax.adam(jnp.array(1e-2))],
];

onEachBackend("a step in one pass", () => {
  it.each(FUSED)("%s has the bits of its parts", (_, make) => {
    expect(STEP in make()).toBe(true);
    expect(train(make())).toEqual(train(parts(make())));
  });

  it("leaves other dtypes to the parts", () => {
    expect(train(optax.adam(1e-2), "bfloat16")).toEqual(train(parts(optax.adam(1e-2)), "bfloat16"));
  });
});

describe("what is no step in one pass", () => {
  it.each(NOT_FUSED)("%s", (_, make) => {
    expect(train(make())).toEqual(train(parts(make())));
  });

  it("lets debugNans see every operation", () => {
    const model = layer();
    const optimizer = new nnx.Optimizer(model, optax.adam(1e-2), { wrt: nnx.Param });
    const before = model.kernel.get();
    const bad = { ...gradients(0), bias: jnp.full([50], NaN) };
    expect(() => debugNans(() => optimizer.update(model, bad))).toThrow(/ gave NaN/);
    expect(model.kernel.get()).toBe(before);
    expect(optimizer.step.get().item()).toBe(0);
  });
});

describe("a step that fails", () => {
  const wrong: Record<string, NDArray> = { kernel: jnp.ones([70, 49]), bias: jnp.ones([50]) };
  let steps = 0;
  const failing = (): number => {
    if (steps++ > 0) throw new Error("no rate");
    return 0.1;
  };
  it.each([
    ["a schedule throws", () => optax.adam(failing), gradients(1), /no rate/],
    ["a gradient has another shape", () => optax.adam(1e-2), wrong, /ShapeMismatch/],
    ["a gradient is missing", () => optax.sgd(0.1), { kernel: wrong.kernel! }, /MissingKeys/],
    ["a part before throws", () => optax.chain(optax.stateless(failing), optax.adam(1e-2)), gradients(1), /no rate/],
  ] as const)("leaves the model and the optimizer as they were where %s", (_, make, grads, message) => {
    steps = 0;
    const model = layer();
    const optimizer = new nnx.Optimizer(model, make() as Tx, { wrt: nnx.Param });
    try {
      optimizer.update(model, gradients(0));
    } catch {
      // What gives no tree of updates fails at once.
    }
    steps = 1;
    const words = (): unknown[] =>
      [nnx.state(model), nnx.state(optimizer)].map((state) =>
        [...state].map(([path, leaf]) => [
          path.join("/"),
          [...((leaf as nnx.Variable).get() as NDArray).flatten().data],
        ]),
      );
    const before = words();
    expect(() => optimizer.update(model, grads)).toThrow(message);
    expect(words()).toEqual(before);
  });
});
