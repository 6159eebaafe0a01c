/**
 * What Python names, TypeScript's types let a program name: required sizes, axes and kernels too. The types are checked
 * by `npm run typecheck`, the values here.
 */
import { describe, expect, it } from "vitest";
import { customVjp, grad, image, jax, lax, nn, nnx, numpy as jnp, optax, random, tree } from "../../src/index.ts";
import type { ArrayLike, DType, NDArray } from "../../src/index.ts";

const rngs = new nnx.Rngs(0);
const key = random.key(0);
const x = jnp.arange(6).reshape([2, 3]).astype("float32");
const pixels = jnp.ones([1, 4, 4, 3]);
const ids = jnp.array([0, 1], "int32");

const SHAPES: readonly (readonly [string, NDArray, readonly number[]])[] = [
  ["maxPool", nnx.maxPool(pixels, { windowShape: [2, 2], strides: [2, 2] }), [1, 2, 2, 3]],
  ["avgPool", nnx.avgPool(pixels, { windowShape: [2, 2] }), [1, 3, 3, 3]],
  ["minPool", nnx.minPool(pixels, { windowShape: [2, 2] }), [1, 3, 3, 3]],
  ["reshape", jnp.reshape(x, { shape: [3, 2] }), [3, 2]],
  ["swapaxes", jnp.swapaxes(x, { axis1: 0, axis2: 1 }), [3, 2]],
  ["moveaxis", jnp.moveaxis(x, { source: 0, destination: 1 }), [3, 2]],
  ["expandDims", jnp.expandDims(x, { axis: 1 }), [2, 1, 3]],
  ["broadcastTo", jnp.broadcastTo(x, { shape: [4, 2, 3] }), [4, 2, 3]],
  ["roll", jnp.roll(x, { shift: 1, axis: 0 }), [2, 3]],
  ["pad", jnp.pad(x, { padWidth: 1, mode: "edge" }), [4, 5]],
  ["split", jnp.split(x, { indicesOrSections: 3, axis: 1 })[0]!, [2, 1]],
  ["tile", jnp.tile(x, { reps: [2, 1] }), [4, 3]],
  ["repeat", jnp.repeat(x, { repeats: 2, axis: 0 }), [4, 3]],
  ["full", jnp.full([2], { fillValue: 3 }), [2]],
  ["fullLike", jnp.fullLike(x, { fillValue: 3 }), [2, 3]],
  ["take", jnp.take(x, { indices: ids, axis: 1 }), [2, 2]],
  ["takeAlongAxis, its axis the last", jnp.takeAlongAxis(x, ids.reshape([1, 2])), [2, 2]],
  ["takeAlongAxis", jnp.takeAlongAxis(x, ids.reshape([2, 1]), { axis: 1 }), [2, 1]],
  ["oneHot", nn.oneHot(ids, { numClasses: 4 }), [2, 4]],
  ["resize", image.resize(pixels, { shape: [1, 8, 8, 3], method: "bilinear" }), [1, 8, 8, 3]],
  ["categorical", random.categorical(key, { logits: x }), [2]],
  ["bernoulli", random.bernoulli(key, { p: 0.5, shape: [7] }), [7]],
  ["choice", random.choice(key, 5, { shape: [3], replace: false }), [3]],
  ["randint", random.randint(key, { shape: [3], minval: 0, maxval: 5 }), [3]],
  ["randint with its shape by place", random.randint(key, [3], { minval: 0, maxval: 5 }), [3]],
  ["choice of its array by name", random.choice(key, { a: x, shape: [3], replace: true }), [3, 3]],
  ["permutation", random.permutation(key, { x: 5 }), [5]],
  ["truncatedNormal", random.truncatedNormal(key, { lower: -1, upper: 1, shape: [4] }), [4]],
  ["foldIn", random.normal(random.foldIn(key, { data: 1 }), [2]), [2]],
  ["percentile", jnp.percentile(x, { q: 50, axis: 0 }), [3]],
  ["quantile", jnp.quantile(x, { q: [0.5, 1] }), [2]],
  ["nanquantile", jnp.nanquantile(x, { q: 0.5, axis: 1, keepdims: true }), [2, 1]],
  ["topK", lax.topK(x, { k: 2 })[0], [2, 2]],
  ["linspace", jnp.linspace(0, { stop: 1, num: 5 }), [5]],
  ["logspace", jnp.logspace(0, { stop: 1, num: 5 }), [5]],
  ["geomspace", jnp.geomspace(1, { stop: 4, num: 3 }), [3]],
  ["searchsorted", jnp.searchsorted([1, 2, 3], { v: [2, 5], side: "right" }), [2]],
  ["dynamicSlice", lax.dynamicSlice(x, { startIndices: [0, 1], sliceSizes: [2, 2] }), [2, 2]],
  ["dynamicUpdateSlice", lax.dynamicUpdateSlice(x, { update: [[9]], startIndices: [1, 1] }), [2, 3]],
  ["arange", jnp.arange({ start: 1, stop: 4 }), [3]],
  ["zeros", jnp.zeros({ shape: [2, 3], dtype: "int32" }), [2, 3]],
  ["full by names alone", jnp.full({ shape: [2], fillValue: 3 }), [2]],
  ["eye", jnp.eye({ n: 3, k: 1 }), [3, 3]],
  ["isclose", jnp.isclose(x, { b: x, rtol: 0.1 }), [2, 3]],
  ["matmul", jnp.matmul(x, { b: x.T }), [2, 2]],
  ["interp", jnp.interp([1.5], { xp: [1, 2], fp: [3, 4] }), [1]],
  ["moveaxis, its destination alone", jnp.moveaxis(x, 0, { destination: 1 }), [3, 2]],
  ["beta", random.beta(key, 2, { b: 3, shape: [4] }), [4]],
  ["randint, its highest value alone", random.randint(key, [3], 0, { maxval: 5 }), [3]],
  ["iota", lax.iota("int32", { size: 3 }), [3]],
  ["convertElementType", lax.convertElementType(x, { newDtype: "int32" }), [2, 3]],
  ["pad of lax", lax.pad(ids, 0, { paddingConfig: [[1, 0, 0]] }), [3]],
  ["select", lax.select([true, false], { onTrue: [1, 2], onFalse: [3, 4] }), [2]],
  ["clamp", lax.clamp(0, { x, max: 1 }), [2, 3]],
  ["dynamicUpdateSliceInDim", lax.dynamicUpdateSliceInDim(ids, [9], { startIndex: 0, axis: 0 }), [2]],
  ["dynamicUpdateIndexInDim", lax.dynamicUpdateIndexInDim(ids, 9, 0, { axis: 0 }), [2]],
  ["scan", lax.scan({ f: (sum, z) => [sum.add(z), sum], init: jnp.array(0), xs: ids })[1], [2]],
  ["scan of a length", lax.scan((sum) => [sum, sum], jnp.array(0), { length: 4 })[1], [4]],
  ["map", lax.map((z) => z, { xs: ids }), [2]],
  ["associativeScan", lax.associativeScan({ fn: (a, b) => a.add(b), elems: ids }), [2]],
  ["fmax", jnp.fmax(x, { x2: x }), [2, 3]],
  ["fmin", jnp.fmin(x, { x2: x }), [2, 3]],
  ["gcd", jnp.gcd(ids, { x2: ids }), [2]],
  ["lcm", jnp.lcm(ids, { x2: ids }), [2]],
  ["polyadd", jnp.polyadd([1, 2], { a2: [3] }), [2]],
  ["polysub", jnp.polysub([1, 2], { a2: [3] }), [2]],
  ["polydiv", jnp.polydiv([1, 2, 3], { v: [3, 1] })[0], [2]],
  ["polyval", jnp.polyval([1, 2, 3], { x: [3, 1] }), [2]],
  ["union1d", jnp.union1d([1, 2], { ar2: [2, 3] }), [3]],
  ["kaiser", jnp.kaiser(5, { beta: 2 }), [5]],
  ["solve", jnp.linalg.solve(jnp.eye(2), { b: [1, 2] }), [2]],
  ["applyAlongAxis", jnp.applyAlongAxis((line) => line.sum(), { axis: 0, arr: x }), [3]],
  ["applyAlongAxis, its array alone", jnp.applyAlongAxis((line) => line.sum(), 1, { arr: x }), [2]],
  ["applyOverAxes", jnp.applyOverAxes(jnp.sum, { a: x, axes: [0] }), [1, 3]],
  ["piecewise", jnp.piecewise(x, { condlist: [x.gt(1)], funclist: [(z) => z.neg(), 7] }), [2, 3]],
  ["reduceWindow, its strides 1", lax.reduceWindow(x, 0, lax.add, [2, 2]), [1, 2]],
  ["reduceWindow", lax.reduceWindow(x, 0, lax.add, { windowDimensions: [2, 2], padding: "SAME" }), [2, 3]],
  ["combineMasks of an array", nnx.combineMasks(x, null).astype("bool"), [2, 3]],
];

