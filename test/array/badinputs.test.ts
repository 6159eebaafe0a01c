import { describe, expect, it } from "vitest";
import { LimitError, nnx, numpy as jnp, random } from "../../src/index.ts";
import { useBackend } from "../../src/backend/index.ts";

const LENGTHS = [...Array.from({ length: 67 }, (_, i) => i + 1), 1023, 1024, 1025];

/** The function of one array that numpy has under a name. */
function named(name: string): readonly [string, (x: jnp.NDArray) => jnp.NDArray] {
  const f = (jnp as unknown as Record<string, (x: jnp.NDArray) => jnp.NDArray>)[name]!;
  return [name, f];
}

/** What arrays of numbers go through, elementwise and reduced. */
const FUNCTIONS: readonly (readonly [string, (x: jnp.NDArray) => jnp.NDArray])[] = [
  ...["exp", "log1p", "tanh", "sin", "erf", "logistic", "sqrt", "square"].map(named),
  ...["sum", "mean", "var", "std", "prod", "max", "min", "logsumexp", "cumsum", "nansum", "argmax"].map(named),
  ["power", (x) => jnp.power(x.abs(), x)],
  ["hypot", (x) => jnp.hypot(x, 2)],
  ["logaddexp", (x) => jnp.logaddexp(x, x.neg())],
  ["softmax", (x) => nnx.softmax(x)],
  ["vecdot", (x) => jnp.vecdot(x, x)],
];

function words(x: jnp.NDArray): number[] {
  return [...new Uint32Array(x.astype("float32").data.slice().buffer)];
}

describe("123: lengths 1 to 67 and 1023 to 1025", () => {
  const whole = random.normal(random.key(5), [1025]);

  it.each(FUNCTIONS)("%s has the same bits on both backends", (_, f) => {
    for (const n of LENGTHS) {
      const x = whole.slice(`:${n}`);
      useBackend("core");
      const expected = words(f(x));
      useBackend("wasm");
      const got = words(f(x));
      useBackend("auto");
      expect(got, `of ${n}`).toEqual(expected);
    }
  });

  it("an element does not depend on the length after it", () => {
    for (const name of ["exp", "tanh", "sin", "cumsum"]) {
      const all = words(named(name)[1](whole));
      for (const n of LENGTHS)
        expect(words(named(name)[1](whole.slice(`:${n}`))), `${name} of ${n}`).toEqual(all.slice(0, n));
    }
  });
});

describe("124: a result of more than 2^31 - 1 elements is a LimitError before anything is allocated", () => {
  const long = jnp.zeros([2 ** 16]);
  it.each([
    ["arange", () => jnp.arange(2 ** 31)],
    ["broadcastTo", () => jnp.broadcastTo(1, [2 ** 16, 2 ** 15])],
    ["broadcastArrays", () => jnp.broadcastArrays(long.reshape([-1, 1]), long)],
    ["a sum that broadcasts", () => long.reshape([-1, 1]).add(long)],
    ["where", () => jnp.where(long.reshape([-1, 1]), long, 0)],
    ["hypot", () => jnp.hypot(long.reshape([-1, 1]), long)],
    ["concatenate", () => jnp.concatenate(Array.from({ length: 2 ** 15 }, () => long))],
    ["diag", () => jnp.diag(long)],
    ["eye", () => jnp.eye(2 ** 16)],
    ["full", () => jnp.full([2 ** 31], 1)],
    ["kron", () => jnp.kron(long, long)],
    ["linspace", () => jnp.linspace(0, 1, 2 ** 31)],
    ["meshgrid", () => jnp.meshgrid([long, long])],
    ["oneHot", () => nnx.oneHot(long, 2 ** 15)],
    ["outer", () => jnp.outer(long, long)],
    ["pad", () => jnp.pad([1], 2 ** 31)],
    ["pad of edges", () => jnp.pad([1], 2 ** 31, { mode: "edge" })],
    ["pad along two axes", () => jnp.pad([[1]], 2 ** 16, { mode: "wrap" })],
    ["repeat", () => jnp.repeat([1], 2 ** 31)],
    ["repeat of rows", () => jnp.repeat(long.reshape([2, -1]), 2 ** 16, 0)],
    ["take", () => jnp.take(jnp.zeros([1, 2 ** 16]), new Int32Array(2 ** 15), { axis: 0 })],
    ["tile", () => jnp.tile([1, 2], 2 ** 31)],
    ["tile along two axes", () => jnp.tile([1], [2 ** 16, 2 ** 16])],
    ["trilIndices", () => jnp.trilIndices(2 ** 16)],
    ["zeros", () => jnp.zeros([2 ** 31])],
  ])("%s", (_, run) => {
    const before = process.memoryUsage();
    expect(run).toThrow(LimitError);
    const after = process.memoryUsage();
    expect(after.arrayBuffers + after.external - before.arrayBuffers - before.external).toBeLessThan(2 ** 29);
  });

  it("shapes alone may be larger", () => {
    expect(nnx.evalShape(() => jnp.outer(jnp.zeros([2 ** 16]), jnp.zeros([2 ** 16]))).shape).toEqual([
      2 ** 16,
      2 ** 16,
    ]);
  });
});

describe("126: many small arrays", () => {
  it("leave no memory behind", () => {
    let last = jnp.zeros([2]);
    const run = (count: number): number => {
      for (let i = 0; i < count; i++) last = jnp.array([i, 1]).add(1);
      return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
    };
    const before = run(20_000);
    // Ten times as many that all stayed would be some hundred MiB.
    expect(run(200_000) - before).toBeLessThan(64 * 2 ** 20);
    expect(last.tolist()).toEqual([200_000, 2]);
  });
});

it("125: arrays are not disposed of: there is nothing to call, and nothing that could be used after it", () => {
  expect(
    Object.getOwnPropertyNames(jnp.NDArray.prototype).filter((name) => /dispose|free|release/i.test(name)),
  ).toEqual([]);
});
