import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import * as flaxen from "../../src/index.ts";
import * as optax from "../../src/optax.ts";
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

/** The README's examples, each a program. */
const README = readFileSync(fileURLToPath(new URL("../../README.md", import.meta.url)), "utf8");
for (const [, block] of README.matchAll(/^```ts\n([^]*?)^```/gm)) EXAMPLES.push({ file: "README.md", code: block! });

/** The blocks of a file of docs/ build one program, from the top. */
const DOCS = fileURLToPath(new URL("../../docs", import.meta.url));
for (const file of readdirSync(DOCS).filter((name) => name.endsWith(".md"))) {
  const blocks = [...readFileSync(join(DOCS, file), "utf8").matchAll(/^```ts\n([^]*?)^```/gm)].map(
    ([, block]) => block!,
  );
  if (blocks.length > 0) EXAMPLES.push({ file: `docs/${file}`, code: blocks.join("\n") });
}

const { nnx, numpy, random } = flaxen;

/** What a docstring's example may use without saying where it is from. */
const SCOPE: Record<string, unknown> = {
  ...numpy,
  ...random,
  ...flaxen,
  orbax,
  jnp: numpy,
  weights,
  model: new flaxen.ModuleBasics(3, 4, new nnx.Rngs(0)),
};

/** What a line `import { name } from "flaxen"` may import from. */
const DOORS: Record<string, object> = {
  flaxen,
  "flaxen/optax": optax,
  "flaxen/orbax": orbax,
  "flaxen/weights": weights,
};

/** The exports of a door, each of which must be there; other modules are those of Node. */
async function door(name: string, names: readonly string[]): Promise<object> {
  const found = DOORS[name] ?? ((await import(name)) as object);
  for (const exported of names) expect(found, `import { ${exported} } from "${name}"`).toHaveProperty(exported);
  return found;
}

/**
 * A block, so that an example may redefine a name of the scope. A line `expression // => value` becomes a check of the
 * one against the other, and an import a look into the door.
 */
function toProgram(code: string): string {
  const imported = code
    .replace(/^import type .*\n/gm, "")
    .replace(/^import \{ (.*) \} from "(.*)";$/gm, (_, names: string, from: string) => {
      const pairs = names.split(", ").map((name) => name.split(" as "));
      const bound = pairs.map((pair) => pair.join(": ")).join(", ");
      return `const { ${bound} } = await door("${from}", ${JSON.stringify(pairs.map(([name]) => name))});`;
    });
  const checked = imported.replace(
    /^(.*\S)\s*\/\/ => (.*)$/gm,
    (_, expression: string, value: string) =>
      `check(${expression.replace(/;$/, "")}, ${value}, ${JSON.stringify(`${expression} // => ${value}`)});`,
  );
  return transformSync(`{${checked}}`, { loader: "ts", target: "es2022" }).code;
}

/** float32 results are compared with the shortest decimals that stand for them. */
function comparable(x: unknown): unknown {
  if (typeof x === "number") return Math.fround(x);
  if (Array.isArray(x)) return x.map(comparable);
  return x;
}

/**
 * The files that the Python of the pages wrote, with the hashes of those that Python has
 * read: test/golden/oracle_guide.py.
 */
const RECORDED = fileURLToPath(new URL("../golden/guide", import.meta.url));
const HASHES = JSON.parse(readFileSync(join(RECORDED, "read.json"), "utf8")) as Record<string, string>;
const HUB = "https://huggingface.co/you/tiny-gpt2/resolve/main/";

/** Where programs read and write files: a copy of what was recorded, or the folder that FLAXEN_GUIDE_FILES names. */
const folder = process.env.FLAXEN_GUIDE_FILES ?? mkdtempSync(join(tmpdir(), "flaxen-docs-"));
const [home, network] = [process.cwd(), globalThis.fetch];

/** The names of what was recorded, which a program that reads it has to write. */
const NAMES = readdirSync(RECORDED);

beforeEach(() => {
  process.chdir(folder);
  globalThis.fetch = fromFolder;
});

afterEach(() => {
  process.chdir(home);
  globalThis.fetch = network;
});

afterAll(() => {
  if (process.env.FLAXEN_GUIDE_FILES === undefined) rmSync(folder, { recursive: true, force: true });
});

/** A server of `folder` that answers ranges. */
async function fromFolder(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  const url = input instanceof Request ? input.url : String(input);
  const path = join(folder, "tiny-gpt2", url.slice(HUB.length));
  if (!url.startsWith(HUB) || !existsSync(path)) return new Response("not found", { status: 404 });
  const bytes = readFileSync(path);
  const range = /bytes=(\d+)-(\d+)/.exec(new Headers(init.headers).get("range") ?? "");
  if (range === null) return new Response(bytes, { headers: { "content-length": String(bytes.length) } });
  const [begin, end] = [Number(range[1]), Math.min(Number(range[2]) + 1, bytes.length)];
  return new Response(bytes.subarray(begin, end), {
    status: 206,
    headers: { "content-range": `bytes ${begin}-${end - 1}/${bytes.length}` },
  });
}

describe("the examples in the documentation are true", () => {
  it("there are many", () => expect(EXAMPLES.length).toBeGreaterThan(20));

  it.each(EXAMPLES.map((example, i) => [`${example.file} #${i}`, example.code] as const))("%s", async (_, code) => {
    if (NAMES.some((name) => code.includes(name))) cpSync(RECORDED, folder, { recursive: true });
    let checks = 0;
    const check = (value: unknown, expected: unknown, line: string): void => {
      checks++;
      expect(comparable(value), line).toEqual(comparable(expected));
    };
    const AsyncFunction = (async () => {}).constructor as new (
      ...args: string[]
    ) => (...args: unknown[]) => Promise<void>;
    // Reserved: an example writes jnp.var.
    const names = Object.keys(SCOPE).filter((name) => name !== "var" && name !== "delete");
    const program = new AsyncFunction("check", "door", ...names, toProgram(code));
    await program(check, door, ...names.map((name) => SCOPE[name]));
    flaxen.useBackend("auto");
    expect(checks).toBeGreaterThan(0);
  });

  it.each(Object.entries(HASHES))("docs/back-to-python.md writes the %s that Python has read", (file, hash) => {
    expect(
      createHash("sha256")
        .update(readFileSync(join(folder, file)))
        .digest("hex"),
    ).toBe(hash);
  });
});