it.each(SHAPES)("%s takes by name what it needs", (_, found, shape) => {
  expect(found.shape).toEqual(shape);
});

/** Samplers, with all that they take by name, and the same by place. */
const DRAWS: readonly (readonly [string, NDArray, NDArray])[] = [
  ["ball", random.ball({ key, d: 2 }), random.ball(key, 2)],
  ["bernoulli", random.bernoulli({ key, p: 0.25, shape: [2] }), random.bernoulli(key, 0.25, [2])],
  ["beta", random.beta({ key, a: 2, b: 3 }), random.beta(key, 2, 3)],
  ["binomial", random.binomial({ key, n: 5, p: 0.5 }), random.binomial(key, 5, 0.5)],
  ["bits", random.bits({ key, dtype: "uint8" }), random.bits(key, [], "uint8")],
  ["categorical", random.categorical({ key, logits: x, axis: 0 }), random.categorical(key, x, 0)],
  ["cauchy", random.cauchy({ key, shape: [2] }), random.cauchy(key, [2])],
  ["chisquare", random.chisquare({ key, df: 2 }), random.chisquare(key, 2)],
  ["choice", random.choice({ key, a: x, replace: false }), random.choice(key, x, { replace: false })],
  ["dirichlet", random.dirichlet({ key, alpha: [1, 2] }), random.dirichlet(key, [1, 2])],
  ["doubleSidedMaxwell", random.doubleSidedMaxwell({ key, loc: 1, scale: 2 }), random.doubleSidedMaxwell(key, 1, 2)],
  ["exponential", random.exponential({ key, shape: [2] }), random.exponential(key, [2])],
  ["f", random.f({ key, dfnum: 2, dfden: 3 }), random.f(key, 2, 3)],
  ["gamma", random.gamma({ key, a: 2 }), random.gamma(key, 2)],
  ["generalizedNormal", random.generalizedNormal({ key, p: 2 }), random.generalizedNormal(key, 2)],
  ["geometric", random.geometric({ key, p: 0.5 }), random.geometric(key, 0.5)],
  ["gumbel", random.gumbel({ key, mode: "high" }), random.gumbel(key, { mode: "high" })],
  ["laplace", random.laplace({ key }), random.laplace(key)],
  ["loggamma", random.loggamma({ key, a: 2 }), random.loggamma(key, 2)],
  ["logistic", random.logistic({ key }), random.logistic(key)],
  ["lognormal", random.lognormal({ key, sigma: 2 }), random.lognormal(key, 2)],
  ["maxwell", random.maxwell({ key }), random.maxwell(key)],
  ["multinomial", random.multinomial({ key, n: 5, p: [0.5, 0.5] }), random.multinomial(key, 5, [0.5, 0.5])],
  [
    "multivariateNormal",
    random.multivariateNormal({ key, mean: [0, 1], cov: jnp.eye(2) }),
    random.multivariateNormal(key, [0, 1], jnp.eye(2)),
  ],
  ["normal", random.normal({ key, shape: [2, 2], dtype: "bfloat16" }), random.normal(key, [2, 2], "bfloat16")],
  ["orthogonal", random.orthogonal({ key, n: 2 }), random.orthogonal(key, 2)],
  ["pareto", random.pareto({ key, b: 2 }), random.pareto(key, 2)],
  ["permutation", random.permutation({ key, x: 5 }), random.permutation(key, 5)],
  ["poisson", random.poisson({ key, lam: 3 }), random.poisson(key, 3)],
  ["rademacher", random.rademacher({ key, shape: [4] }), random.rademacher(key, [4])],
  ["randint", random.randint({ key, shape: [3], minval: 0, maxval: 9 }), random.randint(key, [3], 0, 9)],
  ["rayleigh", random.rayleigh({ key, scale: 2 }), random.rayleigh(key, 2)],
  ["sampleLogits", random.sampleLogits({ key, logits: x, topK: 2 }), random.sampleLogits(key, x, { topK: 2 })],
  ["t", random.t({ key, df: 2 }), random.t(key, 2)],
  ["triangular", random.triangular({ key, left: 0, mode: 1, right: 2 }), random.triangular(key, 0, 1, 2)],
  ["truncatedNormal", random.truncatedNormal({ key, lower: -1, upper: 1 }), random.truncatedNormal(key, -1, 1)],
  ["uniform", random.uniform({ key, shape: [2], minval: -1 }), random.uniform(key, [2], { minval: -1 })],
  ["wald", random.wald({ key, mean: 2 }), random.wald(key, 2)],
  ["weibullMin", random.weibullMin({ key, scale: 1, concentration: 2 }), random.weibullMin(key, 1, 2)],
];

