import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { absentModules, isAbsent } from "../../scripts/surface/absentnames.ts";
import { surfaceOf, surfaceTable } from "../../scripts/surface/table.ts";
import * as flaxen from "../../src/index.ts";

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
    "optax",
    "contrib",
    "losses",
    "tree",
  ] as const)("every public name of Python's %s is here, or has a reason not to be", (namespace) => {
    expect(surfaceOf(namespace)).toMatchObject({ unexplained: [], stale: [] });
  });

  it("docs/surface.md is what `npm run surface` writes", () => {
    expect(readFileSync(new URL("../../docs/surface.md", import.meta.url), "utf8")).toBe(surfaceTable());
  });
});

describe("a name of Python's that is not here", () => {
  const { nnx, jax, numpy, lax, linalg, optax } = flaxen;
  const spaces = { nnx, jax, numpy, lax, linalg, optax, "optax.contrib": optax.contrib };
  const absent = Object.entries(spaces).flatMap(([namespace, space]) =>
    Object.entries(space)
      .filter(([, value]) => isAbsent(value))
      .map(([name, value]): [string, () => void] => [`${namespace}.${name}`, value as () => void]),
  );

  it.each(absent)("%s throws its reason, called, made or extended", (path, f) => {
    const { absent: reason } = f as unknown as { absent: string };
    const message = `${path} is not in flaxen: ${reason}`;
    expect(() => f()).toThrow(new TypeError(message));
    expect(() => new (f as never as new () => object)()).toThrow(message);
    expect(() => new (class extends (f as never as new () => object) {})()).toThrow(message);
    expect(f.name).toBe(path.split(".").at(-1));
  });

  it("does not compile when it is called", () => {
    // @ts-expect-error Type 'Absent<"one device, no sharding">' has no call signatures.
    expect(() => nnx.pmap((x: number) => x)).toThrow(TypeError);
  });

  it("covers what a program of Flax may look for", () => {
    const paths = absent.map(([path]) => path);
    expect(paths).toEqual(expect.arrayContaining(["nnx.shardMap", "nnx.Object", "jax.pmap", "lax.psum", "linalg.svd"]));
    expect(paths.length).toBeGreaterThan(80);
  });

  it("has the module that `npm run surface` writes", async () => {
    for (const [file, text] of await absentModules())
      expect(readFileSync(new URL(`../../src/absent/${file}`, import.meta.url), "utf8"), file).toBe(text);
  });
});
