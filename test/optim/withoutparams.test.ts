/** Every transformation without the parameters: what needs them says so by its name, the rest gives its updates. */
import { describe, expect, it } from "vitest";
import { optax } from "../../src/index.ts";
import { PARAMS, sampleOf } from "../meta/samplecalls.ts";

type Make = (...args: unknown[]) => optax.GradientTransformation;

/** What is made by one argument at most. */
const MAKERS: readonly (readonly [string, Make])[] = Object.entries({ ...optax, ...optax.contrib })
  .filter(([name, make]) => typeof make === "function" && /^[a-z]/.test(name))
  .flatMap(([name, make]) => {
    const args = sampleOf(`optax.${name}`, []) ?? [];
    const made = [[], [0.125], args].flatMap((given) => {
      try {
        const tx = (make as (...all: unknown[]) => unknown)(...given);
        return typeof tx === "object" && tx !== null && "update" in tx && "init" in tx ? [given] : [];
      } catch {
        return [];
      }
    });
    return made.length === 0 ? [] : [[name, () => (make as Make)(...made.at(-1)!)] as const];
  });

describe.each(MAKERS)("optax.%s", (_, make) => {
  it("says that it needs the parameters, or does not", () => {
    const tx = make();
    try {
      const state = tx.init(PARAMS as never);
      tx.update(PARAMS as never, state as never, undefined as never, { value: 1 } as never);
    } catch (error) {
      expect((error as Error).message).toMatch(/^optax\.\w+(\.\w+)?: "(params|updates)" expected/);
    }
  });
});

it("covers them", () => {
  expect(MAKERS.length).toBeGreaterThan(80);
});
