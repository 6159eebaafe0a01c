import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { ordered, refuseSurplus } from "../../src/base/index.ts";

/** A function of two places and names, which gives what it got. */
function pad(...args: unknown[]): unknown[] {
  const found = ordered<typeof pad>(arguments, 2, "pad array width | mode:s dtype:d * value:n flag:b");
  return found === undefined ? args : pad(...found);
}

/** The message of the error that a call throws. */
function message(...args: unknown[]): string {
  try {
    return `no error: ${JSON.stringify(pad(...args))}`;
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
    return (error as Error).message;
  }
}

describe("ordered", () => {
  it("leaves a call in order alone", () => {
    const names = { value: 1 };
    expect(pad([1], 2, names)[2]).toBe(names);
    expect(pad([1], 2)).toEqual([[1], 2]);
    expect(pad(new Float32Array(1), [1, 2])).toHaveLength(2);
  });

  it("takes by place or by name what has both", () => {
    const all = [[1], 2, { mode: "edge", value: 3 }];
    expect(pad([1], 2, "edge", { value: 3 })).toEqual(all);
    expect(pad([1], { width: 2, value: 3, mode: "edge" })).toEqual(all);
    expect(pad({ width: 2, value: 3, mode: "edge", array: [1] })).toEqual(all);
    expect(pad([1], 2, undefined, undefined, { value: 3 })).toEqual([[1], 2, { value: 3 }]);
    expect(pad([1], 2, Object.assign(Object.create(null), { value: 3 }))).toHaveLength(3);
  });

  it("takes names in an object of another realm", () => {
    const names = runInNewContext("({ mode: 'edge', value: 3 })") as object;
    expect(pad([1], 2, names)).toEqual([[1], 2, { mode: "edge", value: 3 }]);
  });

  it("leaves out a dtype that is null, Python's None", () => {
    expect(pad([1], 2, { dtype: null })).toEqual([[1], 2]);
    expect(pad([1], 2, "edge", null)).toEqual([[1], 2, { mode: "edge" }]);
  });

  it.each([
    [
      [[1], 2, { valeu: 1 }],
      '"options" expected array, width, mode, dtype, value, flag, got "valeu". Did you mean "value"?',
    ],
    [
      [[1], 2, { Mode: "" }],
      '"options" expected array, width, mode, dtype, value, flag, got "Mode". Did you mean "mode"?',
    ],
    [[[1], 2, { xyz: 1 }], '"options" expected array, width, mode, dtype, value, flag, got "xyz"'],
    [
      [[1], 2, "edge", "float32", 4],
      "expected at most 4 arguments by place (array, width, mode, dtype), got 5: 4 is one too many. " +
        "By name there are value, flag",
    ],
    [[[1], 2, { width: 3 }], '"width" expected once, got it by place and by name'],
    [[[1], 2, { value: "3" }], '"value" expected a number, got "3"'],
    [[[1], 2, { flag: 1 }], '"flag" expected a boolean, got 1'],
    [[[1], 2, { mode: 1 }], '"mode" expected a string, got 1'],
  ])("refuses %j", (args, expected) => {
    expect(message(...args)).toBe(`pad: ${expected}`);
  });

  it("refuses the call that a list's map makes", () => {
    const list = [[1], [2]];
    expect(() => list.map((_, i) => ordered(argumentsOf(list[i], i, list), 3, "clip x min max"))).toThrow(
      "clip: expected its arguments, got an element, its index and the list. Write list.map((x) => clip(x))",
    );
    expect(ordered(argumentsOf([1], 0, [0]), 3, "clip x min max")).toBeUndefined();
  });
});

describe("refuseSurplus", () => {
  it("lets the index and the list of a map pass, and nothing else", () => {
    refuseSurplus("relu", "x", argumentsOf(1, 0, [1]));
    for (const args of [argumentsOf(1, 0), argumentsOf(1, 0, 1), argumentsOf(1, 0, [1], 1)])
      expect(() => refuseSurplus("relu", "x", args)).toThrow("relu: expected at most 1 argument by place (x), got");
    expect(() => refuseSurplus("add", "a b", argumentsOf(1, 0, [1]))).toThrow("add: expected at most 2");
  });
});

function argumentsOf(...args: unknown[]): IArguments {
  return args as unknown as IArguments;
}

describe("the kind of a value", () => {
  const anything: readonly unknown[] = [true, 1.5, "C", "default", "float32", "int32", "threefry2x32", Math.abs, [1]];

  it.each<[kind: string, taken: readonly unknown[]]>([
    ["b", [true]],
    ["n", [1.5]],
    ["s", ["C", "default", "float32", "int32", "threefry2x32"]],
    ["f", [Math.abs]],
    ["o", ["C", "K", "A"]],
    ["p", ["default", "high", "highest", "float32", "fastest"]],
    ["g", ["float32"]],
    ["i", ["int32"]],
    ["t", ["threefry2x32"]],
    ["0", [false]],
    ["d", anything],
    ["x", anything],
  ])("%s has its values, and no others", (kind, taken) => {
    function f(...args: unknown[]): unknown {
      return ordered<typeof f>(args as unknown as IArguments, 1, `f x | option:${kind}`);
    }
    for (const value of new Set([...taken, ...anything]))
      if (taken.includes(value)) expect(f([1], value)).toEqual([[1], { option: value }]);
      else expect(() => f([1], value)).toThrow(/^f: "option" expected /);
  });
});
