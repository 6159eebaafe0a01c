/** Errors name the function that was called and the argument, whatever is wrong with it. */
import { describe, expect, it } from "vitest";
import { isAbsent } from "../../scripts/surface/absentnames.ts";
import { lax, linalg, image, nn, numpy as jnp, optax, random } from "../../src/index.ts";

type Call = (...args: unknown[]) => unknown;

const SPACES: Readonly<Record<string, object>> = {
  numpy: jnp,
  linalg,
  lax,
  nn,
  image,
  random,
  optax,
  "optax.contrib": optax.contrib,
  "optax.losses": optax.losses,
};

const WRONG: readonly unknown[] = [
  Symbol("s"),
  "word",
  {},
  () => 0,
  [[1], [1, 2]],
  Number.NaN,
  -7,
  [9, -9, 1.5],
  jnp.zeros([2, 3]),
];

/** What stands before: nothing, or arguments that may be right. */
const BEFORE: readonly (readonly unknown[])[] = [
  [],
  [[1, 2, 3]],
  [
    [1, 2, 3],
    [1, 2, 3],
  ],
  [
    [
      [1, 2],
      [3, 4],
    ],
    1,
  ],
  [random.key(0)],
  [random.key(0), 2],
];

/** The sentences of errors of our own that calls with wrong arguments throw. */
function sentences(f: Call): string[] {
  return BEFORE.flatMap((before) =>
    WRONG.flatMap((wrong) => [[wrong], [wrong, 0], [wrong, "word"]].map((after) => [...before, ...after])),
  ).flatMap((args) => {
    try {
      f(...args);
      return [];
    } catch (error) {
      return /expected|got/.test((error as Error).message) ? [(error as Error).message] : [];
    }
  });
}

describe.each(Object.entries(SPACES))("%s", (_, space) => {
  it("has no function whose errors leave out the function or the argument", () => {
    const nameless: string[] = [];
    for (const [name, f] of Object.entries(space)) {
      if (typeof f !== "function" || isAbsent(f) || String(f).startsWith("class")) continue;
      for (const sentence of sentences(f as Call))
        if (!/^[A-Za-z_][\w.()[\]]*[\w)\]]:? /.test(sentence) || /^[^"]*"" (\[|expected)/.test(sentence))
          nameless.push(`${name}: ${sentence}`);
    }
    expect(nameless).toEqual([]);
  });
});

it("every method of an array names itself where it gets too many arguments", () => {
  const prototype = jnp.NDArray.prototype as unknown as Record<string, Call>;
  const names = Object.getOwnPropertyNames(prototype).filter(
    (name) => name !== "constructor" && typeof Object.getOwnPropertyDescriptor(prototype, name)!.value === "function",
  );
  expect(names.length).toBeGreaterThan(40);
  const silent = names.filter((name) => {
    try {
      Reflect.apply(prototype[name]!, jnp.ones([2, 2]), Array(12).fill(0));
      return true;
    } catch (error) {
      expect((error as Error).message.startsWith(`${name}: `), (error as Error).message).toBe(true);
      return false;
    }
  });
  expect(silent).toEqual(["at", "toString", "toJSON"]);
});
