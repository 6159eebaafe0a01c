import { describe, expect, it } from "vitest";
import type { NDArray } from "../../src/numpy.ts";
import { nnx, numpy as jnp, optax } from "../../src/index.ts";

type Two = { readonly a: NDArray; readonly b: NDArray };
const ONES: Two = { a: jnp.ones([2]), b: jnp.ones([3]) };

function values(any: unknown): unknown[] {
  return optax.tree.leaves(any).map((x) => (x as { tolist(): unknown }).tolist());
}

/** The updates of some steps with the same gradient. */
function run(
  tx: optax.GradientTransformation,
  steps: number,
  grads: unknown = ONES,
  params: unknown = ONES,
): unknown[][] {
  let state = tx.init(params);
  return Array.from({ length: steps }, () => {
    let u: unknown;
    [u, state] = tx.update(grads, state, params);
    return values(u);
  });
}

/** The group of each leaf, by the first step of its path. */
function byName(tree: unknown): unknown {
  return optax.tree.mapWithPath((path) => (path[0] === "a" ? "y" : "x"), tree);
}

/** Refuses gradients whose squared norm is 4 or more. */
function refuseLarge(...args: Parameters<optax.ShouldSkipUpdateFunction>): ReturnType<optax.ShouldSkipUpdateFunction> {
  return optax.skipLargeUpdates(...args, 4);
}

function isLate(step: number): boolean {
  return step >= 1;
}

/** An optimizer of the user's, with arguments by name. */
function scaled({
  rate,
  factor,
}: {
  readonly rate: optax.Scalar;
  readonly factor: optax.Scalar;
}): optax.GradientTransformation {
  return optax.chain(optax.scale(factor), optax.scaleByLearningRate(rate));
}

/** The same with an argument by position. */
function positional(rate: optax.Scalar): optax.GradientTransformation {
  return optax.scale(rate);
}

describe("masked and partition", () => {
  it("a mask may be one boolean, a prefix, a function, or arrays of one boolean", () => {
    const expected = [
      [
        [2, 2],
        [1, 1, 1],
      ],
    ];
    for (const mask of [
      { a: true, b: false },
      { a: jnp.array(true), b: jnp.array(false) },
      (tree: Two) => ({ a: tree.a.size === 2, b: false }),
    ])
      expect(run(optax.masked(optax.scale(2), mask), 1)).toEqual(expected);
    expect(run(optax.masked(optax.scale(2), true), 1)).toEqual([
      [
        [2, 2],
        [2, 2, 2],
      ],
    ]);
    const deep = { a: ONES, b: { c: ONES } };
    expect(run(optax.masked(optax.scale(0), { a: false, b: true }), 1, deep, deep)[0]!.slice(0, 2)).toEqual([
      [1, 1],
      [1, 1, 1],
    ]);
  });

  it("what is left out has no state", () => {
    const state = optax.masked(optax.adam(0.1), { a: true, b: false }).init(ONES);
    const [{ mu }] = state.inner_state as unknown as [{ mu: { a: NDArray; b: unknown } }];
    expect(mu.a.shape).toEqual([2]);
    expect(mu.b).toBeInstanceOf(optax.MaskedNode);
    expect(optax.tree.leaves(state)).toHaveLength(3);
  });

  it("a State may be masked by nested objects", () => {
    const state = nnx.asPure(
      nnx.state(new nnx.Linear(2, 1, { kernelInit: nnx.initializers.ones, rngs: new nnx.Rngs(0) })),
    );
    const tx = optax.masked(optax.scale(3), { bias: false, kernel: true });
    const [u] = tx.update(state, tx.init(state));
    expect(u).toBeInstanceOf(nnx.State);
    expect(values(u)).toEqual([[0], [[3], [3]]]);
  });

  it("extra arguments of the form of the updates are masked where that is asked for", () => {
    const seen: unknown[] = [];
    const spy = {
      init: () => ({}),
      update: (u: never, s: object, _p: unknown, extra: unknown) => (seen.push(extra), [u, s]),
    } as unknown as optax.GradientTransformation;
    const tx = optax.masked(spy, { a: true, b: false }, { maskCompatibleExtraArgs: true });
    tx.update(ONES, tx.init(ONES), ONES, { like: ONES, other: 5 });
    expect(seen).toEqual([{ like: { a: ONES.a, b: new optax.MaskedNode() }, other: 5 }]);
  });

  it("partition: a group for each leaf, labels by a prefix or a function", () => {
    const transforms = { x: optax.scale(2), y: optax.setToZero() };
    expect(run(optax.partition(transforms, { a: "x", b: "y" }), 1)).toEqual([
      [
        [2, 2],
        [0, 0, 0],
      ],
    ]);
    expect(run(optax.partition(transforms, "x"), 1)).toEqual([
      [
        [2, 2],
        [2, 2, 2],
      ],
    ]);
    expect(run(optax.partition(transforms, byName), 1)).toEqual([
      [
        [0, 0],
        [2, 2, 2],
      ],
    ]);
  });

  it.each([
    [
      "a mask of numbers",
      () => optax.masked(optax.scale(2), { a: 1, b: 0 }).init(ONES),
      TypeError,
      /"mask" expected true or false for each leaf, got 1/,
    ],
    ["a mask of other names", () => optax.masked(optax.scale(2), { a: true }).init(ONES), RangeError, /one structure/],
    [
      "a mask below a leaf",
      () => optax.masked(optax.scale(2), { a: { x: true }, b: true }).init(ONES),
      RangeError,
      /got x and a leaf at a/,
    ],
    [
      "a label without a group",
      () => optax.partition({ x: optax.scale(2) }, { a: "x", b: "z" }).init(ONES),
      RangeError,
      /"paramLabels" expected names among x, got "z"/,
    ],
    [
      "a group that is none",
      () => optax.partition({ x: optax.scale as never }, "x"),
      TypeError,
      /"transforms.x" expected a gradient transformation/,
    ],
  ] as const)("%s: an error", (_, wrong, type, message) => {
    expect(wrong).toThrow(type);
    expect(wrong).toThrow(message);
  });
});

