import { afterEach, expect, it } from "vitest";
import { config } from "../../src/index.ts";
import { onEachBackend } from "../backends.ts";
import { hexWords } from "../bits.ts";
import { decode, golden } from "../golden/load.ts";
import type { ElementwiseCase } from "./elementarycases.ts";
import { FUNCTIONS } from "./elementarycases.ts";

afterEach(() => {
  config.profile = "fma";
});

onEachBackend("golden values of the elementary functions", () => {
  it.each([
    ["fma", "elementwise"],
    ["nofma", "nofma/elementwise"],
  ] as const)("every element has JAX's bits, profile %s", (profile, file) => {
    config.profile = profile;
    const cases = golden<ElementwiseCase>(file);
    expect(new Set(cases.map((c) => c.fn))).toEqual(new Set(Object.keys(FUNCTIONS)));
    for (const c of cases)
      expect(hexWords(FUNCTIONS[c.fn as keyof typeof FUNCTIONS](decode(c.x)).data), c.fn).toEqual(
        hexWords(decode(c.out)),
      );
  });
});