describe("samplers", () => {
  it.each(DRAWS)("%s takes its key by name", (_, byName, byPlace) => {
    expect(byName.dtype).toBe(byPlace.dtype);
    expect(byName.tolist()).toEqual(byPlace.tolist());
  });

  it("are methods of an Rngs without their keys", () => {
    expect(rngs.normal({ shape: [2] }).shape).toEqual([2]);
    expect(rngs.randint([3], { minval: 0, maxval: 5 }).shape).toEqual([3]);
    // @ts-expect-error It has the key.
    expect(() => rngs.normal({ key, shape: [2] })).toThrow('"key" expected once');
    // @ts-expect-error It has the key.
    expect(() => rngs.gamma({ key, a: 2 })).toThrow('"key" expected once');
  });

  it("need a key, and what has no default", () => {
    // @ts-expect-error The key is missing.
    expect(() => random.normal({ shape: [2] })).toThrow("key");
    // @ts-expect-error A parameter is missing.
    expect(() => random.gamma({ key })).toThrow('"a" expected');
    // @ts-expect-error There is no such option.
    expect(() => random.normal({ key, shap: [2] })).toThrow('Did you mean "shape"?');
  });

  it("may be chosen from a list", () => {
    for (const draw of [random.normal, random.uniform, random.gumbel]) expect(draw(key, [2]).shape).toEqual([2]);
    for (const draw of [random.gamma, random.loggamma]) expect(draw(key, 2, [3]).shape).toEqual([3]);
  });

  it("keys are split and folded by name", () => {
    expect(random.split({ key, num: 3 }).shape).toEqual([3]);
    expect(random.split({ key: random.PRNGKey(0) }).dtype).toBe("uint32");
    expect(random.foldIn({ key, data: 1 }).words).toEqual(random.foldIn(key, 1).words);
  });
});

