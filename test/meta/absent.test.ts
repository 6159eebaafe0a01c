import { describe, expect, it } from "vitest";
import { calledNames, isAbsent } from "../../scripts/surface/absentnames.ts";
import { camelCase } from "../../scripts/surface/camelcase.ts";
import * as flaxen from "../../src/index.ts";

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
    expect(reason).toMatch(/\w/);
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
    const expected = Object.keys(spaces).flatMap((space) =>
      calledNames(space.replace("optax.", "") as "nnx").flatMap(([, names]) =>
        names.map((n) => `${space}.${camelCase(n)}`),
      ),
    );
    expect(paths.toSorted()).toEqual(expected.toSorted());
  });
});