describe("chain and namedChain", () => {
  it("have one state a member", () => {
    const chained = optax.chain(optax.trace({ decay: 0.5 }), optax.scale(-1));
    const named = optax.namedChain(["momentum", optax.trace({ decay: 0.5 })], ["step", optax.scale(-1)]);
    expect(run(named, 3)).toEqual(run(chained, 3));
    expect(values(chained.init(ONES)[0].trace)).toEqual([
      [0, 0],
      [0, 0, 0],
    ]);
    expect(Object.keys(named.init(ONES))).toEqual(["momentum", "step"]);
  });

  it("pass params and extra arguments on", () => {
    const tx = optax.chain(optax.addDecayedWeights(1), optax.scaleByPolyak());
    const [u] = tx.update(ONES, tx.init(ONES), ONES, { value: 20 });
    expect(values(u)).toEqual([
      [2, 2],
      [2, 2, 2],
    ]);
  });

  it.each([
    [
      "an optimizer that was not called",
      () => optax.chain(optax.adam as never),
      TypeError,
      /"transforms\[0\]" expected a gradient transformation, got function adam. Call it: optax.adam/,
    ],
    [
      "no states",
      () => optax.chain(optax.scale(1)).update(ONES, undefined as never),
      RangeError,
      /"state" expected the 1 states that init gives, got undefined/,
    ],
    [
      "the states of another chain",
      () => optax.chain(optax.scale(1)).update(ONES, [{}, {}] as never),
      RangeError,
      /the 1 states/,
    ],
    [
      "a member without a name",
      () => optax.namedChain(optax.scale(1) as never),
      TypeError,
      /expected a name and a transformation/,
    ],
    [
      "one name twice",
      () => optax.namedChain(["a", optax.scale(1)], ["a", optax.scale(1)]),
      RangeError,
      /names that differ, got a, a/,
    ],
    [
      "no parameters",
      () => optax.adamw(0.1).update(ONES, optax.adamw(0.1).init(ONES)),
      TypeError,
      /"params" expected the parameters[^]*tx.update\(grads, state, params\)/,
    ],
    [
      "no loss",
      () => optax.polyakSgd().update(ONES, optax.polyakSgd().init(ONES), ONES),
      TypeError,
      /"value" expected a value at every update/,
    ],
  ] as const)("%s: an error", (_, wrong, type, message) => {
    expect(wrong).toThrow(type);
    expect(wrong).toThrow(message);
  });
});

