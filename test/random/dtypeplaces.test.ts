/** Samplers of integers take the one dtype that they draw, by place and by name, and no other. */
import { describe, expect, it } from "vitest";
import { random } from "../../src/index.ts";

const key = random.key(0);

describe.each<[name: string, draw: (dtype?: "int32") => { dtype: string; tolist(): unknown }, byName: () => unknown]>([
  [
    "geometric",
    (dtype) => random.geometric(key, 0.3, [4], dtype as "int32"),
    () => random.geometric(key, 0.3, [4], { dtype: "int32" }).tolist(),
  ],
  [
    "poisson",
    (dtype) => random.poisson(key, 3, [4], dtype as "int32"),
    () => random.poisson(key, 3, [4], { dtype: "int32" }).tolist(),
  ],
])("random.%s", (name, draw, byName) => {
  it("takes int32", () => {
    expect(draw("int32").dtype).toBe("int32");
    expect(draw("int32").tolist()).toEqual(draw().tolist());
    expect(byName()).toEqual(draw().tolist());
  });

  it("refuses another", () => {
    expect(() => draw("int8" as never)).toThrow(`random.${name}: "dtype" expected "int32" or nothing, got "int8"`);
  });
});
