import { afterEach, expect, it } from "vitest";
import { config, random } from "../../src/index.ts";
import { arrayOf, comparable } from "../array/goldencases.ts";
import { golden } from "../golden/load.ts";
import type { HalfCase } from "./cases.ts";

afterEach(() => {
  config.threefryPartitionable = true;
});

it("uniform draws bfloat16 and float16 with JAX's bits, in both layouts", () => {
  for (const { seed, shape, minval, maxval, dtype, original, result } of golden<HalfCase>("uniform_half")) {
    config.threefryPartitionable = !original;
    expect(comparable(random.uniform(random.key(seed), shape, { minval, maxval, dtype }))).toEqual(
      comparable(arrayOf(result)),
    );
  }
});
