import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const SRC = fileURLToPath(new URL("../../src", import.meta.url));

/** The floors of ARCHITECTURE.md. A folder may import only from lower floors, and through their index. */
const FLOORS: Record<string, number> = {
  base: 0,
  core: 1,
  wasm: 1,
  backend: 2,
  data: 3,
  array: 4,
  random: 5,
  weights: 5,
  orbax: 6,
  nnx: 6,
  "harness.ts": 7,
  "numpy.ts": 7,
  "weights.ts": 7,
  "index.ts": 8,
};

const FILES = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));

function room(path: string): string {
  return relative(SRC, path).split(/[\\/]/)[0]!;
}

const IMPORTS = FILES.flatMap((file) => {
  const path = join(SRC, file);
  return [...readFileSync(path, "utf8").matchAll(/^(?:import|export)\b[^"']*?\bfrom "([^"]+)"/gm)].map(
    ([, target]) => ({ file, from: room(path), target: target! }),
  );
});

it("every import of src is relative: there are no runtime dependencies", () => {
  expect(IMPORTS.length).toBeGreaterThan(50);
  expect(IMPORTS.filter(({ target }) => !target.startsWith("."))).toEqual([]);
});

it("every file lives on a floor", () => {
  expect([...new Set(FILES.map((file) => room(join(SRC, file))))].filter((name) => !(name in FLOORS))).toEqual([]);
});

it("imports go down the floors only, through the folder's index", () => {
  const wrong = IMPORTS.filter(({ file, from, target }) => {
    const path = resolve(dirname(join(SRC, file)), target);
    const to = room(path);
    if (to === from) return false;
    const throughIndex = to.endsWith(".ts") || relative(SRC, path) === join(to, "index.ts");
    return FLOORS[to]! >= FLOORS[from]! || !throughIndex;
  });
  expect(wrong).toEqual([]);
});

it("only backend/ knows both implementations", () => {
  const knowing = IMPORTS.filter(({ target }) => /\/(core|wasm)\/index\.ts$/.test(target));
  expect([...new Set(knowing.map(({ from }) => from))]).toEqual(["backend"]);
});
