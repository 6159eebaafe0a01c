import { afterAll, expect, it } from "vitest";
import * as flaxen from "../../../src/index.ts";

/**
 * What platforms run: the same program, so that its constant is theirs. Its name is not a literal, for it has no types.
 */
const probe = "../../platform/probe.js";
const { trained } = (await import(probe)) as { trained: (library: typeof flaxen) => string };

/** 50 steps of an MLP, 20 of a CNN and 20 of a GPT, recorded on x86-64. */
const DIGEST = "fbbeb89f";

afterAll(async () => {
  flaxen.useBackend("auto");
  await flaxen.init({ threads: 1 });
});

it.each(["core", "wasm", "auto"] as const)("training has one digest on %s", (backend) => {
  flaxen.useBackend(backend);
  expect(trained(flaxen)).toBe(DIGEST);
});

it.each([2, 4])("training has one digest on %d threads", async (count) => {
  flaxen.useBackend("wasm");
  const { threads } = await flaxen.init({ threads: count });
  expect(threads).toBe(count);
  expect(trained(flaxen)).toBe(DIGEST);
});
