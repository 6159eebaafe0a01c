import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";
import { describe, expect, it } from "vitest";
import * as flaxen from "../../src/index.ts";
import * as orbax from "../../src/orbax/index.ts";
import * as weights from "../../src/weights.ts";

const SRC = fileURLToPath(new URL("../../src", import.meta.url));

/** The `@example` blocks of the docstrings, by file. */
const EXAMPLES = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .flatMap((file) =>
    [
      ...readFileSync(join(SRC, file), "utf8").matchAll(/^[ ]*\* @example\n((?:[ ]*\* ?.*\n)+?)[ ]*(?:\*\/|\* @)/gm),
    ].map(([, block]) => ({ file, code: block!.replace(/^[ ]*\* ?/gm, "") })),
  );

/** The README's examples; what they import is in the scope. */
const README = readFileSync(fileURLToPath(new URL("../../README.md", import.meta.url)), "utf8");
for (const [, block] of README.matchAll(/^```ts\n([^]*?)^```/gm))
  EXAMPLES.push({ file: "README.md", code: block!.replace(/^import .*\n/gm, "") });

/** The blocks of a file of docs/ build one program, from the top. */
const DOCS = fileURLToPath(new URL("../../docs", import.meta.url));
for (const file of readdirSync(DOCS).filter((name) => name.endsWith(".md"))) {
  const blocks = [...readFileSync(join(DOCS, file), "utf8").matchAll(/^```ts\n([^]*?)^```/gm)].map(([, block]) =>
    block!.replace(/^import .*\n/gm, ""),
  );
  if (blocks.length > 0) EXAMPLES.push({ file: `docs/${file}`, code: blocks.join("\n") });
}

const { nnx, numpy, random } = flaxen;

/** What an example may use without saying where it is from. */
const SCOPE: Record<string, unknown> = {
  ...numpy,
  ...random,
  ...flaxen,
  orbax,
  jnp: numpy,
  weights,
  model: new flaxen.ModuleBasics(3, 4, new nnx.Rngs(0)),
};

/**
 * A block, so that an example may redefine a name of the scope. A line `expression // => value` becomes a check of the
 * one against the other.
 */
function toProgram(code: string): string {
  const checked = code.replace(
    /^(.*\S)\s*\/\/ => (.*)$/gm,
    (_, expression: string, value: string) => `check(${expression.replace(/;$/, "")}, ${value});`,
  );
  return transformSync(`{${checked}}`, { loader: "ts", target: "es2022" }).code;
}

/** float32 results are compared with the shortest decimals that stand for them. */
function comparable(x: unknown): unknown {
  if (typeof x === "number") return Math.fround(x);
  if (Array.isArray(x)) return x.map(comparable);
  return x;
}

describe("the examples in the documentation are true", () => {
  it("there are many", () => expect(EXAMPLES.length).toBeGreaterThan(20));

  it.each(EXAMPLES.map((example, i) => [`${example.file} #${i}`, example.code] as const))("%s", async (_, code) => {
    let checks = 0;
    const check = (value: unknown, expected: unknown): void => {
      checks++;
      expect(comparable(value)).toEqual(comparable(expected));
    };
    const AsyncFunction = (async () => {}).constructor as new (
      ...args: string[]
    ) => (...args: unknown[]) => Promise<void>;
    // Reserved: an example writes jnp.var.
    const names = Object.keys(SCOPE).filter((name) => name !== "var" && name !== "delete");
    await new AsyncFunction("check", ...names, toProgram(code))(check, ...names.map((name) => SCOPE[name]));
    flaxen.useBackend("auto");
    expect(checks).toBeGreaterThan(0);
  });
});