describe("MultiSteps", () => {
  it("gives the mean of k gradients to the optimizer, zeros between", () => {
    const tx = new optax.MultiSteps(optax.scale(-1), { everyKSchedule: 3 });
    let state = tx.init(jnp.zeros([1]));
    const seen: unknown[] = [];
    for (const g of [1, 2, 6, 10, 20, 30]) {
      let u: NDArray;
      [u, state] = tx.update(jnp.array([g]), state);
      seen.push([u.item(), tx.hasUpdated(state)]);
    }
    expect(seen).toEqual([
      [0, false],
      [0, false],
      [-3, true],
      [0, false],
      [0, false],
      [-20, true],
    ]);
    expect([state.mini_step.item(), state.gradient_step.item()]).toEqual([0, 2]);
  });

  it("may sum, have a schedule, and gather in another dtype", () => {
    const sums = new optax.MultiSteps(optax.scale(-1), {
      everyKSchedule: (step) => step + 1,
      useGradMean: false,
      accumulatorDtype: "float32",
    });
    const half = jnp.ones([1], "bfloat16");
    let state = sums.init(half);
    expect((state.acc_grads as NDArray).dtype).toBe("float32");
    const seen: unknown[] = [];
    for (let i = 0; i < 6; i++) {
      let u: NDArray;
      [u, state] = sums.update(half, state);
      seen.push(u.item());
      expect(u.dtype).toBe("bfloat16");
    }
    expect(seen).toEqual([-1, 0, -2, 0, 0, -3]);
  });

  it("leaves out gradients that its function refuses", () => {
    const tx = new optax.MultiSteps(optax.scale(-1), { everyKSchedule: 2, shouldSkipUpdateFn: optax.skipNotFinite });
    let state = tx.init(jnp.zeros([1]));
    const seen: unknown[] = [];
    for (const g of [1, NaN, 3]) {
      let u: NDArray;
      [u, state] = tx.update(jnp.array([g]), state);
      seen.push([u.item(), state.mini_step.item()]);
    }
    expect(seen).toEqual([
      [0, 1],
      [0, 1],
      [-2, 0],
    ]);
    const bounded = new optax.MultiSteps(optax.scale(-1), { everyKSchedule: 1, shouldSkipUpdateFn: refuseLarge });
    expect(bounded.update(jnp.array([2]), bounded.init(jnp.zeros([1])))[0].item()).toBe(0);
    expect(bounded.update(jnp.array([1]), bounded.init(jnp.zeros([1])))[0].item()).toBe(-1);
  });

  it.each([
    [0, RangeError],
    [1.5, RangeError],
    ["2", TypeError],
    [undefined, TypeError],
  ])("everyKSchedule %s: an error", (k, type) => {
    expect(() => new optax.MultiSteps(optax.scale(1), { everyKSchedule: k as never })).toThrow(type as typeof Error);
  });
});