/** With null by place where Python takes None, and without it. */
const NONES: readonly (readonly [string, NDArray, NDArray])[] = [
  ["std", jnp.std(x, null, null), jnp.std(x)],
  ["var", jnp.var(x, 0, null, null, 1), jnp.var(x, 0, { ddof: 1 })],
  ["mean", jnp.mean(x, null, null), jnp.mean(x)],
  ["sum", jnp.sum(x, 0, null), jnp.sum(x, 0)],
  ["max", jnp.max(x, 0, null, true, null, null), jnp.max(x, 0, { keepdims: true })],
  ["argmax", jnp.argmax(x, null, null, true), jnp.argmax(x, { keepdims: true })],
  ["cumsum", jnp.cumsum(x, null, null), jnp.cumsum(x)],
  ["average", jnp.average(x, 0, null), jnp.average(x, 0)],
  ["bincount", jnp.bincount(ids, null, 4), jnp.bincount(ids, { minlength: 4 })],
  ["cov", jnp.cov(x, null, false), jnp.cov(x, { rowvar: false })],
  ["diff", jnp.diff(x, 1, -1, null, 5), jnp.diff(x, { append: 5 })],
  ["ediff1d", jnp.ediff1d(ids, null, [7]), jnp.ediff1d(ids, { toBegin: [7] })],
  ["roll", jnp.roll(x, 1, null), jnp.roll(x, 1)],
  ["squeeze", jnp.squeeze(x, null), x],
  ["norm", jnp.linalg.norm(x, null, 1), jnp.linalg.norm(x, { axis: 1 })],
  ["trapezoid", jnp.trapezoid(x, null, 2), jnp.trapezoid(x, { dx: 2 })],
  ["eye", jnp.eye(2, null, 1), jnp.eye(2, { k: 1 })],
  ["full", jnp.full([2], 3, null), jnp.full([2], 3)],
  ["arange", jnp.arange(3, null, null, "float32"), jnp.arange(3, { dtype: "float32" })],
  ["softmax", nn.softmax(x, 0, null), nn.softmax(x, 0)],
  ["gamma", random.gamma(key, 2, null, null), random.gamma(key, 2)],
  ["uniform", random.uniform(key, [2], null, -1), random.uniform(key, [2], { minval: -1 })],
  ["a loss", optax.softmaxCrossEntropy(x, x, -1, null), optax.softmaxCrossEntropy(x, x)],
];

