import { describe, expect, it } from "vitest";
import type { NDArray } from "../../../src/numpy.ts";
import { nnx, numpy as jnp, optax, random } from "../../../src/index.ts";
import { onEachBackend } from "../../backends.ts";
import type { Encoded } from "../../golden/load.ts";
import { numbersOf, recorded, revive } from "../../golden/training.ts";
import { optimizerOf } from "../../optim/cases.ts";

interface Recorded {
  readonly optimizer: string;
  readonly options: Record<string, unknown>;
  readonly text?: string;
  readonly params: Record<string, Encoded>;
  readonly updates: readonly Record<string, Encoded>[];
  readonly final: Record<string, Encoded>;
}

const { cases, grads } = recorded<{ cases: readonly Recorded[]; grads: readonly Record<string, Encoded>[] }>(
  "optimizers",
);

/** A model with the recorded parameters, and a buffer and a statistic that are not trained. */
class Model extends nnx.Module {
  readonly a: nnx.Param;
  readonly b: nnx.Param;
  readonly c: nnx.Param;
  readonly mean = new nnx.BatchStat([1, 2]);
  constructor(params: Record<string, Encoded>) {
    super();
    const of = (name: string): nnx.Param => new nnx.Param(revive(params[name]) as NDArray, { unit: name });
    this.a = of("a");
    this.b = of("b");
    this.c = of("c");
  }
}

/** Recorded gradients as `nnx.grad` gives them. */
function gradients(model: object, step: number): nnx.State {
  return nnx.mapState(
    (path, leaf) => (leaf as nnx.Param).replace(revive(grads[step]![String(path[0])]) as NDArray),
    nnx.state(model, nnx.Param),
  );
}

/** Linears by name and in a list, of which only some hold Params. */
class Net extends nnx.Module {
  readonly linear1 = new nnx.Linear(2, 3, { rngs: new nnx.Rngs(0) });
  readonly layers = new nnx.List<object>([
    new nnx.Linear(3, 3, { rngs: new nnx.Rngs(1) }),
    nnx.relu,
    new nnx.Linear(3, 2, { rngs: new nnx.Rngs(2) }),
  ]);
  readonly bn = new nnx.BatchNorm(3, { rngs: new nnx.Rngs(3) });
}

function onesLike(model: object): nnx.State {
  return nnx.mapState((_, leaf) => (leaf as nnx.Param).replace(jnp.ones(leaf.shape)), nnx.state(model, nnx.Param));
}

function paths(node: object): string[] {
  return nnx.toFlatState(nnx.state(node)).map(([path]) => path.join("/"));
}

/** Every bit of a model or an optimizer. */
function bits(node: object): unknown {
  return nnx
    .toFlatState(nnx.state(node))
    .map(([path, leaf]) => [
      path.join("/"),
      leaf.constructor.name,
      leaf.dtype,
      Array.from((leaf as nnx.Param).get().data),
    ]);
}

