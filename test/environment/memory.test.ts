import { afterAll, describe, expect, it } from "vitest";
import { memoryInfo, numpy as jnp, useBackend } from "../../src/index.ts";

afterAll(() => useBackend("auto"));

describe("memoryInfo", () => {
  it("counts the weights that are kept, from their second use on", () => {
    useBackend("wasm");
    const before = memoryInfo();
    const w = jnp.ones([100, 50]);
    jnp.ones([8, 100]).matmul(w);
    expect(memoryInfo().residents).toBe(before.residents);
    jnp.ones([8, 100]).matmul(w);
    const { backend, linearBytes, residentBytes, residents } = memoryInfo();
    expect([backend, residents - before.residents, residentBytes - before.residentBytes]).toEqual(["wasm", 1, 4 * 100 * 52]);
    expect(linearBytes).toBeGreaterThan(residentBytes);
  });

  it("is nothing on the core", () => {
    useBackend("core");
    expect(memoryInfo()).toEqual({ backend: "core", linearBytes: 0, residentBytes: 0, residents: 0 });
  });
});
