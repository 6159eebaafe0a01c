import fc from "fast-check";
import { expect, it } from "vitest";
import { int } from "../../src/index.ts";

it("truncates toward zero as Python's int() does, and never gives -0", () => {
  expect([5.7, -5.7, 0.99, -0.5, -0, 2 ** 53 - 1].map((x) => int(x))).toEqual([5, -5, 0, 0, 0, 2 ** 53 - 1]);
});

it("agrees with Math.trunc on every double below 2^53", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, min: -(2 ** 53) + 1, max: 2 ** 53 - 1 }), (x) =>
      Object.is(int(x), Math.trunc(x) + 0),
    ),
  );
});

it("takes a bigint that a number holds exactly", () => {
  expect(int(12n)).toBe(12);
  expect(() => int(2n ** 60n)).toThrow(RangeError);
});

it.each([NaN, Infinity, -Infinity, 2 ** 53, 1e300])("%s is a RangeError that names the argument", (x) => {
  expect(() => int(x, 'Linear: "features"')).toThrow(RangeError);
  expect(() => int(x, 'Linear: "features"')).toThrow(/^Linear: "features" expected .*, got /);
});

it.each([
  ["a string", "4"],
  ["null", null],
  ["undefined", undefined],
  ["a boolean", true],
  ["an array", [4]],
  ["an object", {}],
])("%s is a TypeError that names the argument", (_, x) => {
  expect(() => int(x, 'Linear: "features"')).toThrow(TypeError);
  expect(() => int(x, 'Linear: "features"')).toThrow(/^Linear: "features" expected a number, got /);
});
