import { describe, expect, it } from "vitest";
import type { NDArray } from "../../src/numpy.ts";
import type { Encoded } from "../golden/load.ts";
import { golden } from "../golden/load.ts";
import type { GoldenCall } from "./goldencases.ts";
import { answer, arrayOf, comparable } from "./goldencases.ts";

for (const file of ["numpy", "numpy_shapes", "numpy_more"]) {
  const calls = golden<GoldenCall>(file);
  describe(`golden values of ${file}.json`, () => {
    it.each([...new Set(calls.map((call) => call.fn))])("%s has JAX's bits, dtype and shape", (fn) => {
      for (const call of calls.filter((one) => one.fn === fn)) {
        const shown = JSON.stringify([call.args, call.kwargs], (name, value) =>
          name === "b64" ? undefined : (value as unknown),
        ).slice(0, 200);
        const got = answer(call);
        if (call.ulp === undefined) expect(comparable(got), shown).toEqual(comparable(call.result));
        else expect(distance(got as NDArray, arrayOf(call.result as Encoded)), shown).toBeLessThanOrEqual(call.ulp);
      }
    });
  });
}

/** The place of a float32 among all of them. */
function place(x: number): number {
  const word = new Int32Array(Float32Array.of(x).buffer)[0]!;
  return word < 0 ? -(word & 0x7fffffff) : word;
}

/** The greatest distance of two float32 arrays in units of the last place; NaN and NaN are 0 apart. */
function distance(a: NDArray, b: NDArray): number {
  expect([a.shape, a.dtype]).toEqual([b.shape, b.dtype]);
  return Array.from(a.data, (x, i) => (Object.is(x, b.data[i]) ? 0 : Math.abs(place(x) - place(b.data[i]!)))).reduce(
    (most, d) => Math.max(most, d),
    0,
  );
}

describe("printing", () => {
  it("str and repr are NumPy's and JAX's", () => {
    for (const { x, str, repr } of golden<{ x: Encoded; str: string; repr: string }>("numpy_print")) {
      const a = arrayOf(x);
      expect(a.toString()).toBe(str);
      expect((a as never)[Symbol.for("nodejs.util.inspect.custom") as never]).toBeTypeOf("function");
      expect((a as unknown as Record<symbol, () => string>)[Symbol.for("nodejs.util.inspect.custom")]!()).toBe(repr);
    }
  });
});