describe("steps that depend", () => {
  it("applyIfFinite: counts, holds the state, and passes after too many in a row", () => {
    const tx = optax.applyIfFinite(optax.trace({ decay: 1 }), 1);
    let state = tx.init(jnp.zeros([1]));
    const seen: unknown[] = [];
    for (const g of [1, NaN, 1, Infinity, NaN]) {
      let u: NDArray;
      [u, state] = tx.update(jnp.array([g]), state);
      seen.push([u.item(), state.notfinite_count.item(), state.total_notfinite.item(), state.last_finite.item() !== 0]);
    }
    expect(seen).toEqual([
      [1, 0, 0, true],
      [0, 1, 1, false],
      [2, 0, 1, true],
      [0, 1, 2, false],
      [NaN, 2, 3, false],
    ]);
    expect(() => optax.applyIfFinite(optax.scale(1), undefined as never)).toThrow(
      /"maxConsecutiveErrors" expected a number/,
    );
  });

  it("conditionallyTransform and conditionallyMask: by the step, or by extra arguments", () => {
    expect(run(optax.conditionallyTransform(optax.scale(2), isLate), 2, jnp.ones([1]), jnp.ones([1]))).toEqual([
      [[1]],
      [[2]],
    ]);
    expect(run(optax.conditionallyMask(optax.scale(2), isLate), 2, jnp.ones([1]), jnp.ones([1]))).toEqual([
      [[0]],
      [[2]],
    ]);
    const tx = optax.conditionallyTransform(optax.scale(2), (_, extra) => jnp.array(extra["now"] as boolean), {
      forwardExtraArgs: true,
    });
    const one = jnp.ones([1]);
    expect(tx.update(one, tx.init(one), one, { now: true })[0].item()).toBe(2);
    expect(tx.update(one, tx.init(one), one, { now: false })[0].item()).toBe(1);
    const wrong = optax.conditionallyMask(optax.scale(2), (() => undefined) as never);
    expect(() => wrong.update(one, wrong.init(one))).toThrow(/"shouldTransformFn" expected to give true or false/);
  });

  it("applyEvery: the sum at the last of k", () => {
    expect(run(optax.applyEvery(2), 4, jnp.ones([1]), jnp.ones([1]))).toEqual([[[0]], [[2]], [[0]], [[2]]]);
    expect(run(optax.applyEvery(), 2, jnp.ones([1]), jnp.ones([1]))).toEqual([[[1]], [[1]]]);
    expect(() => optax.applyEvery(0)).toThrow(RangeError);
  });

  it("flatten: one vector inside, the tree outside", () => {
    const tx = optax.flatten(optax.stateless((u) => (u as NDArray).cumsum()));
    expect(run(tx, 1)).toEqual([
      [
        [1, 2],
        [3, 4, 5],
      ],
    ]);
    expect(() => tx.init({})).toThrow(/at least one array/);
  });
});

describe("injectHyperparams", () => {
  it("has all numbers in its state, under Python's names, and defaults too", () => {
    const state = optax.injectHyperparams(optax.adam)(0.1, { b1: 0.5 }).init(ONES);
    expect(Object.keys(state.hyperparams)).toEqual(["b1", "b2", "eps", "eps_root", "learning_rate"]);
    expect((state.hyperparams["b1"] as NDArray).item()).toBe(0.5);
    expect(state.hyperparams["learningRate"]).toBe(state.hyperparams["learning_rate"]);
  });

  it("has the bits of the optimizer with those numbers", () => {
    const plain = optax.sgd(0.1, { momentum: 0.9 });
    expect(run(optax.injectHyperparams(optax.sgd)(0.1, { momentum: 0.9 }), 4)).toEqual(run(plain, 4));
  });

  it("a number may be set by either name; a name that is none is an error", () => {
    const tx = optax.injectHyperparams(optax.scale)({ stepSize: 2 });
    const state = tx.init(ONES);
    state.hyperparams["stepSize"] = 3;
    expect(values(tx.update(ONES, state)[0])).toEqual([
      [3, 3],
      [3, 3, 3],
    ]);
    state.hyperparams["step_size"] = jnp.array(4);
    expect(values(tx.update(ONES, state)[0])).toEqual([
      [4, 4],
      [4, 4, 4],
    ]);
    const wrong = { ...state, hyperparams: { ...state.hyperparams, stepsize: 1 } };
    expect(() => tx.update(ONES, wrong)).toThrow(/"state.hyperparams" expected step_size alone, got "stepsize" too/);
  });

  it("schedules move with the updates", () => {
    const tx = optax.injectHyperparams(optax.scale)({ stepSize: ((count: number) => count + 1) as never });
    expect(run(tx, 3, jnp.ones([1]), jnp.ones([1]))).toEqual([[[1]], [[2]], [[3]]]);
  });

  it("masks and other functions stay, and what staticArgs names", () => {
    const tx = optax.injectHyperparams(optax.adamw, { staticArgs: "b1" })(0.1, { mask: () => ({ a: true, b: false }) });
    expect(Object.keys(tx.init(ONES).hyperparams)).toEqual(["b2", "eps", "eps_root", "learning_rate", "weight_decay"]);
    expect(() => optax.injectHyperparams(optax.sgd, { staticArgs: ["lr"] })(0.1)).toThrow(
      /"staticArgs" expected names among learningRate, .*, got "lr"/,
    );
  });

  it("a function of the user's takes one object; by position it has no names", () => {
    const tx = optax.injectHyperparams(scaled)({ rate: 0.5, factor: 4 });
    expect(Object.keys(tx.init(ONES).hyperparams)).toEqual(["factor", "rate"]);
    expect(run(tx, 1)).toEqual([
      [
        [-2, -2],
        [-2, -2, -2],
      ],
    ]);
    expect(() => optax.injectHyperparams(positional)(0.5)).toThrow(/expected the arguments by name/);
  });

  it("numbers have the dtype of the parameters, or the one that is asked for", () => {
    const half = jnp.ones([1], "bfloat16");
    const dtype = (options: optax.InjectOptions): string =>
      (optax.injectHyperparams(optax.scale, options)(2).init(half).hyperparams["step_size"] as NDArray).dtype;
    expect([dtype({}), dtype({ hyperparamDtype: "float32" })]).toEqual(["bfloat16", "float32"]);
  });
});