it.each(NONES)("%s takes null by place", (_, byPlace, without) => {
  expect([byPlace.dtype, byPlace.tolist()]).toEqual([without.dtype, without.tolist()]);
});

it("reduceWindow goes by steps of 1, without padding, where it is told nothing else", () => {
  // lax.reduce_window(jnp.arange(12.0).reshape(3, 4), 0.0, lax.add, (2, 2)) of JAX 0.10.2.
  expect(lax.reduceWindow(jnp.arange(12).reshape([3, 4]), 0, lax.add, [2, 2]).tolist()).toEqual([
    [10, 14, 18],
    [26, 30, 34],
  ]);
});

it("dtypes and states are taken by name", () => {
  expect(jnp.isdtype("uint8", { kind: "integral" })).toBe(true);
  expect(jnp.issubdtype(jnp.bfloat16, { arg2: jnp.floating })).toBe(true);
  expect(jnp.promoteTypes("uint8", { b: "int8" })).toBe("int16");
  expect(jnp.canCast("int32", { to: "float32", casting: "same_kind" })).toBe(true);
  expect(jnp.arrayEquiv([1, 1], { a2: 1 })).toBe(true);
  expect(nnx.mapState(([name]) => name, { state: nnx.state(linear()) }).get("bias")).toBe("bias");
});

const next = (n: number): number => n + 1;

