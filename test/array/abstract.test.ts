import { expect, it } from "vitest";
import { isAbsent } from "../../scripts/surface/absentnames.ts";
import { nnx, numpy as jnp } from "../../src/index.ts";
import type { Call, Make } from "./abstractcases.ts";
import { MORE_BINARY, MORE_CALLS, MORE_UNARY, MORE_VALUES } from "./abstractcases.ts";

const square: Call = (x) => x([3, 3]);
const one = (name: string): [string, Call] => [name, (x) => f(name)(x([2, 3]))];
const two = (name: string): [string, Call] => [name, (x) => f(name)(x([2, 1]), x([3]))];
const whole = (name: string): [string, Call] => [name, (x) => f(name)(x([2, 1], "int32"), x([3], "int32"))];
const list = (name: string): [string, Call] => [name, (x) => f(name)([x([2, 3]), x([2, 3])])];
const reduction = (name: string): [string, Call] => [
  name,
  (x) => [f(name)(x([2, 3])), f(name)(x([2, 3], "int8"), 1), f(name)(x([2, 3, 4], "bfloat16"), 1)],
];

function f(name: string): (...args: unknown[]) => unknown {
  return (jnp as unknown as Record<string, (...args: unknown[]) => unknown>)[name]!;
}

const UNARY = `
  abs absolute around atleast1d atleast2d atleast3d ceil cos copy degrees deg2rad erf erfInv exp exp2 expm1 floor
  isfinite isinf isnan log log10 log1p log2 logicalNot logistic nanToNum negative rad2deg radians ravel reciprocal
  round sign signbit sin sqrt square tan tanh trunc array asarray average copy emptyLike fliplr flip flipud
  matrixTranspose onesLike permuteDims rot90 sort argsort squeeze transpose tril triu unstack zerosLike diff
  diagonal trace ndim shape size isArray atleast1d
`;
const BINARY = `
  add copysign divide equal floorDivide greater greaterEqual hypot isclose less lessEqual logaddexp logicalAnd
  logicalOr logicalXor maximum minimum mod multiply notEqual outer pow power remainder subtract trueDivide kron
  isin append broadcastArrays resultType
`;
const WHOLE = "bitwiseAnd bitwiseLeftShift bitwiseOr bitwiseRightShift bitwiseXor leftShift rightShift";
const LISTS = "columnStack concat concatenate dstack hstack stack vstack";
const REDUCTIONS = `
  all any argmax argmin amax amin countNonzero cumprod cumsum logsumexp max mean min nanmax nanmean nanmin nanprod
  nansum prod ptp std sum var
`;

function wordsOf(text: string): string[] {
  return text.trim().split(/\s+/);
}

const CALLS = new Map<string, Call>([
  ...wordsOf(UNARY + MORE_UNARY).map(one),
  ...wordsOf(`${BINARY} ${MORE_BINARY}`).map(two),
  ...wordsOf(WHOLE).map(whole),
  ...wordsOf(LISTS).map(list),
  ...wordsOf(REDUCTIONS).map(reduction),
  ...MORE_CALLS,
  ["arange", () => [jnp.arange(5), jnp.arange(0, 1, 0.3)]],
  ["arraySplit", (x) => jnp.arraySplit(x([5, 2]), 3)],
  ["astype", (x) => jnp.astype(x([3]), "float16")],
  ["bitwiseInvert", (x) => jnp.bitwiseInvert(x([2], "int8"))],
  ["bitwiseNot", (x) => jnp.bitwiseNot(x([2], "bool"))],
  ["broadcastShapes", () => jnp.broadcastShapes([2, 1], [3])],
  ["broadcastTo", (x) => jnp.broadcastTo(x([2, 1]), [2, 4])],
  ["clip", (x) => jnp.clip(x([2, 3]), 0, x([3]))],
  ["diag", (x) => [jnp.diag(x([3]), 1), jnp.diag(x([3, 4]), -1)]],
  ["dot", (x) => jnp.dot(x([2, 3]), x([4, 3, 5]))],
  ["dsplit", (x) => jnp.dsplit(x([1, 2, 4]), 2)],
  [
    "einsum",
    (x) => [
      jnp.einsum("ij,jk->ik", x([2, 3]), x([3, 4])),
      jnp.einsum("ii", x([3, 3])),
      jnp.einsum("ij->j", x([2, 3], "bfloat16")),
    ],
  ],
  ["empty", () => jnp.empty([2, 3])],
  ["expandDims", (x) => jnp.expandDims(x([2]), 0)],
  ["eye", () => jnp.eye(3, { m: 4, k: 1 })],
  ["finfo", () => jnp.finfo("float32")],
  ["full", (x) => [jnp.full([2, 2], 3), jnp.full([2, 3], x([3]))]],
  ["fullLike", (x) => jnp.fullLike(x([2], "int8"), 3)],
  ["hsplit", (x) => jnp.hsplit(x([2, 4]), 2)],
  ["identity", () => jnp.identity(3)],
  ["iinfo", () => jnp.iinfo("int8")],
  ["inner", (x) => jnp.inner(x([2, 3]), x([4, 3]))],
  ["invert", (x) => jnp.invert(x([2], "uint8"))],
  ["linspace", () => jnp.linspace(0, 1, 5)],
  ["matmul", (x) => [jnp.matmul(x([2, 3]), x([3, 4])), jnp.matmul(x([5, 2, 3]), x([3]))]],
  ["matvec", (x) => jnp.matvec(x([2, 3]), x([5, 3]))],
  ["meshgrid", (x) => jnp.meshgrid([x([2]), x([3])])],
  ["moveaxis", (x) => jnp.moveaxis(x([2, 3, 4]), 0, -1)],
  ["ones", () => jnp.ones([2])],
  ["pad", (x) => [jnp.pad(x([2, 3]), 1), jnp.pad(x([3]), [1, 2], { mode: "reflect" })]],
  ["promoteTypes", () => jnp.promoteTypes("int8", "uint8")],
  ["repeat", (x) => jnp.repeat(x([2, 3]), [1, 2, 0], 1)],
  ["reshape", (x) => jnp.reshape(x([2, 3]), [3, -1])],
  ["roll", (x) => [jnp.roll(x([2, 3]), 1), jnp.roll(x([2, 3]), 1, 0)]],
  ["searchsorted", (x) => jnp.searchsorted(x([4]), x([2, 3]))],
  ["select", (x) => jnp.select([x([3], "bool")], [x([2, 3])])],
  ["split", (x) => jnp.split(x([4, 2]), [1, 3])],
  ["swapaxes", (x) => jnp.swapaxes(x([2, 3, 4]), 0, 2)],
  ["take", (x) => [jnp.take(x([4, 2]), [0, 5], { axis: 0 }), jnp.take(x([4, 2]), x([3], "int32"))]],
  ["takeAlongAxis", (x) => jnp.takeAlongAxis(x([4, 2]), x([1, 2], "int32"), 0)],
  ["tensordot", (x) => jnp.tensordot(x([2, 3, 4]), x([3, 4, 5]))],
  ["oneHot", (x) => [jnp.oneHot(x([2, 3], "int32"), 4), jnp.oneHot(x([2], "int32"), 3, { axis: 0 })]],
  ["tile", (x) => jnp.tile(x([2, 3]), [2, 1, 2])],
  ["topK", (x) => jnp.topK(x([2, 5]), 3)],
  ["tri", () => jnp.tri(3)],
  ["vdot", (x) => jnp.vdot(x([2, 3]), x([6]))],
  ["vecdot", (x) => jnp.vecdot(x([2, 3]), x([3]))],
  ["vecmat", (x) => jnp.vecmat(x([2]), x([5, 2, 3]))],
  ["vsplit", (x) => jnp.vsplit(x([4, 2]), 2)],
  ["where", (x) => jnp.where(x([2, 1], "bool"), x([3]), 0)],
  ["zeros", () => jnp.zeros([2], "bool")],
]);