describe("arguments of optimizers", () => {
  it("come by position or by name", () => {
    expect(run(optax.sgd({ learningRate: 0.5 }), 1)).toEqual(run(optax.sgd(0.5), 1));
    expect(run(optax.trace(0.5), 2)).toEqual(run(optax.trace({ decay: 0.5 }), 2));
    expect(run(optax.ema({ decay: 0.5, debias: false }), 2)).toEqual(run(optax.ema(0.5, { debias: false }), 2));
    expect(run(optax.addDecayedWeights({ weightDecay: 2, mask: true }), 1)).toEqual(
      run(optax.addDecayedWeights(2, true), 1),
    );
  });

  it("a learning rate may be an array or a Variable, of one element", () => {
    expect(run(optax.sgd(jnp.array(0.5)), 1)).toEqual(run(optax.sgd(0.5), 1));
    expect(run(optax.sgd(new nnx.Variable(0.5) as never), 1)).toEqual(run(optax.sgd(0.5), 1));
  });

  it("weight decay may be a schedule", () => {
    expect(
      run(
        optax.addDecayedWeights((count) => count),
        3,
        jnp.ones([1]),
        jnp.ones([1]),
      ),
    ).toEqual([[[1]], [[2]], [[3]]]);
  });

  it.each([
    ["no learning rate", () => (optax.adam as () => void)(), /optax.adam: "learningRate" expected a value, got none/],
    ["a text", () => optax.adam("0.1" as never), /"learningRate" expected a number or a schedule, got "0.1"/],
    ["an array of two", () => optax.adam(jnp.ones([2])), /"learningRate" expected a number or a schedule, got NDArray/],
    [
      "a misspelt option",
      () => optax.adam(0.1, { beta1: 0.9 } as never),
      /"options" expected learningRate, b1, .*, got "beta1"/,
    ],
    [
      "an option by position and by name",
      () => optax.adam(0.1, { learningRate: 1 } as never),
      /"learningRate" expected once/,
    ],
    ["a number for a boolean", () => optax.adam(0.1, { nesterov: 1 as never }), /"nesterov" expected a boolean, got 1/],
    [
      "a schedule where there is none",
      () => optax.adam(0.1, { b1: (() => 1) as never }),
      /"b1" expected a number, got function/,
    ],
    [
      "too many",
      () => (optax.scale as unknown as (...args: number[]) => void)(1, 2),
      /expected at most 1 argument, got 2/,
    ],
    ["no schedule", () => optax.scaleBySchedule(1 as never), /"stepSizeFn" expected a schedule, got 1/],
    [
      "an unknown mode",
      () => optax.scaleByLion({ mode: "soft" as never }),
      /"mode" expected "hard", "smooth" or "refined"/,
    ],
    ["an unknown variant", () => optax.scaleByPolyak({ variant: "x" as never }), /"variant" expected "sps" or "sps\+"/],
    [
      "an unknown preconditioning",
      () => optax.contrib.scaleByMuon({ preconditioning: "spectral" as never }),
      /"preconditioning" expected "frobenius", "aol" or "schatten"/,
    ],
    [
      "coefficients that are none",
      () => optax.contrib.scaleByMuon({ nsCoeffs: [1, 2] as never }),
      /"nsCoeffs" expected three numbers/,
    ],
  ] as const)("%s: an error", (_, wrong, message) => {
    expect(wrong).toThrow(message);
  });
});

