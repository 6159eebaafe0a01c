import { describe, expect, it } from "vitest";
import { numpy as jnp } from "../../src/index.ts";
import type { NDArray } from "../../src/index.ts";
import { onEachBackend } from "../backends.ts";

const NUMPY = jnp as unknown as Record<string, Reduction>;

type Reduction = (x: NDArray, options: object) => NDArray;

const METHODS = ["sum", "prod", "mean", "var", "std"] as const;
const FUNCTIONS = [...METHODS, "nansum", "nanprod", "nanmean", "cumsum", "cumprod"] as const;
const ALONG = { axis: 0 };

onEachBackend("what is computed in another dtype", () => {
  const x = jnp.array(Float32Array.from({ length: 12 }, (_, i) => ((i * 7) % 12) / 8 + 0.25)).reshape([4, 3]);
  const calls: [string, Reduction][] = [
    ...FUNCTIONS.map((name): [string, Reduction] => [`numpy.${name}`, NUMPY[name]!]),
    ...METHODS.map((name): [string, Reduction] => [
      `NDArray.${name}`,
      (y, options) => (y[name] as (options: object) => NDArray)(options),
    ]),
  ];

  describe.each(calls)("%s", (_, f) => {
    it.each(["float32", "bfloat16", "float16"] as const)("is %s, whatever the dtype it is made of", (dtype) => {
      for (const own of ["float32", "bfloat16", "float16", "int32"] as const)
        expect([own, f(x.astype(own), { ...ALONG, dtype }).dtype]).toEqual([own, dtype]);
    });

    it("keeps bits that the dtype of the array has no room for", () => {
      const half = x.astype("bfloat16");
      expect(f(half, { ...ALONG, dtype: "float32" }).tolist()).toEqual(f(half.astype("float32"), ALONG).tolist());
    });
  });
});
