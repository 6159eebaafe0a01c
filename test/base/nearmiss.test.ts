import { describe, expect, it } from "vitest";
import { editDistance, meant } from "../../src/base/nearmiss.ts";

describe("the name that was meant", () => {
  it.each<[name: string, names: string[], expected: string | undefined]>([
    ["axis", ["axis", "keepdims"], "axis"],
    ["dim", ["axis", "keepdims"], "axis"],
    ["dim", ["keepdims"], undefined],
    ["eps", ["epsilon"], "epsilon"],
    ["eps", ["momentum"], undefined],
    ["size", ["shape"], "shape"],
    ["use_bias", ["useBias"], "useBias"],
    ["bias", ["useBias"], "useBias"],
    ["keepDims", ["axis", "keepdims"], "keepdims"],
    ["kepdim", ["axis", "keepdims"], "keepdims"],
    ["kpdim", ["axis", "keepdims"], undefined],
    ["axs", ["axis"], "axis"],
    ["as", ["axis"], undefined],
    ["xy", ["xx", "yy"], "xx"],
  ])("by %j among %j is %j", (name, names, expected) => {
    expect(meant(name, names)).toBe(expected);
  });

  it.each([
    ["", "", 0],
    ["abc", "", 3],
    ["", "abc", 3],
    ["axis", "axes", 1],
    ["abcd", "bcd", 1],
    ["bcd", "abcd", 1],
    ["ab", "ba", 2],
  ])("%j is so many letters from %j: %d", (a, b, expected) => {
    expect(editDistance(a, b)).toBe(expected);
  });
});