describe("options that the recorded cases leave alone", () => {
  const x = jnp.array([3, -0.5]);
  it("lion's modes", () => {
    const first = (mode: "smooth" | "refined"): unknown => run(optax.scaleByLion({ b1: 0, mode }), 1, x, x)[0]![0];
    expect(first("refined")).toEqual([1, -0.5]);
    expect(first("smooth")).toEqual(jnp.tanh(x).tolist());
  });

  it("muDtype and accumulatorDtype", () => {
    const mu = optax.adam(0.1, { muDtype: "bfloat16" });
    const [, state] = mu.update(x, mu.init(x));
    expect([(state[0].mu as NDArray).dtype, (state[0].nu as NDArray).dtype]).toEqual(["bfloat16", "float32"]);
    const sgd = optax.sgd(0.1, { momentum: 0.9, accumulatorDtype: "bfloat16" });
    expect((sgd.update(x, sgd.init(x))[1][0] as optax.TraceState).trace).toMatchObject({ dtype: "bfloat16" });
  });

  it("RMSProp with bias correction is Adam without momentum", () => {
    const rms = optax.scaleByRms({ decay: 0.75, eps: 1e-8, epsInSqrt: false, biasCorrection: true });
    const adam = optax.scaleByAdam({ b1: 0, b2: 0.75 });
    const [a, b] = [run(rms, 3, x, x), run(adam, 3, x, x)] as [number[][][], number[][][]];
    for (const [i, step] of a.entries()) step[0]!.forEach((u, j) => expect(u).toBeCloseTo(b[i]![0]![j]!, 6));
    expect(Object.keys(rms.init(x))).toEqual(["count", "nu"]);
    expect(Object.keys(optax.scaleByStddev({ biasCorrection: true }).init(x))).toEqual(["count", "mu", "nu"]);
  });

  it("adafactor keeps rows and columns of large matrices", () => {
    const tx = optax.adafactor(0.1, { minDimSizeToFactor: 2, momentum: 0.5, weightDecayRate: 0.1 });
    const params = jnp.ones([3, 4]);
    expect(run(tx, 2, params, params)[1]![0]).toHaveLength(3);
  });

  it("muon: coefficients a step, other preconditionings, a tall matrix, adaptive", () => {
    const g = jnp.array([
      [1, 2],
      [3, 4],
      [5, 7],
    ]);
    for (const options of [
      { nsCoeffs: "dion" },
      { preconditioning: "aol" },
      { preconditioning: "schatten" },
    ] as const) {
      const tx = optax.contrib.scaleByMuon(options);
      const [u] = tx.update(g, tx.init(g));
      const near = u.T.matmul(u).sub(jnp.eye(2)).abs().max().item();
      expect([u.shape, near < 0.6]).toEqual([[3, 2], true]);
    }
    const adaptive = optax.contrib.scaleByMuon({ adaptive: true });
    expect(adaptive.update(g, adaptive.init(g))[0].shape).toEqual([3, 2]);
  });

  it("scheduleFree: parameters to evaluate with, a warm-up, weight decay", () => {
    const tx = optax.contrib.scheduleFreeSgd({ learningRate: 0.5, warmupSteps: 2, weightDecay: 0.1, b1: 0.5 });
    const start = jnp.array([1]);
    const [u, state] = tx.update(jnp.array([1]), tx.init(start), start);
    const params = optax.applyUpdates(start, u);
    expect(optax.contrib.scheduleFreeEvalParams(state, params).item()).toBeCloseTo(
      2 * params.item() - (state.z as NDArray).item(),
      6,
    );
    expect(() => optax.contrib.scheduleFreeEvalParams({} as never, params)).toThrow(
      /"state" expected that of scheduleFree/,
    );
  });
});

it("zeroNans puts 0 in the place of each NaN, and says in which leaves there was one", () => {
  const tx = optax.zeroNans();
  const params = { a: jnp.zeros([3]), b: jnp.zeros([2]) };
  const [updates, state] = tx.update({ a: jnp.array([1, NaN, -Infinity]), b: jnp.array([2, 3]) }, tx.init(params));
  const { a, b } = updates as typeof params;
  expect([a.tolist(), b.tolist()]).toEqual([
    [1, 0, -Infinity],
    [2, 3],
  ]);
  const { a: inA, b: inB } = state.found_nan as typeof params;
  expect([inA.item(), inB.item()]).toEqual([1, 0]);
});
