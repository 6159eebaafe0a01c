import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { absentModules } from "../../scripts/surface/absentnames.ts";
import { surfaceOf, surfaceTable } from "../../scripts/surface/table.ts";

describe("the surface table", () => {
  it.each([
    "nnx",
    "jax",
    "random",
    "numpy",
    "nn",
    "lax",
    "linalg",
    "jaxtree",
    "image",
    "ops",
    "optax",
    "contrib",
    "losses",
    "schedules",
    "tree",
  ] as const)("every public name of Python's %s is here, or has a reason not to be", (namespace) => {
    expect(surfaceOf(namespace)).toMatchObject({ unexplained: [], stale: [] });
  });

  it("docs/surface.md is what `npm run surface` writes", () => {
    expect(readFileSync(new URL("../../docs/surface.md", import.meta.url), "utf8")).toBe(surfaceTable());
  });
});

it("the modules of src/absent are what `npm run surface` writes", async () => {
  for (const [file, text] of await absentModules())
    expect(readFileSync(new URL(`../../src/absent/${file}`, import.meta.url), "utf8"), file).toBe(text);
});