describe("control flow", () => {
  it("takes by name what Python names", () => {
    expect(lax.whileLoop({ condFun: (n) => n < 3, bodyFun: next, initVal: 0 })).toBe(3);
    expect(lax.whileLoop((n) => n < 3, { bodyFun: next, initVal: 0 })).toBe(3);
    expect(nnx.whileLoop((n: number) => n < 3, next, { initVal: 0 })).toBe(3);
    expect(lax.foriLoop({ lower: 0, upper: 3, bodyFun: (i, n) => n + i, initVal: 1, unroll: 2 })).toBe(4);
    expect(nnx.foriLoop(0, 3, { bodyFun: (i, n) => n + i, initVal: 1 })).toBe(4);
    expect(lax.cond({ pred: false, trueFun: () => 1, falseFun: () => 2 })).toBe(2);
    expect(lax.cond(true, next, (n) => -n, { operand: 3 })).toBe(4);
    expect(lax.switch(1, { branches: [next, (n: number) => -n], operand: 3 })).toBe(-3);
  });

  it("carries plain objects, whose names are not its own", () => {
    expect(nnx.foriLoop(0, 3, (i, { n }) => ({ n: n + i }), { n: 1 })).toEqual({ n: 4 });
    expect(
      lax.whileLoop(
        ({ n }) => n < 3,
        ({ n }) => ({ n: n + 1 }),
        { n: 0 },
      ),
    ).toEqual({ n: 3 });
    expect(
      lax.cond(
        true,
        ({ a }) => a,
        ({ b }) => b,
        { a: 1, b: 2 },
      ),
    ).toBe(1);
    expect(lax.scan((sum, { z }) => [sum.add(z), sum], jnp.array(0), { z: ids })[0].item()).toBe(1);
  });

  it("refuses what it does not take", () => {
    expect(() => lax.foriLoop(0, 1, (_, n) => n, 0, { unrol: 1 } as never)).toThrow('Did you mean "unroll"?');
    expect(() => lax.scan((c) => [c, c], 0, null, { length: 1, revers: true } as never)).toThrow('mean "reverse"?');
    expect(() => (lax.map as (...all: unknown[]) => unknown)((z: unknown) => z, ids, { batchSize: 2 })).toThrow(
      '"batchSize"',
    );
  });
});

it("optax takes by place and by name what Python does", () => {
  const params = { w: jnp.array([1, 2]) };
  const rates = [
    optax.sgd(0.1, 0.9),
    optax.sgd(0.1, { momentum: 0.9 }),
    optax.sgd({ learningRate: 0.1, momentum: 0.9 }),
  ];
  const [first, ...others] = rates.map((tx) => tx.update(params, tx.init(params))[0].w.tolist());
  for (const other of others) expect(other).toEqual(first);
  expect(optax.adam(0.1, 0.9, { b2: 0.99 }).init(params)[0].count.item()).toBe(0);
  expect(optax.linearSchedule(0, { endValue: 1, transitionSteps: 2 })(1).item()).toBe(0.5);
  expect(optax.applyUpdates({ params, updates: params }).w.tolist()).toEqual([2, 4]);
  expect(optax.applyUpdates({ updates: ids }, { updates: ids }).updates.tolist()).toEqual([0, 2]);
  const tx = optax.masked(optax.scale(2), { mask: { w: false } });
  expect(tx.update(params, tx.init(params))[0].w.tolist()).toEqual([1, 2]);
  const parts = optax.multiTransform({ transforms: { all: optax.scale(2) }, paramLabels: "all" });
  expect(parts.update(params, parts.init(params))[0].w.tolist()).toEqual([2, 4]);
});

const LAYERS: readonly nnx.Module[] = [
  new nnx.Conv(3, 8, { kernelSize: [3, 3], rngs }),
  new nnx.ConvTranspose(3, 8, { kernelSize: [3, 3], strides: [2, 2], rngs }),
  new nnx.Conv(3, { outFeatures: 8, kernelSize: [3], rngs }),
  new nnx.Linear(3, { outFeatures: 4, rngs }),
  new nnx.LinearGeneral(3, { outFeatures: [2, 2], rngs }),
  new nnx.Embed(5, { features: 2, rngs }),
  new nnx.MultiHeadAttention(2, { inFeatures: 4, rngs }),
  new nnx.LSTMCell(2, { hiddenFeatures: 3, rngs }),
  new nnx.OptimizedLSTMCell(2, { hiddenFeatures: 3, rngs }),
  new nnx.GRUCell(2, { hiddenFeatures: 3, rngs }),
  new nnx.SimpleCell(2, { hiddenFeatures: 3, rngs }),
  new nnx.LoRA(2, { loraRank: 1, outFeatures: 3, rngs }),
  new nnx.LoRA(2, 1, { outFeatures: 3, rngs }),
  new nnx.LoRALinear(2, { outFeatures: 3, loraRank: 1, rngs }),
  new nnx.Bidirectional(new nnx.RNN(new nnx.SimpleCell(2, 3, { rngs })), {
    backwardRnn: new nnx.RNN(new nnx.SimpleCell(2, 3, { rngs })),
    rngs,
  }),
  new nnx.Einsum("ab,bc->ac", { kernelShape: [2, 3], biasShape: [3], rngs }),
];

