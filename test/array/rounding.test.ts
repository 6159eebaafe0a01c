import { expect, it } from "vitest";
import { numpy as jnp, random } from "../../src/index.ts";

it.each(["bfloat16", "float16"] as const)("%s is rounded to decimals in float32, and then to itself", (dtype) => {
  const x = random.normal(random.key(0), [1000]).mul(30).astype(dtype);
  for (const decimals of [-1, 1, 2, 3]) {
    const rounded = jnp.round(x, decimals);
    expect(rounded.dtype).toBe(dtype);
    expect(rounded.tolist()).toEqual(jnp.round(x.astype("float32"), decimals).astype(dtype).tolist());
  }
});