onEachBackend("nnx.Optimizer against optax in JAX", () => {
  const exact = cases.filter(
    ({ optimizer, text }) =>
      /^(sgd|adam|adamw|lion|novograd|amsgrad)$/.test(optimizer) || /chain\(clipByGlobalNorm/.test(text ?? ""),
  );
  it.each(exact.map((one) => [`${one.optimizer} ${one.text ?? JSON.stringify(one.options)}`, one] as const))(
    "%s: parameters and updates of five steps",
    (_, one) => {
      const model = new Model(one.params);
      const optimizer = new nnx.Optimizer(model, optimizerOf(one), { wrt: nnx.Param });
      const tx = optimizerOf(one);
      let params = revive(one.params) as Record<string, NDArray>;
      let state = tx.init(params);
      for (let i = 0; i < grads.length; i++) {
        const updates = optimizer.update(model, gradients(model, i));
        const [u, next] = tx.update(revive(grads[i]) as typeof params, state, params);
        [params, state] = [optax.applyUpdates(params, u), next];
        for (const name of ["a", "b", "c"])
          expect((updates.get(name) as unknown as NDArray).tolist(), `update ${i}, ${name}`).toEqual(u[name]!.tolist());
      }
      for (const name of ["a", "b", "c"] as const) {
        expect(model[name].get().tolist()).toEqual(params[name]!.tolist());
        if (one.optimizer !== "novograd")
          expect(Array.from(model[name].get().data)).toEqual(numbersOf(one.final[name]!));
      }
      expect(optimizer.step.get().item()).toBe(5);
      expect(optimizer.step.dtype).toBe("uint32");
      expect(model.mean.get().tolist()).toEqual([1, 2]);
    },
  );
});

describe("what an Optimizer is", () => {
  it("has Flax's paths and kinds, lists by number", () => {
    const model = new Net();
    const optimizer = new nnx.Optimizer(model, optax.adamw(1e-3), { wrt: nnx.Param });
    const below = [
      "bn/bias",
      "bn/scale",
      "layers/0/bias",
      "layers/0/kernel",
      "layers/2/bias",
      "layers/2/kernel",
      "linear1/bias",
      "linear1/kernel",
    ];
    expect(paths(optimizer)).toEqual([
      "opt_state/0/count",
      ...below.map((path) => `opt_state/0/mu/${path}`),
      ...below.map((path) => `opt_state/0/nu/${path}`),
      "step",
    ]);
    const flat = nnx.toFlatState(nnx.state(optimizer));
    expect(flat.find(([path]) => path.join("/") === "opt_state/0/mu/layers/2/kernel")![0]).toEqual([
      "opt_state",
      0,
      "mu",
      "layers",
      2,
      "kernel",
    ]);
    const kinds = Object.fromEntries(flat.map(([path, leaf]) => [path.join("/"), leaf.constructor]));
    expect(kinds["step"]).toBe(nnx.OptState);
    expect(kinds["opt_state/0/count"]).toBe(nnx.OptArray);
    expect(kinds["opt_state/0/mu/bn/scale"]).toBe(nnx.OptVariable);
  });

  it.each([
    [
      "masked leaves have no state",
      optax.chain(
        optax.clipByGlobalNorm(1),
        optax.masked(optax.trace({ decay: 0.9 }), (p) => optax.tree.map((x) => x.ndim > 1, p)),
      ),
      [
        "opt_state/1/inner_state/trace/layers/0/kernel",
        "opt_state/1/inner_state/trace/layers/2/kernel",
        "opt_state/1/inner_state/trace/linear1/kernel",
        "step",
      ],
    ],
    [
      "hyperparameters have Python's names",
      optax.injectHyperparams(optax.sgd)({ learningRate: 0.1 }),
      ["opt_state/count", "opt_state/hyperparams/learning_rate", "step"],
    ],
    [
      "groups have theirs",
      optax.partition({ heavy: optax.trace({ decay: 0.9 }), rest: optax.setToZero() }, (p: unknown) =>
        optax.tree.mapWithPath((path) => (path[0] === "linear1" ? "heavy" : "rest"), p),
      ),
      [
        "opt_state/inner_states/heavy/inner_state/trace/linear1/bias",
        "opt_state/inner_states/heavy/inner_state/trace/linear1/kernel",
        "step",
      ],
    ],
    [
      "a single transformation has no number",
      optax.trace({ decay: 0.9 }),
      paths(new Net())
        .filter((p) => !/mean|var|rngs/.test(p))
        .map((p) => `opt_state/trace/${p}`)
        .concat("step"),
    ],
    ["no state is no path", optax.sgd(0.1), ["step"]],
    ["no state at all", optax.scale(-1), ["step"]],
  ])("%s", (_, tx, expected) => {
    const model = new Net();
    const optimizer = new nnx.Optimizer(model, tx as optax.GradientTransformation, { wrt: nnx.Param });
    expect(paths(optimizer)).toEqual(expected);
    optimizer.update(model, onesLike(model));
    expect(paths(optimizer)).toEqual(expected);
  });

  it("keeps the metadata of the Params", () => {
    const model = new Model(cases[0]!.params);
    const optimizer = new nnx.Optimizer(model, optax.adam(0.1), { wrt: nnx.Param });
    const mu = nnx.state(optimizer).get<nnx.OptVariable>("opt_state", 0, "mu", "b");
    expect(mu.metadata).toEqual({ unit: "b" });
  });

  it("its Variables stay the same ones over updates", () => {
    const model = new Net();
    const optimizer = new nnx.Optimizer(model, optax.adam(0.1), { wrt: nnx.Param });
    const before = nnx.toFlatState(nnx.state(optimizer)).map(([, leaf]) => leaf);
    optimizer.update(model, onesLike(model));
    expect(nnx.toFlatState(nnx.state(optimizer)).every(([, leaf], i) => leaf === before[i])).toBe(true);
  });

  it("splits, merges and clones: what comes back goes on with the same bits", () => {
    const model = new Net();
    const optimizer = new nnx.Optimizer(model, optax.adamw(0.1), { wrt: nnx.Param });
    optimizer.update(model, onesLike(model));
    const [graphdef, state] = nnx.split(optimizer);
    const merged = nnx.merge(graphdef, state, { copy: true });
    const [copy, twin] = [nnx.clone(model), nnx.clone(optimizer)];
    expect(merged).toBeInstanceOf(nnx.Optimizer);
    for (const [one, its] of [
      [merged, nnx.clone(model)],
      [twin, copy],
    ] as const) {
      const start = nnx.clone(optimizer);
      const own = nnx.clone(model);
      start.update(own, onesLike(own));
      one.update(its, onesLike(its));
      expect(bits(one)).toEqual(bits(start));
      expect(bits(its)).toEqual(bits(own));
    }
  });

  it("resumes from a pure dict to the bit", () => {
    const [model, other] = [new Net(), new Net()];
    const optimizer = new nnx.Optimizer(model, optax.adam(0.1), { wrt: nnx.Param });
    for (let i = 0; i < 3; i++) optimizer.update(model, onesLike(model));
    const saved = [nnx.toPureDict(nnx.state(model)), nnx.toPureDict(nnx.state(optimizer))];
    const second = new nnx.Optimizer(other, optax.adam(0.1), { wrt: nnx.Param });
    const [forModel, forOptimizer] = [nnx.state(other), nnx.state(second)];
    nnx.replaceByPureDict(forModel, saved[0]!);
    nnx.replaceByPureDict(forOptimizer, saved[1]!);
    nnx.update(other, forModel);
    nnx.update(second, forOptimizer);
    optimizer.update(model, onesLike(model));
    second.update(other, onesLike(other));
    expect(bits(second)).toEqual(bits(optimizer));
    expect(bits(other)).toEqual(bits(model));
  });

  it("an update writes into the Variables of opt_state, which stays the object that it was", () => {
    const model = new Net();
    const optimizer = new nnx.Optimizer(model, optax.chain(optax.clip(1), optax.adam(0.1)), { wrt: nnx.Param });
    const { opt_state: tree } = optimizer;
    const before = bits(optimizer);
    optimizer.update(model, onesLike(model));
    expect(bits(optimizer)).not.toEqual(before);
    expect(optimizer.opt_state).toBe(tree);
  });

  it("optState is the tree, in camel case too; its Variables may be set, it may not", () => {
    const model = new Net();
    const optimizer = new nnx.Optimizer(model, optax.injectHyperparams(optax.sgd)({ learningRate: 0.5 }), {
      wrt: nnx.Param,
    });
    const tree = optimizer.optState as {
      hyperparams: { learningRate: nnx.OptArray<NDArray>; learning_rate: nnx.OptArray<NDArray> };
    };
    expect(tree.hyperparams.learningRate).toBe(tree.hyperparams.learning_rate);
    expect(() => Object.assign(tree.hyperparams, { learningRate: 1 })).toThrow(TypeError);
    tree.hyperparams.learningRate.set(0.25);
    const before = model.linear1.bias!.get();
    optimizer.update(model, onesLike(model));
    expect(before.sub(model.linear1.bias!).tolist()).toEqual([0.25, 0.25, 0.25]);
  });

  it("wrt freezes what it does not choose", () => {
    const model = new Net();
    const wrt = nnx.All(nnx.Param, nnx.PathContains("linear1"));
    const optimizer = new nnx.Optimizer(model, optax.sgd(1), { wrt });
    const frozen = Array.from((model.layers[0] as nnx.Linear).kernel.get().data);
    // The gradients of all Params: those that are not trained are left out, as Flax leaves them out.
    optimizer.update(model, onesLike(model));
    expect(Array.from((model.layers[0] as nnx.Linear).kernel.get().data)).toEqual(frozen);
    expect(model.linear1.bias!.get().tolist()).toEqual([-1, -1, -1]);
  });

  it("gradients may be bare arrays, or nested objects of them", () => {
    const models = [new Net(), new Net(), new Net()];
    const [first, second, third] = models.map((model) => new nnx.Optimizer(model, optax.sgd(1), { wrt: nnx.Param }));
    first!.update(models[0]!, onesLike(models[0]!));
    second!.update(models[1]!, nnx.asPure(onesLike(models[1]!)));
    third!.update(models[2]!, nnx.toPureDict(onesLike(models[2]!)));
    expect(bits(models[1]!)).toEqual(bits(models[0]!));
    expect(bits(models[2]!)).toEqual(bits(models[0]!));
  });

  it("shared Params have one state and move once", () => {
    const shared = new nnx.Param([1, 2]);
    const model = new nnx.Dict({ a: shared, b: shared });
    const optimizer = new nnx.Optimizer(model, optax.sgd(1, { momentum: 0.9 }), { wrt: nnx.Param });
    expect(paths(optimizer)).toEqual(["opt_state/0/trace/a", "step"]);
    optimizer.update(model, onesLike(model));
    expect(shared.get().tolist()).toEqual([0, 1]);
  });

  it("parameters keep their dtype", () => {
    const model = new nnx.Dict({ w: new nnx.Param(jnp.ones([2], "bfloat16")) });
    const optimizer = new nnx.Optimizer(model, optax.adam(0.5), { wrt: nnx.Param });
    optimizer.update(model, nnx.fromFlatState([[["w"], jnp.ones([2])]]));
    expect(model.get("w").dtype).toBe("bfloat16");
    expect(model.get("w").get().tolist()).toEqual([0.5, 0.5]);
  });

  it("a transformation of the user's may keep numbers, and trees that change", () => {
    const model = new Net();
    const counted: optax.GradientTransformation<{ steps: number; seen: Record<string, NDArray> }> = {
      init: () => ({ steps: 0, seen: {} }),
      update: (updates, { steps, seen }) => [
        updates,
        { steps: steps + 1, seen: { ...seen, [`s${steps}`]: jnp.ones([1]) } },
      ],
    };
    const optimizer = new nnx.Optimizer(model, optax.chain(counted, optax.scale(-1)), { wrt: nnx.Param });
    for (let i = 0; i < 2; i++) optimizer.update(model, onesLike(model));
    expect(paths(optimizer)).toEqual(["opt_state/0/seen/s0", "opt_state/0/seen/s1", "step"]);
    expect((optimizer.optState as [{ steps: number }])[0].steps).toBe(2);
  });

  it("extra arguments reach the transformation, Variables as arrays", () => {
    const model = new nnx.Dict({ w: new nnx.Param([2, 0]) });
    const optimizer = new nnx.Optimizer(model, optax.polyakSgd(), { wrt: nnx.Param });
    optimizer.update(model, nnx.fromFlatState([[["w"], jnp.array([2, 0])]]), { value: new nnx.Param(2) });
    expect(model.get("w").get().tolist()).toEqual([1, 0]);
  });

  it("NaN gradients make NaN parameters; applyIfFinite guards", () => {
    const [model, guarded] = [new nnx.Dict({ w: new nnx.Param([1]) }), new nnx.Dict({ w: new nnx.Param([1]) })];
    const nan = nnx.fromFlatState([[["w"], jnp.array([NaN])]]);
    new nnx.Optimizer(model, optax.sgd(1), { wrt: nnx.Param }).update(model, nan);
    new nnx.Optimizer(guarded, optax.applyIfFinite(optax.sgd(1), 5), { wrt: nnx.Param }).update(guarded, nan);
    expect(model.get("w").get().tolist()).toEqual([NaN]);
    expect(guarded.get("w").get().tolist()).toEqual([1]);
  });

  it("ModelAndOptimizer holds its model, and its paths are beside the optimizer's", () => {
    const model = new nnx.Linear(2, 1, { rngs: new nnx.Rngs(0) });
    const optimizer = new nnx.ModelAndOptimizer(model, optax.sgd(1));
    optimizer.update(onesLike(model));
    expect(model.bias!.get().tolist()).toEqual([-1]);
    expect(paths(optimizer)).toEqual(["model/bias", "model/kernel", "step"]);
    const copy = nnx.clone(optimizer);
    expect(copy.model).not.toBe(model);
    copy.update(onesLike(model));
    expect([copy.model.bias!.get().tolist(), model.bias!.get().tolist()]).toEqual([[-2], [-1]]);
  });
});

describe("an Optimizer and bad input", () => {
  const model = new Net();
  const optimizer = new nnx.Optimizer(model, optax.adam(0.1), { wrt: nnx.Param });
  optimizer.update(model, onesLike(model));

  const without = (name: string): nnx.State =>
    nnx.fromFlatState([...onesLike(model)].filter(([path]) => path.join("/") !== name));
  const withLeaf = (path: (string | number)[], leaf: unknown): nnx.State =>
    nnx.fromFlatState([...onesLike(model), [path, leaf]] as never);

  it.each([
    [
      "no gradients",
      () => (optimizer as unknown as { update(x: unknown): void }).update(onesLike(model)),
      TypeError,
      /"grads" expected the State that nnx.grad gives, got undefined[^]*right: optimizer.update\(model, grads\)/,
    ],
    ["an array for gradients", () => optimizer.update(model, jnp.ones([2])), TypeError, /"grads" expected the State/],
    [
      "a gradient that is missing",
      () => optimizer.update(model, without("bn/scale")),
      nnx.StateError,
      /^MissingKeys: nnx.Optimizer.update: "bn\/scale" expected a gradient/,
    ],
    [
      "one too many",
      () => optimizer.update(model, withLeaf(["more"], jnp.ones([1]))),
      nnx.StateError,
      /^UnexpectedKeys: nnx.Optimizer.update: "more"/,
    ],
    [
      "one of another shape",
      () => optimizer.update(model, withLeaf(["bn", "scale"], jnp.ones([4]))),
      nnx.StateError,
      /^ShapeMismatch: .*"bn\/scale" expected a gradient of shape \[3\], got \[4\]/,
    ],
    [
      "gradients of another model",
      () => optimizer.update(model, onesLike(model.linear1)),
      nnx.StateError,
      /MissingKeys/,
    ],
    [
      "another model",
      () =>
        optimizer.update(
          new nnx.Linear(2, 3, { rngs: new nnx.Rngs(0) }) as never,
          onesLike(new nnx.Linear(2, 3, { rngs: new nnx.Rngs(0) })),
        ),
      RangeError,
      /trees expected one structure/,
    ],
    [
      "a key for a gradient",
      () => optimizer.update(model, withLeaf(["bn", "scale"], random.key(0))),
      TypeError,
      /expected an array at bn\/scale/,
    ],
    [
      "a transformation that fails",
      () =>
        new nnx.Optimizer(
          model,
          optax.chain(optax.sgd(1), {
            init: () => ({}),
            update: () => {
              throw new RangeError("mine");
            },
          } as never),
          { wrt: nnx.Param },
        ).update(model, onesLike(model)),
      RangeError,
      /mine/,
    ],
    [
      "a transformation that changes shapes",
      () =>
        new nnx.Optimizer(
          model,
          optax.stateless((u) => optax.tree.map((x) => jnp.ones([2, ...x.shape]), u)),
          { wrt: nnx.Param },
        ).update(model, onesLike(model)),
      nnx.StateError,
      /ShapeMismatch/,
    ],
  ] as const)("%s: an error, and nothing has changed", (_, run, type, message) => {
    const before = [bits(model), bits(optimizer)];
    expect(run).toThrow(type);
    expect(run).toThrow(message);
    expect([bits(model), bits(optimizer)]).toEqual(before);
  });

  it("an error while the model is written leaves the state of the transformation, too", () => {
    const widen = optax.stateless((u) => optax.tree.map((x) => jnp.ones([2, ...x.shape]), u));
    const own = new nnx.Optimizer(model, optax.chain(optax.trace({ decay: 0.9 }), widen), { wrt: nnx.Param });
    const before = [bits(model), bits(own)];
    expect(() => own.update(model, onesLike(model))).toThrow(/ShapeMismatch/);
    expect([bits(model), bits(own)]).toEqual(before);
  });

  it.each([
    [
      "no wrt",
      () => new nnx.Optimizer(model, optax.adam(0.1), undefined as never),
      TypeError,
      /"wrt" expected a filter[^]*{ wrt: nnx.Param }/,
    ],
    [
      "an optimizer that was not called",
      () => new nnx.Optimizer(model, optax.adam as never, { wrt: nnx.Param }),
      TypeError,
      /"tx" expected a transformation of optax, got function adam. Call it/,
    ],
    ["no transformation", () => new nnx.Optimizer(model, {} as never, { wrt: nnx.Param }), TypeError, /"tx" expected/],
    [
      "keys to train",
      () => new nnx.Optimizer(new nnx.Dropout(0.5, { rngs: new nnx.Rngs(0) }), optax.adam(0.1), { wrt: true }),
      TypeError,
      /expected to choose arrays, got \w+.* at rngs\//,
    ],
    [
      "no model",
      () => new nnx.Optimizer(5 as never, optax.adam(0.1), { wrt: nnx.Param }),
      TypeError,
      /expected a module/,
    ],
    [
      "its model",
      () => (optimizer as unknown as { model: unknown }).model,
      TypeError,
      /Optimizer.model does not exist/,
    ],
    ["a call", () => (optimizer as unknown as () => void)(), TypeError, /Optimizer is not callable/],
  ] as const)("%s: an error that says what to do", (_, run, type, message) => {
    expect(run).toThrow(type);
    expect(run).toThrow(message);
  });
});

it("a key in a transformation's state is state of the optimizer's, and lasts from one update to the next", () => {
  interface Noise {
    readonly key: random.Key;
    readonly name: string;
  }
  const noise = {
    init: (): Noise => ({ key: random.key(3), name: "noise" }),
    update: (updates: unknown, { key, name }: Noise) => [updates, { key: random.split(key).at(0), name }],
  };
  const model = new nnx.Linear(2, 3, { rngs: new nnx.Rngs(0) });
  const optimizer = new nnx.Optimizer(model, noise as never, { wrt: nnx.Param });
  const flat = nnx.toFlatState(nnx.state(optimizer, nnx.OptState)).map(([path, leaf]) => [path.join("/"), leaf]);
  expect(flat.map(([path]) => path)).toEqual(["opt_state/key", "step"]);
  const [[, kept]] = flat as unknown as [[string, nnx.OptArray<random.Key>]];
  expect(kept).toBeInstanceOf(nnx.OptArray);
  expect(kept.get().equals(random.key(3))).toBe(true);
  optimizer.update(model, nnx.grad((m: nnx.Linear) => m(jnp.ones([2])).sum())(model));
  expect(kept.get().equals(random.split(random.key(3)).at(0))).toBe(true);
});

it("numbers of JavaScript in a transformation's state are kept from one update to the next", () => {
  const counting = {
    init: () => ({ count: 0, nested: [{ count: 10 }] }),
    update: (updates: unknown, s: { count: number; nested: { count: number }[] }) => [
      updates,
      { count: s.count + 1, nested: s.nested.map(({ count }) => ({ count: count + 1 })) },
    ],
  };
  const model = new nnx.Linear(2, 3, { rngs: new nnx.Rngs(0) });
  const optimizer = new nnx.Optimizer(model, counting as never, { wrt: nnx.Param });
  const gradients = nnx.grad((m: nnx.Linear) => m(jnp.ones([2])).sum())(model);
  for (let i = 1; i < 4; i++) {
    optimizer.update(model, gradients);
    expect((optimizer as unknown as { opt_state: unknown }).opt_state).toEqual({
      count: i,
      nested: [{ count: 10 + i }],
    });
  }
});

it("gradients of other names are refused, of whatever shapes", () => {
  const model = new nnx.Dict({ a: new nnx.Param(jnp.ones([2])), b: new nnx.Param(jnp.ones([2])) });
  const optimizer = new nnx.Optimizer(model, optax.sgd(1), { wrt: nnx.Param });
  const others = nnx.state(new nnx.Dict({ c: new nnx.Param(jnp.ones([2])), d: new nnx.Param(jnp.ones([2])) }));
  expect(() => optimizer.update(model, others)).toThrow('"a" expected a gradient, got none; "b" expected');
  expect([...nnx.state(model)].map(([, leaf]) => (leaf as nnx.Param).get().tolist())).toEqual([
    [1, 1],
    [1, 1],
  ]);
});

it("a transformation may give its updates as plain objects", () => {
  const plain = {
    init: () => ({}),
    update: () => [{ layer: { kernel: jnp.ones([2, 3]), bias: jnp.ones([3]) } }, {}],
  };
  const make = (): nnx.Dict<nnx.Linear> => new nnx.Dict({ layer: new nnx.Linear(2, 3, { rngs: new nnx.Rngs(0) }) });
  const model = make();
  const grads = nnx.mapState((_, leaf) => jnp.ones((leaf as nnx.Param).shape), nnx.state(model, nnx.Param));
  const updates = new nnx.Optimizer(model, plain as never, { wrt: nnx.Param }).update(model, grads);
  expect([...updates].map(([path, leaf]) => [path.join("/"), (leaf as NDArray).shape])).toEqual([
    ["layer/bias", [3]],
    ["layer/kernel", [2, 3]],
  ]);
  const [before, after] = [make(), model].map((one) => nnx.toPureDict(nnx.state(one)) as { layer: nnx.Linear });
  for (const name of ["kernel", "bias"] as const) {
    const [old, now] = [before!, after!].map(({ layer }) => layer[name] as unknown as NDArray);
    expect(now!.tolist()).toEqual(old!.add(1).tolist());
  }
});