/** Functions whose results depend on values. */
const VALUES = new Map<string, Call>([
  ...MORE_VALUES,
  ["allclose", (x) => jnp.allclose(x([2]), x([2]))],
  ["argwhere", (x) => jnp.argwhere(x([2, 3]))],
  ["arrayEqual", (x) => jnp.arrayEqual(x([2]), x([2]))],
  ["flatnonzero", (x) => jnp.flatnonzero(x([2, 3]))],
  ["nonzero", (x) => jnp.nonzero(x([2, 3]))],
  ["trilIndices", () => jnp.trilIndices(3)],
  ["triuIndices", () => jnp.triuIndices(3)],
  ["unique", (x) => jnp.unique(x([3]))],
  ["a mask as an index", (x) => x([3]).slice(x([3], "bool"))],
  [
    "a mask as a place to write",
    (x) =>
      x([3])
        .at(x([3], "bool"))
        .set(1),
  ],
  ["where of one argument", (x) => jnp.where(x([2]))],
  ["tolist", (x) => x([2]).tolist()],
  ["item", (x) => x([]).item()],
  [
    "a float array as an index",
    (x) =>
      x([3])
        .slice(x([2], "int32"))
        .item(),
  ],
]);

/** Methods and indices, which have other names than the functions. */
const METHODS: readonly (readonly [string, Call])[] = [
  ["slice", (x) => [x([4, 3]).slice(1, "::2"), x([4, 3]).slice([0, 1], null), x([4, 3]).slice(x([2], "int32"))]],
  [
    "at",
    (x) => [
      x([4, 3]).at(1).set(2),
      x([4, 3])
        .at([0, 1], ":")
        .add(x([3])),
      x([4], "int8").at("1:").max(0),
    ],
  ],
  ["norm", (x) => [jnp.linalg.norm(x([2, 3])), jnp.linalg.norm(x([2, 3]), { ord: 1, axis: 1 })]],
  [
    "flatten",
    (x) => [
      x([2, 3]).flatten(),
      x([2, 3]).T,
      x([2, 3]).mT,
      x([2, 3]).swapaxes(0, 1),
      x([2, 3]).ravel(),
      x([2, 3]).unstack(1),
      square(x),
    ],
  ],
];

/** Shapes and dtypes of the arrays in an answer. */
function forms(x: unknown): unknown {
  if (Array.isArray(x)) return x.map(forms);
  return jnp.isArray(x) ? { shape: x.shape, dtype: x.dtype } : x;
}

const real: Make = (shape, dtype = "float32") => jnp.ones(shape, dtype);
/** The array behind each shape was never allocated. */
const abstract: Make = (shape, dtype = "float32") => jnp.zeros(shape, dtype);

it.each([...CALLS, ...METHODS])("%s has the same shapes and dtypes without values", (_, call) => {
  expect(forms(nnx.evalShape(() => call(abstract)))).toEqual(forms(call(real)));
});

it.each([...VALUES])("%s needs values and says so", (_, call) => {
  expect(() => nnx.evalShape(() => call(abstract))).toThrow(/has a shape but no values/);
});

it("every function of numpy is in one of the tables", () => {
  const names = Object.entries(jnp).flatMap(([name, value]) =>
    typeof value === "function" && !isAbsent(value) && name !== "NDArray" ? [name] : [],
  );
  expect(names.filter((name) => !CALLS.has(name) && !VALUES.has(name))).toEqual([]);
});