it.each(LAYERS.map((layer) => [layer.constructor.name, layer] as const))("%s takes sizes by name", (_, layer) => {
  expect(nnx.toFlatState(nnx.state(layer)).length).toBeGreaterThan(0);
});

const cast = (value: ArrayLike, dtype: DType): NDArray => jnp.array(value, dtype);
const pair = (z: NDArray): [NDArray, { shape: readonly number[] }] => [z, { shape: z.shape }];

it("a program can name the types of its arguments", () => {
  expect(cast([1], jnp.int32).dtype).toBe("int32");
});

function linear(): nnx.Linear {
  return new nnx.Linear(3, 2, { rngs });
}

describe("types that follow from what is given", () => {
  it("give the function behind defvjp its residuals and its cotangent", () => {
    const sign = customVjp((z: NDArray) => jnp.sign(z));
    sign.defvjp(
      (z) => [jnp.sign(z), z],
      (z, cotangent) => [cotangent.mul(jnp.abs(z).le(1))],
    );
    expect(grad((z: NDArray) => sign(z).sum())(jnp.array([0.5, 2])).tolist()).toEqual([1, 0]);
  });

  it("give tree.map the leaves of a State, and of nested objects", () => {
    const params = nnx.state(new nnx.Linear(2, 3, { rngs }), nnx.Param);
    const average = jax.tree.map((old, now) => old.mul(0.5).add(now.mul(0.5)), params, params);
    expect(jnp.arrayEqual(average.get<nnx.Param>("kernel"), params.get<nnx.Param>("kernel"))).toBe(true);
    expect(tree.map((leaf) => leaf.toFixed(1), { a: [1, 2], b: { c: 3 } })).toEqual({
      a: ["1.0", "2.0"],
      b: { c: "3.0" },
    });
    expect(tree.mapWithPath((path, leaf) => [path.length, leaf.ndim].join(), { a: [x] })).toEqual({ a: ["2,2"] });
    const tx = optax.adamw(0.1, { mask: (p) => tree.map((leaf) => leaf.ndim > 1, p) });
    expect(typeof tx.init).toBe("function");
  });

  it("give the leaves of a State and of nested objects to leaves, flatten and reduce", () => {
    const params = nnx.state(new nnx.Linear(2, 3, { rngs }), nnx.Param);
    expect(tree.leaves(params).map((leaf) => leaf.size)).toEqual([3, 6]);
    expect(tree.reduce((sum, leaf) => sum + leaf.size, { a: x, b: [x] }, 0)).toBe(12);
    expect(
      tree
        .reduce((sum, leaf) => sum.add(leaf), [x, x])
        .sum()
        .item(),
    ).toBe(30);
    const [[first], structure] = tree.flatten({ a: x });
    expect([first!.ndim, structure.numLeaves]).toEqual([2, 1]);
    expect(tree.leavesWithPath({ a: [x] }).map(([path, leaf]) => [...path, leaf.ndim])).toEqual([["a", 0, 2]]);
  });

  it("keep the types of what a function returns in a list", () => {
    const [a, b] = nnx.jit((z: NDArray) => [z.sum(), pair(z)])(x);
    expect([a.item(), b[1].shape]).toEqual([15, [2, 3]]);
    const [c, d] = nnx.remat((z: NDArray) => [z.sum(), pair(z)])(x);
    expect([c.item(), d[1].shape]).toEqual([15, [2, 3]]);
    const [e, f] = jax.checkpoint((z: NDArray) => [z.sum(), { z }])(x);
    expect([e.item(), f.z.shape]).toEqual([15, [2, 3]]);
    const [g, h] = nnx.vmap((z: NDArray) => [z.sum(), { z }])(x);
    expect([g.tolist(), h.z.shape]).toEqual([
      [3, 12],
      [2, 3],
    ]);
    const [i, j] = lax.map((z) => [z.sum(), { z }], x);
    expect([i, j]).toHaveLength(2);
    const sums = nnx.scan((carry: NDArray, z: NDArray) => [carry.add(z), { z }], { outAxes: [nnx.Carry, 0] });
    const [last, each] = sums(jnp.zeros([3]), x);
    expect([last.tolist(), each.z.shape]).toEqual([
      [3, 5, 7],
      [2, 3],
    ]);
    const layer = new nnx.Linear(3, 3, { rngs });
    const [, count, y] = nnx.foriLoop(0, 3, (step, [model, n, z]) => [model, n + step, model(z)], [layer, 0, x]);
    expect([count, y.shape]).toEqual([3, [2, 3]]);
    const [n, z] = nnx.whileLoop(
      ([m]) => m < 3,
      ([m, old]) => [m + 1, old.add(1)],
      [0, x],
    );
    expect([n, z.sum().item()]).toEqual([3, 33]);
  });

  it("leave the types of parts that only a program knows open", () => {
    const net = new nnx.Sequential(new nnx.Linear(3, 4, { rngs }), nnx.relu);
    expect(net.layers[0].kernel.shape).toEqual([3, 4]);
    net.layers[0] = new nnx.LoRA(3, 1, 4, { baseModule: net.layers[0], rngs });
    expect(net(x).shape).toEqual([2, 4]);
    const parts = new nnx.Dict<nnx.Linear | nnx.Dropout>({ fc: new nnx.Linear(3, 2, { rngs }) });
    expect([parts.fc(x).shape, parts["fc"].bias.shape]).toEqual([[2, 2], [2]]);
    const tx = optax.injectHyperparams(optax.adam)({ learningRate: 0.1 });
    const optimizer = new nnx.Optimizer(parts, tx, { wrt: nnx.Param });
    optimizer.optState.hyperparams.learningRate.set(0.01);
    expect(optimizer.optState.hyperparams.learningRate.get().item()).toBeCloseTo(0.01);
  });

  it("take a model and a transformation by name, in all calls of a class", () => {
    const tx = optax.adam(0.1);
    const optimizers = [
      new nnx.Optimizer(linear(), tx, { wrt: nnx.Param }),
      new nnx.Optimizer(linear(), { tx, wrt: nnx.Param }),
      new nnx.Optimizer({ model: linear(), tx, wrt: nnx.Param }),
      new nnx.ModelAndOptimizer(linear(), { tx }),
      new nnx.ModelAndOptimizer({ model: linear(), tx, wrt: nnx.Param }),
    ];
    const paths = optimizers.map((optimizer) => [...nnx.state(optimizer, nnx.OptState)].map(([path]) => path));
    optimizers.forEach((optimizer, i) => {
      expect(optimizer.tx).toBe(tx);
      expect(paths[i]).toEqual(paths[0]);
    });
    expect(new nnx.EMA(linear(), { decay: 0.9, only: nnx.Param }).decay).toBe(0.9);
    expect(new nnx.EMA({ params: linear(), decay: 0.5, only: nnx.Param }).decay).toBe(0.5);
    expect(() => new nnx.Optimizer(linear(), { tx, wrong: nnx.Param } as never)).toThrow(TypeError);
    expect(() => new nnx.Optimizer(linear(), tx, { wtr: nnx.Param } as never)).toThrow(
      'expected model, tx, wrt, got "wtr"',
    );
  });
});
