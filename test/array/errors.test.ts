import { expect, it } from "vitest";
import { LimitError, numpy as jnp, ShapeError } from "../../src/index.ts";

const a = jnp.arange(6).reshape([2, 3]);

it.each([
  ["an axis that is not there", () => jnp.flip(a, 2), RangeError, /flip: "axis" expected an axis from -2 to 1, got 2/],
  ["an axis twice", () => a.transpose([0, 0]), RangeError, /transpose: "axes" expected different axes/],
  ["an axis that is no number", () => jnp.sort(a, { axis: "0" as never }), TypeError, /sort: "axis" expected a number/],
  [
    "options of at().set",
    () =>
      (jnp.zeros([2]).at(0) as unknown as { set: (value: number, options: object) => unknown }).set(1, {
        mode: "clip",
      }),
    TypeError,
    /^at\(\).set: "options" expected nothing, got "mode"/,
  ],
  [
    "options of at().get",
    () => (jnp.zeros([2]).at(0) as unknown as { get: (options: object) => unknown }).get({ mode: "fill" }),
    TypeError,
    /^at\(\).get: "options" expected nothing, got "mode"/,
  ],
  [
    "too many indices",
    () => a.slice(0, 0, 0),
    ShapeError,
    /slice: "index" expected at most 2 axes for shape \[2, 3\], got 3/,
  ],
  [
    "a fraction among the indices",
    () => a.slice([0.5]),
    TypeError,
    /slice: "index" expected whole numbers, got float32\[1\]/,
  ],
  ["a float array as index", () => a.slice(jnp.zeros([1])), TypeError, /expected whole numbers/],
  ["text that is no slice", () => a.slice("1-2" as never), TypeError, /expected a slice "start:stop:step"/],
  ["a step of 0", () => a.slice("::0"), RangeError, /a step other than 0/],
  [
    "a mask of another shape",
    () => a.slice([true, false, true]),
    ShapeError,
    /a bool array with the sizes of its axes of \[2, 3\], got \[3\]/,
  ],
  ["a value that does not fit its place", () => a.at(0).set([1, 2]), ShapeError, /at\(\)\.set: .*\[2\]/],
  [
    "arrays that do not join",
    () => jnp.concatenate([a, [[1, 2]]]),
    ShapeError,
    /concatenate: expected shapes that differ along axis 0 only/,
  ],
  ["nothing to join", () => jnp.stack([]), RangeError, /stack: "arrays" expected at least one array/],
  [
    "parts that are not equal",
    () => jnp.split([1, 2, 3], 2),
    ShapeError,
    /split: "indicesOrSections" expected a divisor of 3/,
  ],
  ["a negative width", () => jnp.pad(a, -1), RangeError, /pad: "padWidth" expected at least 0, got -1/],
  [
    "an unknown mode",
    () => jnp.take(a, [0], { mode: "raise" as never }),
    TypeError,
    /take: "mode" expected "fill", "clip" or "wrap"/,
  ],
  ["more than there are", () => jnp.topK([1, 2], 3), RangeError, /topK: "k" expected 0 to 2/],
  [
    "an unknown dtype",
    () => a.astype("float64" as never),
    TypeError,
    /astype: "dtype" expected float32, bfloat16, float16, .* or bool, got "float64"/,
  ],
  [
    "a number that no integer holds",
    () => a.add(2 ** 40),
    RangeError,
    /add: expected a number that fits int32, got 1099511627776/,
  ],
  ["integers to a negative power", () => a.pow(-1), RangeError, /power: "b" expected an exponent of at least 0/],
  [
    "floats for bits",
    () => jnp.bitwiseAnd(1.5, 1),
    TypeError,
    /bitwiseAnd: expected integer or bool arrays, got float32/,
  ],
  ["more elements than an array holds", () => jnp.arange(2 ** 32), LimitError, /arange: expected at most/],
  [
    "a broadcast that does not fit",
    () => jnp.broadcastTo(a, [2, 2]),
    ShapeError,
    /broadcastTo: shapes \[2, 3\] and \[2, 2\]/,
  ],
])("%s is an error that says so", (_, run, kind, message) => {
  expect(run).toThrow(kind);
  expect(run).toThrow(message);
});

it.each(["set", "add", "multiply", "min", "max", "get"])(
  "at().%s refuses options, and what else it does not take",
  (name) => {
    const at = a.at(0) as unknown as Record<string, (...args: unknown[]) => unknown>;
    const taken = name === "get" ? [] : [1];
    expect(() => at[name]!(...taken, { mode: "clip" })).toThrow(`at().${name}: "options" expected nothing, got "mode"`);
    expect(() => at[name]!(...taken, 2)).toThrow(new RegExp(`^at\\(\\)\\.${name}: expected`));
    expect(() => at[name]!(...taken, {}, {})).toThrow(TypeError);
  },
);

it("no function changes its argument", () => {
  const x = jnp.array([3, 1, 2]);
  x.at(0).set(9);
  x.sort();
  x.flatten().at("1:").add(1);
  expect(x.tolist()).toEqual([3, 1, 2]);
});

it("unstack gives the entries along an axis; a scalar has none", () => {
  expect(a.unstack().map((row) => row.tolist())).toEqual([
    [0, 1, 2],
    [3, 4, 5],
  ]);
  expect(() => jnp.array(1).unstack()).toThrow(/unstack: "axis" expected an axis of a scalar, which has none/);
});
